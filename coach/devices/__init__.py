"""Sound devices: what a session is played on, and what a voice is recorded with."""
