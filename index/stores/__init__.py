"""What is searched: BM25 postings, and interchangeable vector stores behind one protocol."""
