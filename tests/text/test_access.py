"""What a listener hears, and the problems that come of it."""

import pytest
from hypothesis import given, settings

from composer.text.access import hear, longest_run, problems, skipped, spelled, styled_share
from composer.text.style import STYLES, style, unstyle
from tests.samples import samples_dir
from tests.text.strings import anything

POST = (
    "𝗪𝗵𝗮𝘁 𝗱𝗼 𝗯𝗲𝗲𝘀 𝗸𝗻𝗼𝘄❓\n\n𝗛𝗼𝘄 𝗮 𝘀𝘄𝗮𝗿𝗺 𝗱𝗲𝗰𝗶𝗱𝗲𝘀:\n\n"
    "A hive decides by dancing, and the dance carries distance and direction.\n\n"
    "• 🐝 𝗦𝗰𝗼𝘂𝘁𝘀: They report what they found, each as loudly as the find deserves.\n"
    "• 🌼 𝗤𝘂𝗼𝗿𝘂𝗺: When enough scouts agree on a place, the swarm leaves together.\n\n#Bees #Decisions"
)


def kinds(text: str) -> list[str]:
    return [problem.kind for problem in problems(text)]


def test_share_and_run() -> None:
    assert styled_share("𝗔𝗯 cd") == 0.5
    assert styled_share("") == styled_share("… 👍") == 0.0
    assert styled_share("𝟭𝟮 34 ⓐⓑ") == pytest.approx(2 / 3)
    assert longest_run("𝗔 b 𝗖𝗱, 𝗲 f\n𝗴𝗵𝗶") == (4, 9)
    assert longest_run("plain") == (0, 0)


def test_previews() -> None:
    assert spelled("𝗕𝗼𝗹𝗱 𝗼𝗻𝗲: plain") == "B o l d  o n e: plain"
    assert skipped("𝗕𝗼𝗹𝗱 𝗼𝗻𝗲: plain") == ": plain"
    assert skipped(POST).startswith("❓\n\n:\n\nA hive")
    assert spelled("plain\n\n👍") == skipped("plain\n\n👍") == "plain\n\n👍"
    hearing = hear(POST)
    assert hearing.run_letters == 16
    assert POST[slice(*hearing.run)] == "𝗛𝗼𝘄 𝗮 𝘀𝘄𝗮𝗿𝗺 𝗱𝗲𝗰𝗶𝗱𝗲𝘀"
    assert hearing.spelled == spelled(POST)
    assert hearing.skipped == skipped(POST)


def test_a_good_post_has_no_problem() -> None:
    assert 0.15 < styled_share(POST) < 0.30
    assert problems(POST) == []


def test_the_target_posts_have_no_problem() -> None:
    posts = sorted((samples_dir() / "examples").glob("*.txt"))
    assert posts
    for path in posts:
        text = path.read_text("utf-8")
        assert 0.15 < styled_share(text) < 0.30
        assert problems(text) == []


def test_too_much_styling() -> None:
    text = style("All of this is bold.", "sans_bold")
    (problem,) = problems(text)
    assert (problem.kind, problem.severity) == ("styled-share", "warn")
    assert "100%" in problem.why
    assert problem.fix == "All of this is bold"
    long = style("a whole sentence that goes on and on " * 5, "serif_italic") + "plain words " * 70
    assert kinds(long) == ["styled-run"]


@pytest.mark.parametrize(
    ("part", "kind", "plain"),
    [
        ("𝗵𝘁𝘁𝗽𝘀://a.example.com/𝘅", "styled-link", "https://a.example.com/x"),
        ("𝘄𝘄𝘄.example.com", "styled-link", "www.example.com"),
        ("h̲t̲t̲p̲s̲:̲/̲/̲a.com", "styled-link", "https://a.com"),
        ("𝗷𝗼@example.com", "styled-link", "jo@example.com"),
        ("@𝗷𝗼", "styled-mention", "@jo"),
        ("#𝗧𝗮𝗴", "styled-tag", "#Tag"),
        ("#T̶a̶g̶", "styled-tag", "#Tag"),
    ],
)
def test_styled_links_and_tags(part: str, kind: str, plain: str) -> None:
    text = f"Some plain words come first, then {part} and then some more words"
    problem = next(problem for problem in problems(text) if problem.kind == kind)
    assert problem.severity == "error"
    assert text[problem.start : problem.end] == part
    assert problem.fix == plain


def test_plain_links_and_tags_are_no_problem() -> None:
    assert kinds("https://a.example.com/é?x #Tag @jo jo@example.com e\u0301 " * 3) == []


def test_enclosed_letters_and_lines() -> None:
    text = "Some words that are plain, then ⓗⓔⓛⓛⓞ 🅆🄾🅁🄻🄳, and " + style("two words", "strikethrough") + " more"
    enclosed, lines = problems(text)
    assert (enclosed.kind, enclosed.fix) == ("enclosed", "hello WORLD")
    assert (lines.kind, lines.fix) == ("lines", "two words")
    assert text[lines.start : lines.end] == style("two words", "strikethrough")


@pytest.mark.parametrize("text", ["① first ② second", "Ⓜ️ 🅰 type", "naïve e\u0301\u0301 ≠ x\u0338", "Ἀθῆναι क्षि"])
def test_what_is_no_problem(text: str) -> None:
    assert kinds(text) == []


@settings(max_examples=300, deadline=None)
@given(anything)
def test_problems_lie_in_the_text_and_plain_text_is_heard_as_it_is(text: str) -> None:
    for problem in problems(text):
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.why.endswith(".")
        assert "\n" not in problem.why
    plain = unstyle(text)
    if styled_share(plain) == 0:
        assert spelled(plain) == plain
    assert 0 <= styled_share(text) <= 1


NOT_ENCLOSING = ("fullwidth", "small_caps", "superscript", "subscript")


@pytest.mark.parametrize("name", [name for name in STYLES if name not in NOT_ENCLOSING])
def test_every_style_is_noticed(name: str) -> None:
    assert problems(style("LOUD WORDS EVERYWHERE", name))
