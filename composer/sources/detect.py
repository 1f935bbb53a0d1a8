"""Which format a text is in: one table, asked by content.

A new format is one module with a `FORMAT` and one line here. Rows earlier in the table win ties, and the first that
is sure is not asked to compete: those whose signs are strictest stand first.
"""

from composer.sources import (
    bilingual,
    console,
    google_json,
    html_page,
    json_list,
    podcast_json,
    prose,
    pysub,
    sbv,
    srt,
    table,
    thread,
    trs,
    ttml,
    vtt,
    whisper_json,
    youtube_json,
    youtube_xml,
    yt2doc,
)
from composer.sources.base import Format, Sample

# From this score on, no other format is asked.
SURE = 0.9

FORMATS: tuple[Format, ...] = (
    vtt.FORMAT,
    podcast_json.FORMAT,
    whisper_json.FORMAT,
    google_json.FORMAT,
    youtube_json.FORMAT,
    json_list.FORMAT,
    youtube_xml.FORMAT,
    ttml.FORMAT,
    trs.FORMAT,
    html_page.FORMAT,
    pysub.FORMAT,
    table.FORMAT,
    sbv.FORMAT,
    console.FORMAT,
    srt.FORMAT,
    thread.FORMAT,
    yt2doc.FORMAT,
    bilingual.FORMAT,
    prose.FORMAT,
)


def rank(sample: Sample) -> list[Format]:
    """The formats the sample may be in, likeliest first. The last resort, plain text, is always among them."""
    scored: list[tuple[float, int, Format]] = []
    for index, form in enumerate(FORMATS):
        points = form.score(sample)
        if points >= SURE:
            return [form, prose.FORMAT]
        if points > 0:
            scored.append((points, -index, form))
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [form for _, _, form in scored]
