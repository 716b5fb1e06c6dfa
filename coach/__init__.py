"""A guided mindful-run audio coach: from a session in YAML to sound, exact to the sample."""

__version__ = "1.1.0"
