"""The post held against its source: a labelled set written for this project, and the shapes of the answers."""

import tomllib
from pathlib import Path

import pytest

from composer.post.grounding import check
from composer.post.grounding.source.ground import prepare
from composer.post.grounding.source.terms import stem
from composer.sources.model import Chapter, Segment, Transcript
from composer.text.style import style

FOLDER = Path(__file__).parent / "fixtures" / "grounding"
FILES = sorted(FOLDER.glob("*.toml"))
# Measured on this set; the goals are 0.95 and 0.9.
PRECISION, RECALL, CASES = 0.95, 0.9, 120


def transcript(data: dict[str, object]) -> Transcript:
    rows = [line.strip() for line in str(data["source"]).strip().splitlines()]
    segments = []
    for row in rows:
        name, _, rest = row.partition(": ")
        named = rest and len(name.split()) == 2 and name.istitle()
        segments.append(Segment(None, None, name if named else None, rest if named else row))
    return Transcript("text", str(data["language"]), None, tuple(segments))


def outcomes() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(file, sentence, expected kind or "", kinds found) of every case."""
    found = []
    for path in FILES:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        source = transcript(data)
        cases = [(sentence, "") for sentence in data["ok"]] + [(sentence, kind) for sentence, kind in data["bad"]]
        for sentence, kind in cases:
            found.append((path.stem, sentence, kind, tuple(problem.kind for problem in check(sentence, source))))
    return found


def test_labelled_set_precision_and_recall() -> None:
    rows = outcomes()
    right = [row for row in rows if row[2] and row[2] in row[3]]
    false = [row for row in rows if not row[2] and row[3]]
    missed = [row for row in rows if row[2] and row[2] not in row[3]]
    precision = len(right) / (len(right) + len(false))
    recall = len(right) / (len(right) + len(missed))
    told = "\n".join(map(str, [*false, *missed]))
    assert len(rows) >= CASES
    assert precision >= PRECISION, f"precision {precision:.3f}\n{told}"
    assert recall >= RECALL, f"recall {recall:.3f}\n{told}"


def test_offsets_are_those_of_the_styled_post() -> None:
    post = style("Eleven people", "sans_bold") + " and " + style("Ghent", "sans_bold") + ": there were 12 people."
    problems = check(post, "There were eleven people in Porto. Nobody else came.")
    assert ("number", "12") in {(p.kind, post[p.start : p.end]) for p in problems}


def test_hashtags_links_and_own_numbers_are_left_alone() -> None:
    post = "A Headline\n\nHere are 2 points from Anna:\n\n1/ One: Trees grow.\n2/ Two: Trees fall.\n\n#Forest2031 #Oslo"
    assert check(post, "Anna said that trees grow. Trees fall, too.") == []
    assert check("See https://example.org/2031/Oslo for more", "Nothing about that.") == []


def test_an_empty_source_is_no_ground() -> None:
    assert check("In 2019 there were 12.", "") == []


@pytest.mark.parametrize("wrong", ["Zwölf", "2031"])
def test_a_string_is_a_source_too(wrong: str) -> None:
    assert isinstance(check(f"Es waren {wrong} Leute.", "Es waren elf Leute im Saal und niemand ging."), list)


def test_a_translated_post_is_read_by_its_own_rules() -> None:
    source = (
        "Our workshop repairs about forty bicycles a week. In 2021 we opened it to everybody, and the fear of breaking "
        "something is the largest obstacle. Nobody needs a better tool for that."
    )
    post = (
        "Unsere Werkstatt repariert jede Woche etwa vierzig Fahrräder. Seit 2021 ist sie für alle offen, und das "
        "größte Hindernis ist nicht das Werkzeug, sondern die Angst, etwas kaputt zu machen."
    )
    assert check(post, source) == [], "no German noun is a name"
    wrong = check(post.replace("2021", "2019"), source)
    assert [problem.kind for problem in wrong] in (["date"], ["number"]), wrong


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("founded", "opened", "en"),
        ("found", "discovery", "en"),
        ("worker", "staff", "en"),
        ("gekauft", "erworben", "de"),
        ("directrice", "dirigé", "fr"),
        ("cerró", "terminó", "es"),
        ("aldeia", "vila", "pt"),
    ],
)
def test_words_that_say_much_the_same_have_one_stem(word: str, other: str, language: str) -> None:
    assert stem(word, language) == stem(other, language)


def test_words_that_only_look_alike_do_not() -> None:
    assert len({stem("found"), stem("founded"), stem("worked"), stem("workers"), stem("expensive")}) == 5


COUNCIL = (
    "Ida Berg: I am Ida Berg, I run the archive of Hollow Quay. Our mayor, Ole Ness, came at noon, and the treasurer "
    "Per Lund came an hour later. The flood of the cellar began near Marrow Lane and stopped at the old brewery. "
    "My colleague Tove Lindqvist, she's our head conservator, dried four thousand letters in a bakery in Skarre. "
    "The oven was lent by Kaffe Dal, a firm from Vester. Nobody was hurt.\n"
    "Jon Aas: And what did the insurance say?\n"
    "Ida Berg: The insurer sent an engineer from Oslo, Mona Fjell, who counted the boxes for nine days."
)


@pytest.mark.parametrize(
    "post",
    [
        "The mayor, Ole Ness, came at noon.",
        "Treasurer Per Lund came an hour later.",
        "Head conservator Tove Lindqvist dried the letters in Skarre.",
        "The engineer Mona Fjell counted boxes for nine days.",
        "The flood began near Marrow Lane.",
    ],
)
def test_who_is_what_as_the_source_has_it(post: str) -> None:
    assert check(post, COUNCIL) == []


@pytest.mark.parametrize(
    ("post", "wrong"),
    [
        ("The mayor, Per Lund, came at noon.", "Per Lund"),
        ("Treasurer Tove Lindqvist came an hour later.", "Treasurer Tove Lindqvist"),
        ("Head conservator Mona Fjell dried the letters.", "Mona Fjell"),
        ("The letters were dried in a bakery in Skarre by Mona Fjell.", "Mona Fjell"),
        ("The flood of the cellar began near Skarre and stopped at the brewery.", "Skarre"),
    ],
)
def test_a_name_of_the_source_in_the_place_of_another(post: str, wrong: str) -> None:
    assert [post[p.start : p.end] for p in check(post, COUNCIL) if p.kind == "name"] == [wrong]


def test_a_chapter_is_nobody_who_speaks() -> None:
    segments = (
        Segment(None, None, None, "The tide clock was built in a shed by the water."),
        Segment(None, None, None, "I wound it every Sunday for thirty years, and it never once thanked me."),
    )
    chapters = (Chapter(None, "Beyond Clocks: what a shed is for", 0), Chapter(None, "Slow Time: a Sunday", 1))
    source = Transcript("yt2doc", "en", "Two Sheds: a talk", segments, chapters)
    assert check("Slow Time: “It never once thanked me.”", source) == []
    assert {said.speaker for said in prepare((source,)).sentences} == {None}


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Jonas Huang opened it.", "The keynote was by Jonas Wang, and it was long. Everybody liked it."),
        ("Friedrich Achmeister fought for it.", "A group around Friedrich Art Meister fought for it. It was saved."),
        ("Quoc Ly was there too.", "My friends Anna Berg and Kwok Lee were there. We were young."),
        ("Palais Steenberough is its name.", "It was called Palais Stombereau by all. Nobody knows why."),
    ],
)
def test_half_a_name_says_how_the_other_half_was_heard(said: str, heard: str) -> None:
    assert [p for p in check(said, heard) if p.kind == "name"] == []


def test_another_name_beside_the_same_one_is_another() -> None:
    heard = "The keynote was by Jonas Wang, and it was long. Everybody liked it."
    assert [p.kind for p in check("Jonas Hedlund opened it.", heard)] == ["name"]


PIER = (
    "Host: And then the pier burned?\n"
    "Ida Berg: It did. My brother, Ole Ness, stood there and said, a pier is only a road that changed its mind. I "
    "never doubted that we would build it again. It cost us four winters.\n"
    "Host: Who paid?\n"
    "Per Lund: I paid for the piles. A pile does not ask who bought it, it, um, you know, it stands.\n"
    "Ida Berg: Everybody counts three."
)


@pytest.mark.parametrize(
    "post",
    [
        "“It cost us four winters.”\n\nThat's Ida Berg.",
        "“A pile does not ask who bought it, it stands.” The line is from Per Lund.",
        "“A pier is only a road that changed its mind.”\n\nThe words are Ole Ness's.",
        "How many piles? “Everybody counts three” winters, says Ida Berg.",
        "“I never doubted that we would build it again,” says Ida Berg.",
    ],
)
def test_whose_words_they_are_is_said_below_them(post: str) -> None:
    assert check(post, PIER) == []


@pytest.mark.parametrize(
    ("post", "wrong"),
    [
        ("“It cost us four winters.”\n\nThat's Per Lund.", "Per Lund"),
        ("“A pile does not ask who bought it.” The line is from Ida Berg.", "Ida Berg"),
        ("“A pier is only a road that changed its mind.”\n\nPer Lund on the fire.", "Per Lund"),
        ("“A pier is only a road that changed its mind.” The words are Ida Berg's.", "Ida Berg"),
    ],
)
def test_words_given_below_to_somebody_else(post: str, wrong: str) -> None:
    assert [post[p.start : p.end] for p in check(post, PIER)] == [wrong]


WHISPERED = (
    "good evening my name is wilhelmina tarrow and i drive the night ferry at pellhaven for thirty one years i "
    "was a cook before that and my teacher was osgood brevik he had one rule about soup and the rule was to wait "
    "and when the soup was good he said nothing and when it was bad he sang and the whole street came out to hear "
    "him in winter they brought spoons and somebody always had an onion and that is how i learned that a smell is "
    "an address the bell on the ferry was cast by a man called ludo fennick in a barn and it cracked in the frost "
    "of nineteen eighty seven so we keep it on a shelf in the kitchen and once a year a student called idris vole "
    "comes and measures the crack with a thread the crack grows a hair every winter and nobody minds because a "
    "bell that is broken still tells the time if you look at it and i do every morning before the first coffee "
    "and the first car"
)


def test_names_without_capitals_in_the_source() -> None:
    assert check("Every year Idris Vole measures the crack with a thread.", WHISPERED) == []
    post = "A bell cast in a barn by Osgood Brevik cracked in the frost."
    assert [post[p.start : p.end] for p in check(post, WHISPERED)] == ["Osgood Brevik"]


GUESTS = (
    "Welcome to the harbour hour. On Monday we have Anna Berg from Kestrel, who builds cranes. The Nordmark "
    "Harbour Board paid for her first one. Nobody believed in it then, and the board was laughed at in the "
    "papers. Now every quay has one. A crane is a patient animal. We also thank Osprey for the lamps; they burn "
    "all night. Thornbury is a village with one lamp and no crane."
)


def test_somebody_is_of_the_house_that_the_source_says() -> None:
    assert check("On Monday: Anna Berg of Kestrel on cranes, paid for by the Nordmark Harbour Board.", GUESTS) == []
    post = "On Monday Anna Berg, one of the founders of Osprey, speaks of cranes."
    assert [post[p.start : p.end] for p in check(post, GUESTS)] == ["Osprey"]


def test_a_name_of_several_words_begins_as_in_the_source() -> None:
    post = "Her first crane was paid for by the Thornbury Harbour Board."
    assert [post[p.start : p.end] for p in check(post, GUESTS)] == ["Thornbury Harbour Board"]


def test_a_name_that_the_source_takes_back() -> None:
    source = (
        "We bought nine robots. They were made in Lund-- sorry, in Lindavik, and came by ship. Nobody unpacked them."
    )
    assert check("The robots were made in Lindavik.", source) == []
    assert [p.kind for p in check("The robots were made in Lund.", source)] == ["name"]


def test_german_measures_are_nobody() -> None:
    source = (
        "Wir haben die Baustelle sieben Wochen lang stillgelegt. Seit 2020 kamen 742.000 Euro zusammen. Das war gut."
    )
    post = "Es gab sieben Wochen Baustopp. Zusammen kam fast eine Dreiviertelmillion Euro."
    assert [p for p in check(post, source) if p.kind == "name"] == []


def test_a_former_mayor_is_not_the_mayor() -> None:
    source = (
        "The mayor, Ida Berg, opened the quay in May. Before her there was Ole Ness, he had promised a bridge. "
        "It never came. Nobody was angry for long, because the quay is pretty."
    )
    assert check("Former mayor Ole Ness had promised a bridge.", source) == []
    assert [p.kind for p in check("The mayor, Ole Ness, opened the quay in May.", source)] == ["name"]


@pytest.mark.parametrize(
    ("post", "source"),
    [
        (
            "Harjit Lund was told in May.",
            "Minister Lund, thank you. The report is by Harjit S. Lund. Harjit is here. Good.",
        ),
        (
            "A ride with Lyft was dearer.",
            "We took a lift from the quay, and the lift was dearer than the bus. It rained.",
        ),
    ],
)
def test_names_written_a_little_otherwise(post: str, source: str) -> None:
    assert [p for p in check(post, source) if p.kind == "name"] == []


def test_a_noun_in_ing_that_owns_is_no_name() -> None:
    source = "The farmers took 74 percent of the water in 2012. Now it is less. The farms have drip lines."
    assert check("Now it is less. Farming's share was 74% in 2012.", source) == []


@pytest.mark.parametrize(
    ("post", "source"),
    [
        (
            "“If the tide is wrong, no promise will carry you.”",
            "If the tide is wrong, no, uh, no promise will carry you.",
        ),
        ("陈守望说：“灯亮着的地方,就有人等。”", "陈守望：我常说一句话：“灯亮着的地方,呃,就有人等。”"),
        ("「潮は待ってくれん」と船長。", "船長はこう言いました。「潮は、まあ、待ってくれん」と。"),
        (
            "O Ivo, 8 anos: “Tia, eu aceito o peixe, mas devolve a minha bola.”",
            "CARLA REIS: Um menino da escola Serra Azul, o Ivo, de oito anos, me escreveu uma carta: "
            "“Tia, eu aceito o peixe, mas devolve a minha bola.”\nPRESIDENTE: Obrigado.",
        ),
        ("Meanwhile Ostrava saved water. Today Ostrava sells it.", "Ostrava saved water and sells it."),
    ],
)
def test_what_is_said_while_thinking_and_what_opens_a_sentence_is_let_pass(post: str, source: str) -> None:
    assert check(post, source) == []


def test_a_negation_that_was_said_once_is_not_left_out() -> None:
    assert check(
        "“If the tide is wrong, a promise will carry you.”", "If the tide is wrong, no, uh, no promise will carry you."
    )
