"""English only: one spoken sentence, cleaned, judged and told as it would be written."""
