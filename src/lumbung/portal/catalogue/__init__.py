"""The public shelf: Dataset, Release, Distribution; search and public pages. What is visible is decided here."""
