"""Benchmarks: one module for each question about quality, speed or size."""
