"""The podcast namespace's JSON transcript: `{"segments": [{"speaker", "startTime", "endTime", "body"}]}`.

Source: podcastindex-org/podcast-namespace, transcripts.md.
"""

from composer.sources import jsonlike
from composer.sources.base import Draft, Format, Sample


def score(sample: Sample) -> float:
    """Segments with a body and a start."""
    if sample.opening != "{" or '"body"' not in sample.head or '"startTime"' not in sample.head:
        return 0.0
    rows = jsonlike.items(sample.data, "segments")
    return 0.99 if rows and "body" in rows[0] else 0.0


def parse(sample: Sample) -> Draft:
    """Every segment as it stands, single words too."""
    rows = jsonlike.items(sample.data, "segments")
    return Draft("podcast-json", list(jsonlike.cues(rows, "body", "startTime", "endTime")))


FORMAT = Format("podcast-json", score, parse)
