"""A file in, a Transcript out: one module per family of formats."""
