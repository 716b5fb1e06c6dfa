"""Text output: display width and wrapping, sanitising, the console, progress bars, stop signals."""
