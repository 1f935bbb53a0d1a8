"""English only: what of a source is worth a line, ranked, paired and told once."""
