"""The verbs of the model library."""
