"""A question to a cited answer: understand, retrieve, decide what is stated, word it."""
