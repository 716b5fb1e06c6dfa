"""Everything said, shown, asked or recognised in a language, one folder per language."""
