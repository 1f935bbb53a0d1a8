"""Quotations in the right mouth and in the wrong one: sources in prose, in turns, in threads; seven languages."""

import tomllib
from pathlib import Path

import pytest

from composer.post.grounding import check

REPORT = """The reopening of the swing bridge at Larkhaven drew some two hundred people on Saturday.

The mayor, Petra Oyelaran, told the crowd that the town had waited eleven years. "A bridge is a promise with bolts," she
said. Her engineer, Tobias Wrenfield, was less solemn. "We found a trout in the gearbox," he said, and people laughed.

Councillor Agnes Plumb, who had voted against it, had not changed her mind. The whole thing, she told this paper, was "a
very long door". "I shall cross it when it has paid for itself," said Plumb.

"It squeaks in G minor," laughed the bridge keeper, Cosmo Hartigan, who has worked there since 1998.
"""

TURNS = """HOST: Welcome to the Salt Hour. With me: Ingrid Vassall, who makes cheese, and Bertrand Oakes, who sells it.

INGRID VASSALL: Thank you. A cheese is, um, milk that has learned to wait.

BERTRAND OAKES: And I am the one who can't wait. My grandmother used to say, never argue with a full shelf.

HOST: Do you two ever disagree?

INGRID VASSALL: Every Tuesday. He wants it younger, I want it older. But he pays me on Fridays.

BERTRAND OAKES: I once told her, your patience is my overdraft. She laughed at me.
"""

THREAD = """Posted by kelp_baron: My sourdough starter died on holiday. What now?

tinroof_tess: Dry some on paper before you travel, it keeps for years.

oldmillrace: Mine survived a flood, it will forgive a fortnight.

kelp_baron: I shall build it a tiny hotel.
"""


def _wrong(post: str, source: str) -> list[str]:
    return [problem.why for problem in check(post, source) if problem.kind == "quote"]


@pytest.mark.parametrize(
    "post",
    [
        '"A bridge is a promise with bolts," said Petra Oyelaran.',
        '"A bridge is a promise with bolts." That was the mayor.',
        'Mayor Petra Oyelaran: "A bridge is a promise with bolts."',
        'As Oyelaran put it, "a bridge is a promise with bolts".',
        'Tobias Wrenfield on the repairs: "We found a trout in the gearbox."',
        'The engineer told the crowd: "We found a trout in the gearbox."',
        "“We found a trout in the gearbox” (Tobias Wrenfield)",
        'One councillor still calls it "a very long door".',
        'Agnes Plumb calls it "a very long door".',
        'For Plumb it remains "a very long door".',
        '"It squeaks in G minor," says Cosmo Hartigan, keeper since 1998.',
        "“It squeaks in G minor.”\n\nCosmo Hartigan on his bridge.",
        'The mayor spoke of promises. Her engineer, Wrenfield, of fish: "We found a trout in the gearbox."',
        'After the mayor came Tobias Wrenfield. "We found a trout in the gearbox," he said.',
    ],
)
def test_true_words_of_a_report(post: str) -> None:
    assert _wrong(post, REPORT) == []


@pytest.mark.parametrize(
    "post",
    [
        '"A bridge is a promise with bolts," said Tobias Wrenfield.',
        '"A bridge is a promise with bolts." That was Agnes Plumb.',
        'Cosmo Hartigan: "A bridge is a promise with bolts."',
        'As Hartigan put it, "a bridge is a promise with bolts".',
        'Agnes Plumb on the repairs: "We found a trout in the gearbox."',
        "“We found a trout in the gearbox” (Petra Oyelaran)",
        'Petra Oyelaran calls it "a very long door".',
        'A crossing, said Wrenfield, is "a very long door".',
        "“It squeaks in G minor.”\n\nTobias Wrenfield on his bridge.",
        "“It squeaks in G minor.” The line is Agnes Plumb's.",
        "“I shall cross it when it has paid for itself.”\n— Petra Oyelaran",
        'In the words of Cosmo Hartigan: "I shall cross it when it has paid for itself."',
        '1. Agnes Plumb: "a promise with bolts"',
    ],
)
def test_words_of_a_report_in_the_wrong_mouth(post: str) -> None:
    assert len(_wrong(post, REPORT)) == 1


