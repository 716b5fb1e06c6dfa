"""The commands, one module each: plain arguments in, exit code out."""
