"""Figures and dates as values: what a text says, in the one form in which a post and its source are compared."""
