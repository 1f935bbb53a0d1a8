"""Strings in, strings out: Unicode styles, protected spans, network counts, problems."""
