"""Languages: all that is said, shown, asked or recognised in one, a folder each."""
