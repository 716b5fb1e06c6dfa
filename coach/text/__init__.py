"""Text output: display width and wrapping, sanitising, the console with its locale, progress bars."""
