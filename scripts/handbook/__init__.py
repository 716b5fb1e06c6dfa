"""The documentation site: it is built from docs/, and docs/reference is generated from the code."""
