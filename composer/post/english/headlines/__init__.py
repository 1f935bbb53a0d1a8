"""English only: what a source is about, and the line that stands over its post."""
