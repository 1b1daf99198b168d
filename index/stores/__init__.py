"""Interchangeable vector stores: one protocol, an exact reference, a FAISS one; and BM25."""
