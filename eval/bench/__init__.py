"""Benchmarks: one module for each question about speed."""
