"""Post Composer: a transcript in, a ready-to-paste post out."""

__version__ = "0.1.0"
