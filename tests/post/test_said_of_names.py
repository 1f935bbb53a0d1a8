"""Names and voices: a German office before a name, handles, labels that are nobody, who said so himself."""

from composer.post.grounding import check

GERMAN = "Wir bohren ab Mai. Mein Kollege Jost Weber leitet das. Die Bohrkosten liegen bei 26 Millionen Euro, sagt er."


def test_a_german_office_before_a_name_is_none_of_it() -> None:
    assert check("Das sagt Projektleiter Jost Weber.", GERMAN) == []


def test_millions_are_no_first_name() -> None:
    assert check("Es geht um 26 Millionen Bohrkosten.", GERMAN) == []


def test_a_handle_names_somebody() -> None:
    source = "[Mon 09:08] mira.k: it was the cache, i added it in march\n[Mon 09:09] bea.t: thank you mira, no blame"
    assert check("Mira said it was the cache.", source) == []


FORUM = """lanternfox (original post, 3 May 2024): Here are the numbers of my pump, as I promised.

Before: gas, 17,800 kWh a year. Not a fortune. I did it for the quiet.

hollowoak: How loud is it at night?

lanternfox: Quiet enough.

hollowoak: Thanks."""


def test_a_label_before_or_after_is_no_voice() -> None:
    assert check('"I did it for the quiet", says lanternfox.', FORUM) == []


ROWING = """Marit: The cox, Pip Darrow, was late, she said it herself in the boat. "I waited for a gap." She is good.

Host: And you?

Marit: I would take her again. Viktor Halasz taught me that."""


def test_she_said_it_herself() -> None:
    assert check('"I waited for a gap", said cox Pip Darrow.', ROWING) == []
    assert len(check('"I would take her again", said cox Pip Darrow.', ROWING)) == 1


def test_a_house_by_its_letters() -> None:
    source = (
        "Owen Price: Welcome. We have David Hobbs from Northern Ports Growth Association.\n\nDavid Hobbs: Yes.\n\n"
        "Owen Price: We will speak of money first. It is short.\n\nDavid Hobbs: It is. Boats are old.\n\n"
        "Owen Price: I read the NPGA paper."
    )
    assert check("David Hobbs of the NPGA says that boats are old.", source) == []


def test_more_of_an_acronym() -> None:
    assert check("Most TVs are old.", "So uh most of the T_V_ sets are old, and the T_V_ is what we sell for.") == []


def test_who_gave_the_remarks_may_say_all_of_it() -> None:
    source = (
        "Prepared remarks by Lysander Okafor, head of risk, Mutual Re, at the Harvest Forum. "
        + "Thank you. Hail is a small word. Growth is not all of it. Celia Brandt asked me for a number. "
        "The nets stop most of the damage. A net costs 19,000 dollars. Premiums rose to 131 million dollars. "
    )
    assert check("But growth is not all of it, says Lysander Okafor.", source) == []


def test_what_anybody_could_say_the_speaker_says() -> None:
    source = (
        "# Jo Hall - .@runavik full talk at tidecon 2031\n\n"
        "The mill is slow. You might as well say that the tide is the cheapest clerk we ever had. It "
        "comes twice a day, and it asks for nothing but a gate that opens and shuts again. We have had the gate since "
        "the spring, and it holds. Thank you, Runa, for this."
    )
    assert check("Runa calls the tide “the cheapest clerk we ever had”.", source) == []
