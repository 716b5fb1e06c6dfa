"""Charts of a timeline: as pictures, in the terminal, and as an HTML page that plays it; the cover."""
