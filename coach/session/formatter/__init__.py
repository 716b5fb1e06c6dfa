"""A session's text laid out in one way, with every comment, quote and word kept."""
