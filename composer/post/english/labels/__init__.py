"""English only: the two to four words that stand before a point."""
