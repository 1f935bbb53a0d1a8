"""The source column's rows, marks and cells."""

from composer.post.model import Trace
from composer.sources.model import Segment, Transcript
from composer.ui.rows import Index, Timeline, clock, place, rows_of
from tests.ui import scripted


def test_times_as_a_person_writes_them() -> None:
    assert [clock(s) for s in (0, 61, 760.9, 3725)] == ["00:00", "01:01", "12:40", "1:02:05"]
    assert place(Trace(0, (11,))) == "¶ 12"
    assert place(Trace(0, (), None)) == ""


def test_every_segment_stands_in_one_row() -> None:
    for timed in (True, False):
        talk = scripted.transcript(timed=timed)
        rows = [row for row in rows_of(talk, 0) if row.kind == "text"]
        held = [n for row in rows for n in range(row.first, row.last + 1)]
        assert held == list(range(len(talk.segments)))
        for row in rows:
            for number, start in enumerate(row.starts):
                assert row.text[start:].startswith(talk.segments[row.first + number].text)


def test_without_times_every_paragraph_has_its_number() -> None:
    rows = [row for row in rows_of(scripted.transcript(timed=False), 0) if row.kind == "text"]
    assert [row.meta for row in rows] == [f"¶ {n + 1}" for n in range(len(scripted.TALK))]


def test_chapters_and_voices_stand_where_they_change() -> None:
    rows = list(rows_of(scripted.transcript(), 0))
    assert [row.text for row in rows if row.kind == "chapter"] == [
        "First lists",
        "Who crosses out",
        "Nights",
        "Leaving",
    ]
    assert [row.speaker for row in rows if row.speaker] == ["Host", "The cook"]


def test_used_sentences_are_marked_and_others_found() -> None:
    read = scripted.source()
    index = Index(scripted.evidence(read))
    row = next(row for row in rows_of(read.transcript, 0) if "never written" in row.text)
    assert {mark.kind for mark in index.marks(row)} == {"found"}
    index.use([Trace(0, (2,), 96.0)])
    used = [row.text[m.start : m.end] for m in index.marks(row) if m.kind == "used"]
    assert used == ["The order that was never written is the meal that burns."]


def laid_out(transcript: Transcript) -> Timeline:
    timeline = Timeline([transcript])
    for _ in timeline.lay_out():
        pass
    return timeline


def test_one_cell_a_minute_or_per_150_words() -> None:
    read = scripted.source()
    index = Index(scripted.evidence(read))
    index.use([Trace(0, (1,), 41.0), Trace(0, (5,), 255.0)])
    cells = laid_out(read.transcript).cells(index)
    assert len(cells) == 11
    assert [n for n, cell in enumerate(cells) if cell.used] == [0, 4]
    words = Transcript("text", "en", None, tuple(Segment(None, None, None, "word " * 50) for _ in range(9)))
    assert [cell.label for cell in laid_out(words).cells(Index(None))] == ["¶ 1", "¶ 4", "¶ 7"]


def test_a_source_with_few_times_has_no_minutes() -> None:
    """A note of a time here and there does not put the rest of a talk anywhere: it is counted by its words."""
    segments = tuple(Segment(60.0 if n == 3 else None, None, None, "word " * 75) for n in range(20))
    transcript = Transcript("md", "en", "Talk", segments, duration=9000.0)
    timeline = Timeline([transcript])
    for _ in timeline.lay_out():
        pass
    cells = timeline.cells(Index(None))
    assert [cell.label for cell in cells[:3]] == ["¶ 1", "¶ 3", "¶ 5"]
    assert len(cells) == 10
