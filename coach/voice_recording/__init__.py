"""The author's own voice: the lines to read aloud, recording them, and the voice pack that they make."""
