"""Which told sentences stand in a post, and which are left where they were said."""

import pytest

from composer.post.english.claims.likeness import _kin
from composer.post.english.floor import questioners
from composer.post.english.labels.label import _names, _scrap, _wider
from composer.post.english.sentences.sieve import fleeting, main, sound
from composer.post.english.sentences.standing import half, idle


@pytest.mark.parametrize(
    "text",
    [
        "A hedge is a wall that pays rent.",
        "Oil collects dust, and dust eats brass.",
        "If you own a boat, you should know its weight.",
        "A short week is not a gift, it is a discipline.",
        "In ten years, nobody will ask for a new clock, but everybody will ask for a mechanic.",
        "The more a map shows, the less anybody finds on it.",
        "A loaf takes fourteen hours. It is in the oven for forty minutes.",
        "A harbour should fail for a reason a captain would notice.",
    ],
)
def test_whole_thoughts_stand(text: str) -> None:
    assert sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two you have not painted yet, one is waiting for a mast.",
        "Very calm water, sheltered from, it is not like the open sea.",
        "There is a very old word for a rope.",
        "Our first topic is the price of rope.",
        "We need to settle the berth today.",
        "If you could ever get a captain that says, Oh, you need a tug.",
        "Second reason there is second reason as several ropes that the yard does not sell.",
        "To be moored by one large company, they are the largest in the harbour.",
        "Sailors are not surprised that the crane is down because nothing is their engine is not working.",
        "The rope, which hangs on a hook somewhere, it gets wet.",
        "How are we going to bring the rope aboard.",
        "Until next time, listen to us on the radio.",
        "With these two ropes and a good hook, the work is done.",
        "The crew used it as part of the rigging.",
        "The berth is worth more, the harbour lost a wall.",
    ],
)
def test_halves_and_business_of_the_moment_do_not(text: str) -> None:
    assert not sound(text)


def test_of_several_voices_we_is_nobody() -> None:
    assert sound("We need more rope than boats.") is not sound("We need more rope than boats.", several=True)
    assert not sound("Mira drove to the harbour with a rope.", several=True)
    assert sound("Mira thinks the harbour needs a second crane.", several=True)


def test_the_main_clause_is_found_behind_what_stands_in_front() -> None:
    found = main("In a small harbour, a crane is the last word")
    assert found is not None
    assert found[:2] == ("a crane", "is")
    assert main("Trust with the crew, fair wages and good rope") is None


def test_adverts_are_the_last_to_be_taken() -> None:
    assert fleeting("You can get a boat at 40% off this week.")
    assert not fleeting("A boat is a promise to the water.")


def test_words_cut_out_of_a_phrase_are_no_label() -> None:
    from composer import evidence
    from composer.post.english.words.kinds import words
    from composer.sources.model import Segment, Transcript

    text = "There is a wish to build biologically inspired cranes. A big harbour master waits for the ferry."
    found = evidence.gather([Transcript("text", "en", None, (Segment(None, None, None, text),))])
    known = words(found, "en")
    assert _scrap("There is a wish to build biologically inspired cranes.", "inspired cranes", known)
    assert not _scrap("A ferry needs a quiet harbour.", "quiet harbour", known)


def test_a_lone_label_is_a_noun() -> None:
    from composer import evidence
    from composer.post.english.words.kinds import words
    from composer.sources.model import Segment, Transcript

    text = "Despite the tide a reasonable harbour keeps its rope. For Ilse, the broad quay is keeping its promise."
    known = words(evidence.gather([Transcript("text", "en", None, (Segment(None, None, None, text),))]), "en")
    assert _names("rope", text, known)
    assert not any(_names(word, text, known) for word in ("despite", "reasonable", "keeping"))
    assert not _names("Ilse", "For Ilse, the broad quay is a promise.", known)
    assert _wider("quay", "The broad quay is a promise.", known) == "broad quay"


def test_a_questioners_stretch_ends_with_the_answer() -> None:
    from composer import evidence
    from composer.sources.model import Segment, Transcript

    lines = [
        "The yard builds two boats a year.",
        "I was surprised by the price of the second crane.",
        "Why do you think the harbour needs another crane?",
        "Some say the quay is too short for it.",
        "I think the harbour needs the crane because the ferry waits.",
        "How big would you build it?",
        "I think it should carry forty tonnes.",
    ]
    source = Transcript("text", "en", None, tuple(Segment(None, None, None, line) for line in lines), kind="talk")
    found = evidence.gather([source])
    at = {sentence.text: index for index, sentence in enumerate(found.sentences)}
    asked = {text for text, index in at.items() if index in questioners(found)}
    assert any(text.startswith("Some say") for text in asked)
    assert not any("because the ferry waits" in text for text in asked)


@pytest.mark.parametrize(
    "text",
    [
        "A quay is a kind of wall.",
        "Mooring is when a boat is tied to a post.",
        "There are seven days in a week.",
        "The speaker does not remember who built the crane.",
        "The world's first rope library.",
        "There is a whole range of reasons.",
        "Turn on your microphone before the harbour master speaks.",
    ],
)
def test_what_tells_a_reader_nothing_ranks_low(text: str) -> None:
    assert idle(text) >= 0.4


def test_what_sets_something_against_it_is_no_empty_definition() -> None:
    assert idle("A quay is not a kind of wall, but a promise.") == 0
    assert idle("The harbour pays for the pilot with rope money.") == 0


def test_a_condition_that_nothing_follows_is_half_a_sentence() -> None:
    assert half("A crane is strong, and therefore, if you ask for a second one.")
    assert not half("A crane is strong, and if you ask for a second one, it is cheaper.")


def test_forms_of_one_word_meet_when_points_are_compared() -> None:
    assert _kin("moor", "moorin")
    assert not _kin("rope", "roof")
