"""A small web server for a page of the coach: a secret in its address, bounded connections, ranges of bytes."""
