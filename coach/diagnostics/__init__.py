"""Problems as data: locations, edits and fixes, codes with their pages, suppressions, and how they are rendered."""
