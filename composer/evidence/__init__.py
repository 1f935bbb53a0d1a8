"""A Transcript in, Evidence out: sentences, cleaning, ranking, chapters, keyphrases, hashtags."""
