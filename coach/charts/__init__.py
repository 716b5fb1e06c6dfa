"""Charts of a timeline, as pictures, in the terminal and as a page that plays; the cover."""