@pytest.mark.parametrize(
    "post",
    [
        '"A cheese is milk that has learned to wait," says Ingrid Vassall.',
        'Ingrid Vassall, cheese maker: "A cheese is milk that has learned to wait."',
        'Vassall\'s definition: "milk that has learned to wait".',
        '"Your patience is my overdraft," Oakes once told her.',
        'Bertrand Oakes told Ingrid Vassall: "Your patience is my overdraft."',
        'Bertrand Oakes quotes his grandmother: "Never argue with a full shelf."',
        "“Never argue with a full shelf.” So says Bertrand's grandmother.",
        'Ingrid on Bertrand: "He wants it younger, I want it older."',
        '"But he pays me on Fridays," she adds.',
    ],
)
def test_true_words_of_turns(post: str) -> None:
    assert _wrong(post, TURNS) == []


@pytest.mark.parametrize(
    "post",
    [
        '"A cheese is milk that has learned to wait," says Bertrand Oakes.',
        'Oakes, who sells it: "A cheese is milk that has learned to wait."',
        '"Your patience is my overdraft," Vassall once told him.',
        'Ingrid Vassall told Bertrand Oakes: "Your patience is my overdraft."',
        'Bertrand on Ingrid: "He wants it younger, I want it older."',
        "“Never argue with a full shelf.” That was Ingrid Vassall.",
        'Oakes\'s definition: "milk that has learned to wait".',
    ],
)
def test_words_of_turns_in_the_wrong_mouth(post: str) -> None:
    assert len(_wrong(post, TURNS)) == 1


@pytest.mark.parametrize(
    ("post", "count"),
    [
        ('oldmillrace answers: "it will forgive a fortnight"', 0),
        ('tinroof_tess answers: "it will forgive a fortnight"', 1),
        ('"I shall build it a tiny hotel," wrote kelp_baron.', 0),
        ('"I shall build it a tiny hotel," wrote oldmillrace.', 1),
        ('Best advice, from tinroof_tess: "Dry some on paper before you travel."', 0),
        ('Best advice, from kelp_baron: "Dry some on paper before you travel."', 1),
    ],
)
def test_user_names(post: str, count: int) -> None:
    assert len(_wrong(post, THREAD)) == count


GERMAN = """Moderatorin: Willkommen zum Werkstattgespräch. Zu Gast sind Ottilie Brandauer und Veit Kesselring.

Ottilie Brandauer: Eine Geige ist nie fertig, sie hört nur irgendwann auf, sich zu wehren.

Veit Kesselring: Ich baue Kästen dafür, und ein Kasten darf nicht schöner sein als die Geige.

Moderatorin: Und wer verdient mehr?

Veit Kesselring: Der Kasten, leider. Mein Lehrmeister Ansgar Pohl hat immer gesagt: Holz merkt sich jede Eile.
"""

FRENCH = """À Port-Brévin, la criée a fermé vendredi. « On n'éteint pas un port, on l'endort », a déclaré la directrice,
Solange Kermarrec. Le patron du Goéland, Yann Tréguilly, n'était pas d'accord : « Un port qui dort est un parking. »
Le maire, Hippolyte Vasseur, a promis une réunion en mai. « Je viendrai avec des chaises », a-t-il ajouté.
"""

SPANISH = """La asamblea de la cooperativa de Valdecuesta duró seis horas. «El aceite no entiende de prisas», dijo la
presidenta, Nieves Altamira. El molinero Hilario Zorita, que lleva allí desde 1987, se levantó y
contestó: «Yo tampoco, pero tengo facturas».
Al final habló la ingeniera Candela Ruipérez: «Una almazara es un reloj que huele bien».
"""

PORTUGUESE = """Apresentadora: Hoje recebemos a Benedita Farol e o Custódio Lameira.

Benedita Farol: Uma rede de pesca é um poema com buracos, eu digo sempre isto.

Custódio Lameira: Eu prefiro dizer que é uma conta que nunca fecha.
"""

