"""Where a finding says to look in its source, and what stands there instead."""

from composer.post.grounding import check
from composer.sources import Transcript, read_text

TIMED = """WEBVTT

00:00:05.000 --> 00:00:11.000
<v Odile Marchetti>We opened the ferry kiosk in the spring of 2014 with two benches.

00:02:05.000 --> 00:02:12.000
<v Odile Marchetti>In August we sold 840 sandwiches a day, and the queue reached the pier.

00:07:40.000 --> 00:07:48.000
<v Bram Sørby>I told her that a queue is an apology you make in advance.

01:03:20.000 --> 01:03:26.000
<v Bram Sørby>The harbour took a third of the kiosk's rent away.
"""
UNTIMED = """We opened the ferry kiosk in the spring of 2014 with two benches.

In August we sold 840 sandwiches a day, and the queue reached the pier.

The harbour took a third of the kiosk's rent away.
"""


def transcript(text: str = TIMED) -> Transcript:
    return read_text(text)


def test_a_figure_is_told_with_its_time_its_voice_and_what_is_said_there() -> None:
    (found,) = check("In August they sold 980 sandwiches a day.", transcript())
    assert found.why.endswith("At 02:05 Odile Marchetti says “840 sandwiches”.")
    assert (found.source, found.segments, found.seconds) == (0, (1,), 125.0)


def test_a_time_after_an_hour_is_written_with_it() -> None:
    (found,) = check("The harbour took 80 percent of the kiosk's rent away.", transcript())
    assert found.why.endswith("At 1:03:20 Bram Sørby says “a third”.")


def test_a_quotation_is_told_with_the_words_that_are_nearest() -> None:
    (found,) = check("Bram Sørby: “A queue is a promise you make in advance.”", transcript())
    assert "At 07:40" in found.why
    assert "apology" in found.why
    assert found.segments == (2,)


def test_a_source_without_times_counts_its_paragraphs() -> None:
    (found,) = check("In August they sold 980 sandwiches a day.", transcript(UNTIMED))
    assert found.why.endswith("In paragraph 2 it says “840 sandwiches”.")
    assert (found.segments, found.seconds) == ((1,), None)


def test_the_wrong_mouth_has_the_place_where_it_is_said() -> None:
    (found,) = check("Odile Marchetti: “A queue is an apology you make in advance.”", transcript())
    assert "apology" not in found.why
    assert found.segments == (2,)
    assert found.seconds == 460.0


def test_of_two_sources_the_one_that_has_it_is_named() -> None:
    from composer.post.grounding import check_many

    (found,) = check_many("In August they sold 980 sandwiches a day.", (read_text("A word on tides.\n"), transcript()))
    assert (found.source, found.segments) == (1, (1,))


def test_what_the_source_does_not_speak_of_has_no_place() -> None:
    (found,) = check("Zephyrine Quull paints dragons.", transcript())
    assert found.segments == ()
    assert found.seconds is None


def test_a_source_that_is_mere_text_has_no_segments() -> None:
    found = check("In August they sold 980 sandwiches a day.", UNTIMED)
    assert [one.segments for one in found] == [()]
