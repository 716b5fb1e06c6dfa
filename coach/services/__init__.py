"""What several commands and a server need: prepare, render, check, fix and suggest sessions, choose a voice."""