CHINESE = """主持人：今天请来两位嘉宾，陶艺师沈若岚和店主马德胜。

沈若岚：泥土比人诚实，你急它就裂给你看。

马德胜：我只管卖，卖不掉的碗都在我家厨房。

沈若岚：他家厨房是我最好的展览馆。
"""

JAPANESE = """司会：本日は庭師の柊木静江さんと、石工の大槻剛さんをお迎えしました。

柊木静江：庭というのは、待つことを覚える場所なんです。

大槻剛：石は待ってくれますけど、お客さんは待ってくれません。

柊木静江：大槻さんの石は、三年たってやっと口をきくんです。
"""


@pytest.mark.parametrize(
    ("source", "post", "count"),
    [
        (GERMAN, "„Eine Geige ist nie fertig“, sagt Ottilie Brandauer.", 0),
        (GERMAN, "„Eine Geige ist nie fertig“, sagt Veit Kesselring.", 1),
        (GERMAN, "„Eine Geige ist nie fertig.“ Der Satz stammt von Ottilie Brandauer.", 0),
        (GERMAN, "„Eine Geige ist nie fertig.“ Der Satz stammt von Veit Kesselring.", 1),
        (GERMAN, "Wie Kesselring es nennt: „Ein Kasten darf nicht schöner sein als die Geige.“", 0),
        (GERMAN, "Brandauer über ihr Handwerk: „Ein Kasten darf nicht schöner sein als die Geige.“", 1),
        (GERMAN, "„Holz merkt sich jede Eile“, sagte Ansgar Pohl.", 0),
        (GERMAN, "„Holz merkt sich jede Eile“, sagte Ottilie Brandauer.", 1),
        (FRENCH, "« On n'éteint pas un port, on l'endort », dit Solange Kermarrec.", 0),
        (FRENCH, "« On n'éteint pas un port, on l'endort », dit Yann Tréguilly.", 1),
        (FRENCH, "Réponse de Yann Tréguilly : « Un port qui dort est un parking. »", 0),
        (FRENCH, "Réponse d'Hippolyte Vasseur : « Un port qui dort est un parking. »", 1),
        (FRENCH, "« Je viendrai avec des chaises. » C'est Hippolyte Vasseur qui le dit.", 0),
        (FRENCH, "« Je viendrai avec des chaises. » C'est Solange Kermarrec qui le dit.", 1),
        (SPANISH, "«El aceite no entiende de prisas», según Nieves Altamira.", 0),
        (SPANISH, "«El aceite no entiende de prisas», según Hilario Zorita.", 1),
        (SPANISH, "Hilario Zorita se levantó: «Yo tampoco, pero tengo facturas».", 0),
        (SPANISH, "Candela Ruipérez se levantó: «Yo tampoco, pero tengo facturas».", 1),
        (SPANISH, "«Una almazara es un reloj que huele bien». La frase es de Candela Ruipérez.", 0),
        (SPANISH, "«Una almazara es un reloj que huele bien». La frase es de Nieves Altamira.", 1),
        (PORTUGUESE, "“Uma rede de pesca é um poema com buracos”, diz Benedita Farol.", 0),
        (PORTUGUESE, "“Uma rede de pesca é um poema com buracos”, diz Custódio Lameira.", 1),
        (PORTUGUESE, "Para Custódio Lameira, é “uma conta que nunca fecha”.", 0),
        (PORTUGUESE, "Para Benedita Farol, é “uma conta que nunca fecha”.", 1),
        (CHINESE, "沈若岚说：“泥土比人诚实，你急它就裂给你看。”", 0),
        (CHINESE, "马德胜说：“泥土比人诚实，你急它就裂给你看。”", 1),
        (CHINESE, "“他家厨房是我最好的展览馆。”沈若岚这句话我喜欢。", 0),
        (CHINESE, "“他家厨房是我最好的展览馆。”马德胜这句话我喜欢。", 1),
        (JAPANESE, "「庭というのは、待つことを覚える場所なんです」と柊木静江さんは言う。", 0),
        (JAPANESE, "「庭というのは、待つことを覚える場所なんです」と大槻剛さんは言う。", 1),
        (JAPANESE, "大槻剛さんは「石は待ってくれますけど、お客さんは待ってくれません」と話す。", 0),
        (JAPANESE, "柊木静江さんは「石は待ってくれますけど、お客さんは待ってくれません」と話す。", 1),
    ],
)
def test_mouths_in_other_languages(source: str, post: str, count: int) -> None:
    assert len(_wrong(post, source)) == count


