"""English lines that say nothing to whoever was not there, or end before their end, and how "I" is told."""

from dataclasses import replace

import pytest

from composer.evidence import gather
from composer.post.english.claims.pairs import followed
from composer.post.english.claims.ranking import claims
from composer.post.english.claims.room import room_of
from composer.post.english.claims.thin import thin
from composer.post.english.sentences.dangling import dangling
from composer.post.english.sentences.loose import loose
from composer.post.english.sentences.retold import expand, retell
from composer.post.english.sentences.shorten import shorten
from composer.post.lexis import rows
from composer.sources import read_text


@pytest.mark.parametrize(
    "line",
    [
        "The harbour walls are already finished.",
        "You can tie the boat with a rope.",
        "We are going to look at ropes.",
        "There is a rope in the boat.",
        "With a wet rope you can tie boats.",
        "There are some other knots in the northern harbours of the country.",
        "You could rent out the deck of the ferry at one coin a minute to the tourists.",
    ],
)
def test_bare_statements_are_thin(line: str) -> None:
    assert thin(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sudden storms have become rare.",
        "You should never tie a wet rope.",
        "The harbour has forty boats.",
        "There is no rope without a weak end.",
        "The older a rope is, the more it holds.",
        "There are some harbours that lose a boat in every storm of the winter.",
        "We mend the nets of the whole village and of two others in a long winter.",
    ],
)
def test_what_has_a_turn_a_figure_or_its_subject_is_not_thin(line: str) -> None:
    assert not thin(line)


@pytest.mark.parametrize(
    "line",
    [
        "The crew thinks that in the early tide",
        "The master wrote that mending the nets in winter",
        "The crew saw that while the tide was out",
        "The village took that in good part",
        "The captain heard from the harbour master saying",
        "A boat needs a crew, but the rope",
        "Particularly with the old ropes, where the tar has gone",
        "The ferry went from the island",
        "The tide is at its hei in height",
        "“A storm is coming",
        "It is clear that boats rot on land, so by selling the shed",
        "Everybody else can be saved by the second boat",
        "Mending that net does help",
        "The harbour is the work that you have described",
    ],
)
def test_a_line_without_its_end_or_its_hold_is_loose(line: str) -> None:
    assert loose(line)


@pytest.mark.parametrize(
    "line",
    [
        "The crew thinks that the early tide brings the fish",
        "The master wrote that mending the nets in winter saves the spring",
        "Everybody knows that in winter the nets are dry",
        "The ferry went from the island to the town",
        "Everything that floats is a boat",
        "Rope makers believe that hemp is stronger than wire",
        "A knot that holds in the wet holds in the dry",
    ],
)
def test_a_whole_line_is_not_loose(line: str) -> None:
    assert not loose(line)


@pytest.mark.parametrize(
    "line",
    [
        "We will put the notes on the talk page after the day",
        "You can meet the crew at the closing remarks",
        "You press the red button for the horn",
        "The cool talks today are about ropes",
    ],
)
def test_housekeeping_of_events_and_devices(line: str) -> None:
    assert rows("housekeeping").search(line)


def test_an_order_of_the_day_is_no_housekeeping() -> None:
    assert not rows("housekeeping").search("Fishermen press the minister for a longer season")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I almost lost the boat", "The skipper almost lost the boat"),
        ("I do harbour tours all summer", "The skipper does harbour tours all summer"),
        ("I do fear the winter", "The skipper fears the winter"),
        ("I if you ask me stay on land", None),
        ("I dunno whether the boat is old", None),
        ("I did not say that the boat is old", None),
    ],
)
def test_only_a_verb_is_told_of_the_speaker(said: str, told: str | None) -> None:
    assert retell(said, "The skipper") == told


def test_a_sentence_is_not_cut_inside_a_row_of_things() -> None:
    long = (
        "The price of a good net in the northern harbours goes up and down with the year, depending on the length and "
        "the skill of the old women who tie it through the dark months in their kitchens, and on the hemp"
    )
    assert (shorten(long, 24) or "").endswith("with the year")


@pytest.mark.parametrize(
    "line",
    [
        "Some can tie up to ten",
        "The smith for some reason left",
        "To the harbour, Mira thinks the crew comes back",
        "To the harbour, the master thinks the crew comes back",
    ],
)
def test_a_share_of_nobody_and_a_view_with_a_place_in_front_are_loose(line: str) -> None:
    assert loose(line)


def test_what_comes_next_in_a_talk_is_thin_however_long_it_is() -> None:
    assert thin("We are going to use the old harbour of the town to help us tie it to the new one later.")
    assert not thin("We are going to lose every boat of the old harbour unless the wall is mended before winter.")


def test_a_step_of_a_story_and_a_circumstance_in_front_are_thin() -> None:
    assert thin("The speaker went down to the old harbour of the town and saw a rope on a boat by the wall.")
    assert thin("In the old harbour people tie up boats with ropes and with chains in rows by the wall.")
    assert not thin("The speaker got forty ropes from the old harbour of the town.")


def test_a_fall_from_a_figure_to_a_figure_has_its_end() -> None:
    assert not loose("The losses fell from nine boats a year to five")
    assert loose("A good knot can hold on to ten")


def test_what_has_happened_is_no_what_is_happened() -> None:
    assert expand("see what's happened") == "see what has happened"
    assert expand("it's changed the harbour") == "it has changed the harbour"
    assert expand("it's broken") == "it is broken"


@pytest.mark.parametrize(
    "line",
    ["They rowed to the harbour’s", "The pilot cannot speak to the storm", "How the crew was able to mend the net"],
)
def test_a_possession_of_nothing_and_a_question_half_told_are_loose(line: str) -> None:
    assert loose(line)


def test_what_somebody_realized_is_no_clause_of_a_thing() -> None:
    assert not dangling("The old sailors realized that they needed to have a second boat")
    assert dangling("The nets they can mend in a day are strong")


def test_a_sentence_follows_only_the_one_that_is_told() -> None:
    evidence = gather(
        [
            read_text(
                "Speaker: Ada Holm\n\nA harbour without a crane is a parking lot for boats. "
                "Our village bought the harbour crane two years after the first cranes were sold on the coast. "
                "It was a surprise to see the ropes by which boats were lifted before, with no motor. "
                "They lifted two boats in a day, because nobody had more hands. "
                "Every boat that leaves the water in autumn is a boat that sails again in spring."
            )
        ]
    )
    at = next(number for number, sentence in enumerate(evidence.sentences) if "bought" in sentence.text)
    claim = next(claim for claim in claims(evidence, "en") if claim.at == (0, at))
    room = room_of(evidence, "en")
    assert followed(replace(claim, at=(0, at + 1)), room) is None
