"""Kinds of block, one module each; their words are in `coach.languages`."""
