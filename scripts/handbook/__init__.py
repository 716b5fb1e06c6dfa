"""The pages of docs/ as a site, and those pages of it that are written from the code."""
