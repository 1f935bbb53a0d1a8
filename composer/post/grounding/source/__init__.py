"""A source, made ready to be looked things up in."""
