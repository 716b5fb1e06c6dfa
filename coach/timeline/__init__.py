"""From a session to the exact times of everything heard."""