def _cases(kind: str) -> list[tuple[str, str]]:
    path = Path(__file__).parent / "fixtures" / "who_said.toml"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [(post, case["source"]) for case in cases for post in case[kind]]


@pytest.mark.parametrize(("post", "source"), _cases("right"))
def test_right_words_in_the_right_mouth(post: str, source: str) -> None:
    assert _wrong(post, source) == []


@pytest.mark.parametrize(("post", "source"), _cases("wrong"))
def test_altered_words_and_wrong_mouths(post: str, source: str) -> None:
    assert _wrong(post, source) != []


HALL = (
    "Hon. Mirela Castan (Minister of Forests, Rivers and the Northern Coast): We will open the sluice on Monday.\n\n"
    'Mr. Odran Feely (Westhaven, IND): By the way, I hate the term "river fee". I prefer "water share".\n\n'
    "Hon. Mirela Castan (Minister of Forests, Rivers and the Northern Coast): Do you have a number for that?\n\n"
    "Mr. Odran Feely (Westhaven, IND): No. I don't have any numbers right now, and I'm not gonna pay a s seventy-five "
    "dollar toll.\n\n"
    "Ms. Ilka Brandvold (Upper Fell, GRN): My first teacher was Captain Noor Tavish, who ran the ferry. She phoned "
    'me at home and said, "Mind the rope, it remembers you."\n'
)


@pytest.mark.parametrize(
    "post",
    [
        # A label has an office in brackets: its small words name nobody.
        'He also hates the words "river fee" and would rather say "water share".',
        # An answer, and a sentence of its own after it; a word that is only begun.
        'Any numbers? "I don\'t have any numbers right now."',
        'Odran Feely: "I\'m not gonna pay a seventy-five dollar toll."',
        # Whoever "she" is may be the one who was named last.
        '"Mind the rope, it remembers you." Captain Noor Tavish said it on the phone.',
    ],
)
def test_true_words_of_a_hall(post: str) -> None:
    assert _wrong(post, HALL) == []


@pytest.mark.parametrize(
    "post",
    [
        '"Mind the rope, it remembers you." Mirela Castan said it on the phone.',
        'Odran Feely: "I\'m gonna pay a seventy-five dollar toll."',
    ],
)
def test_words_of_a_hall_in_the_wrong_mouth(post: str) -> None:
    assert _wrong(post, HALL) != []


def test_a_title_is_nobodys_words() -> None:
    source = "HOST: My guest is the pianist Odile Marrow, whose record, Slack Tide, is out.\n"
    source += "MARROW: Good morning.\nHOST: Ten nights in a barn.\nMARROW: Nine.\n"
    assert _wrong('Odile Marrow recorded "Slack Tide" in a barn.', source) == []


def test_whom_a_post_quotes_and_who_leaves_himself_out() -> None:
    source = (
        "Fermín: Aquella noche reventó la tubería. Eso lo dirigió Casilda Roncero, la capataz. Y le dijo al alcalde: "
        "«Usted dé las ruedas de prensa, que yo doy el agua».\n"
        "Itziar: Qué grande.\nFermín: Y ben, no dormimos en dos días. El agua volvió por la mañana.\nItziar: Gracias."
    )
    assert check("Casilda Roncero al alcalde: «Usted dé las ruedas de prensa, que yo doy el agua».", source) == []
    post = "Fermín suele citar a Itziar: «El agua volvió por la mañana»."
    assert ["Itziar" in problem.why for problem in check(post, source)] == [True]
