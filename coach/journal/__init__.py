"""The runner's diary: check-in, runs, and the week they make."""
