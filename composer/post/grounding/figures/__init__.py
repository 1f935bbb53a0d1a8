"""The figures and dates of a post against those of its source."""
