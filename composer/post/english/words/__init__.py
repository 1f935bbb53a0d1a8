"""English only: what a word can be, and what form it has."""
