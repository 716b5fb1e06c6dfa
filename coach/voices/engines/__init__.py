"""The voices, one engine a module."""
