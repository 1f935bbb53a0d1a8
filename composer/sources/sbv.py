"""YouTube's SBV: `0:00:01.250,0:00:03.000` above each caption."""

import re

from composer.sources import blocks, srt
from composer.sources.base import Draft, Format, Sample
from composer.sources.blocks import Tally

_LINE = re.compile(r"^[ \t]*(\d{1,3}:\d{2}:\d{2}\.\d{1,3}),(\d{1,3}:\d{2}:\d{2}\.\d{1,3})[ \t]*()$", re.M)


def score(sample: Sample) -> float:
    """Lines that hold two times and a comma."""
    return 0.95 if _LINE.search(sample.head) else 0.0


def parse(sample: Sample) -> Draft:
    """Every caption with its times."""
    tally = Tally()
    raws, _ = blocks.find(sample.text, _LINE, False, tally, numbers=False)
    draft = Draft("sbv", list(blocks.cues(raws)))
    tally.tell(draft)
    srt.fold_rolling(draft, [raw.body for raw in raws])
    return draft


FORMAT = Format("sbv", score, parse)
