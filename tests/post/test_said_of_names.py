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


ROWING = """Marit: The cox, Pip Darrow, was late, and she said it herself in the boat. "I waited for a gap." She is twenty.

Host: And you?

Marit: I would take her again. Viktor Halasz taught me that."""


def test_she_said_it_herself() -> None:
    assert check('"I waited for a gap", said cox Pip Darrow.', ROWING) == []
    assert len(check('"I would take her again", said cox Pip Darrow.', ROWING)) == 1
