"""Styling against `str.translate` with the plain table on the same text, and against what users would pick instead."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.harness import Row, bench, best_of, compare
from benchmarks.style_cases import CASES, Case
from composer.text.alphabets import forms
from composer.text.networks import NETWORKS, count
from composer.text.spans import links
from composer.text.style import style, unstyle

NAME = "sans_bold"
# What a table of letters and digits does, and no more.
TABLE = dict(forms(NAME))
INVERSE = {styled: plain for plain, styled in TABLE.items()}
PEER = "str.translate"
# Many short runs: a long one is interrupted more often on a busy machine, and would look slower than it is.
_SHORT = 201

_PARAGRAPH = (
    "A hive has no architect. Scouts fly out on the first warm day, come back, and dance what they have seen: the "
    "angle is the direction, the length is the distance, and the vigour says how good the place is. Others fly out to "
    "check. Nobody counts the votes, yet a swarm of 10,000 settles on one hollow tree within 3 days, and it is nearly "
    "always the best of the 20 or so that were found. What can a team learn from it? Let people look for themselves, "
    "let enthusiasm fade unless it is renewed, and move only when enough of them agree.\n"
)
PROSE = (_PARAGRAPH * 50)[:20_000]
ACCENTS = (
    "Été à Nîmes, où naïveté et façade se mêlent; žluťoučký kůň příliš úpěl ďábelské ódy; čaj, šťáva, ořech; "
    "Đường đến thành phố rất đẹp, mọi người đều biết điều ấy; ça dépend, déjà vu, crème brûlée, Ångström, señor.\n"
) * 100
CURLY = _PARAGRAPH.replace("the best", "“the best”").replace(": ", " — ").replace("?", "❓")
POSTS = (
    "How does a swarm decide❓\n\nWhat 40 years of watching bees tell us about committees 🐝:\n\n"
    "• 🔭 Scouts: They look for themselves; nobody repeats a rumour.\n"
    "• 💃 Dance: Good places are danced for longer, so word of them spreads faster.\n"
    "• 🤝 Quorum: About 30 scouts at one place are enough, and the swarm takes off.\n\n"
    "The full talk: https://talks.example.org/swarm?session=12&from=feed\n\n#Bees #DecisionMaking #Teams",
    "We moved 1,200 tests from nightly to every commit ⚙️\n\n1️⃣ We deleted 300 that had never failed.\n"
    "2️⃣ We split the slow ones; the slowest took 9 minutes.\n3️⃣ We gave each team its own red light 🚦.\n\n"
    "What broke? Less than we feared. Notes at docs.example.com/ci and by @jo_doe; ask at ci@example.com 👩‍💻\n\n"
    "#ContinuousIntegration #Testing",
    "A harbour is a very slow computer 🚢\n\nShips are the jobs, berths are the cores, and the tide is the clock. "
    "“Fairness” means that a small ferry waits for a tanker. The pilots’ answer is older than any scheduler: leave one "
    "berth free, always.\n\n✅ It costs 8 % of the throughput.\n✅ It halves the longest wait.\n\n"
    "Background 👉 https://harbour.example.net/berths/empty-one #Queues #Ports 🇳🇱🇧🇪",
)


def _samples() -> list[str]:
    """Posts of the sample material, plain, where it is there."""
    folder = Path(os.environ.get("POST_COMPOSER_SAMPLES", Path(__file__).resolve().parents[2] / "shared"))
    return [unstyle(path.read_text("utf-8")) for path in sorted((folder / "examples").glob("*.txt"))]


def _each(texts: tuple[str, ...] | list[str], change: Callable[[str], object]) -> Callable[[], None]:
    def run() -> None:
        for text in texts:
            change(text)

    return run


def _against(name: str, texts: tuple[str, ...] | list[str], goal: float | None, *, back: bool = False) -> Row:
    """A row of ours against the table, over all texts."""
    size = sum(map(len, texts))
    note = f"{size:,} characters, {len(texts)} texts" if len(texts) > 1 else f"{size:,} characters"
    if back:
        texts = [style(text, NAME) for text in texts]
        ours, peer = compare(_each(texts, unstyle), _each(texts, lambda text: text.translate(INVERSE)), _SHORT)
    else:
        ours, peer = compare(_each(texts, lambda t: style(t, NAME)), _each(texts, lambda t: t.translate(TABLE)), _SHORT)
    return Row.ratio_of(name, ours, peer, peer=PEER, goal=goal, note=note)


@bench("style")
def speed() -> Iterator[Row]:
    """The speed of styling and un-styling."""
    yield _against("style ASCII prose", (PROSE,), 0.5)
    yield _against("style posts with links and emoji", POSTS, 0.35)
    samples = _samples()
    if samples:
        yield _against("style the sample posts", samples, 0.35)
    else:
        yield Row.skipped("style the sample posts", "no sample material here")
    yield _against("style accent-dense text", (ACCENTS,), 0.25)
    yield _against("un-style prose", (PROSE,), 0.8, back=True)
    yield _against("un-style posts", POSTS, 0.8, back=True)
    yield _against("un-style accent-dense text", (ACCENTS,), None, back=True)
    styled = [style(text, NAME) for text in POSTS]
    for network in NETWORKS:
        seconds = best_of(_each(styled, partial(_count, network)), _SHORT) / len(styled)
        yield Row.at_most(f"count a post for {network}", seconds * 1000, "ms", 2)


def _count(network: str, text: str) -> int:
    return count(text, network)


@bench("style-long")
def long() -> Iterator[Row]:
    """Ten million characters: faster than the plain table, and ten times one million."""
    texts = (("ASCII", _PARAGRAPH, 1.0), ("typographic", CURLY, 1.0), ("posts", "".join(POSTS), 0.35))
    for name, paragraph, goal in texts:
        yield from _ten_million(name, paragraph + "\n", goal)
    for piece in ("a.", "a@", "a.b-", "#", "a\u0301", "漢", "https://", ")."):
        short, tenfold = (partial(links, f"#{piece * size}/") for size in (5_000, 50_000))
        yield Row.at_most(f"links in ten times as much of {piece!a}", best_of(tenfold, 3) / best_of(short, 9), "x", 25)


def _ten_million(name: str, paragraph: str, goal: float) -> Iterator[Row]:
    million = paragraph * (1_000_000 // len(paragraph))
    text = million * 10
    styled = style(text, NAME)  # numpy is imported here, so that its import is not counted as styling
    size = f"{len(text):,} characters"
    ours, peer = compare(lambda: style(text, NAME), lambda: text.translate(TABLE), repeat=5)
    yield Row.ratio_of(f"style 10 million, {name}", ours, peer, peer=PEER, goal=goal, note=size)
    # What is quadratic takes 100 times as long; a result of 4 MB stays in the cache, one of 40 MB does not.
    growth = best_of(lambda: style(text, NAME)) / best_of(lambda: style(million, NAME))
    yield Row.at_most(f"ten times 1 million takes, {name}", growth, "x", 30)
    ours, peer = compare(lambda: unstyle(styled), lambda: styled.translate(INVERSE), repeat=5)
    yield Row.ratio_of(f"un-style 10 million, {name}", ours, peer, peer=PEER, goal=goal)


@bench("style-rules")
def rules() -> Iterator[Row]:
    """How many cases of the rules are right, here and in the packages that users would pick instead."""
    yield _right("rules right, here", _ours, len(CASES))
    for name, load in (("text-fancipy", _text_fancipy), ("fancify-text", _fancify_text)):
        try:
            yield _right(f"rules right, {name}", load(), None)
        except ImportError:
            yield Row.skipped(f"rules right, {name}", "not installed; it is in the group `bench`")


def _right(name: str, run: Callable[[Case], str], goal: int | None) -> Row:
    right = sum(run(case) == case.expected for case in CASES)
    if goal is None:
        return Row(name, right, f"of {len(CASES)}")
    return Row.at_least(name, right, f"of {len(CASES)}", goal)


def _ours(case: Case) -> str:
    return style(case.text, case.name) if case.operation == "style" else unstyle(case.text)


def _text_fancipy() -> Callable[[Case], str]:
    """text-fancipy (Apache-2.0), by its own functions; a style it does not have leaves the text."""
    from text_fancipy.fancipy import fancipy, unfancipy_all

    names = {
        "monospace": "mono",
        "serif_bold": "bold",
        "serif_bold_italic": "bdit",
        "sans": "sans",
        "sans_bold": "snbd",
        "sans_italic": "snit",
        "sans_bold_italic": "snbi",
        "script_bold": "scrb",
        "fraktur_bold": "frak",
        "circled": "circ",
        "fullwidth": "wide",
    }

    def run(case: Case) -> str:
        if case.operation == "unstyle":
            return str(unfancipy_all(case.text))
        return str(fancipy(case.text, names[case.name])) if case.name in names else case.text

    return run


def _fancify_text() -> Callable[[Case], str]:
    """fancify-text (CC0-1.0), by its own functions; it cannot un-style, and what it lacks leaves the text."""
    from fancify_text import fancify

    names = {
        "sans": "sansSerif",
        "sans_bold": "bold",
        "sans_italic": "italic",
        "sans_bold_italic": "boldItalic",
        "serif_bold": "boldSerif",
        "serif_italic": "italicSerif",
        "serif_bold_italic": "boldItalicSerif",
        "double_struck": "doubleStruck",
        "monospace": "monospaced",
        "fullwidth": "wide",
        "fraktur": "fraktur",
        "fraktur_bold": "boldFraktur",
        "script_bold": "script",
        "small_caps": "smallCaps",
        "squared": "squared",
        "circled": "circled",
        "superscript": "superscript",
    }

    def run(case: Case) -> str:
        if case.operation == "unstyle" or case.name not in names:
            return case.text
        return str(fancify(case.text, names[case.name]))

    return run
