"""Commands, one module each: a typed request in, an exit code out."""
