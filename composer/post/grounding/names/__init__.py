"""The names of a post against those of its source, and what is said of each."""
