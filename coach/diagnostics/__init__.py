"""Problems as data: locations, edits and fixes, codes with their pages, and how they are rendered."""
