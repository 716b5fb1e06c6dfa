"""Text output: display width and wrapping, sanitising, the console, the locale."""
