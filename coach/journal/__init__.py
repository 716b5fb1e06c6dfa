"""The runner's diary: the check-in around a run, what is kept of it, and the week."""
