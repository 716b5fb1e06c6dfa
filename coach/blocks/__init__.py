"""The kinds of block, one module each, and what they say in each language."""
