"""Text on its way to a reader: display width, one-line safety, wrapping, the terminal, the locale."""
