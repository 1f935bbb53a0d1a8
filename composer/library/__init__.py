"""Which models there are, where they lie, and whether they fit this machine."""
