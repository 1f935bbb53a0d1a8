"""The quotations of a post: their words, and who said them."""
