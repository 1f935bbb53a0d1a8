"""Evidence in, a Post out, and a Post held against its source."""
