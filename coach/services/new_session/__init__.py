"""A new session: what is chosen for it, and how it is written for who has never seen one."""
