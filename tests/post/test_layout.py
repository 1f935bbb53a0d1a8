"""A post laid out, and read back."""

from pathlib import Path

import pytest

from composer import evidence, sources
from composer.post import layout, shapes
from composer.post.builtin import BuiltinWriter
from composer.post.model import Brief, Finished, Post, PostPoint, Section, Trace
from composer.text.style import style, unstyle


def a_post(shape: str) -> Post:
    points = tuple(
        PostPoint(f"Label {n}", f"Sentence number {n} says one thing.", Trace(0, (n,), float(n)), "📈📉📊💡🔎📌🧩"[n])
        for n in range(7)
    )
    sections = (Section("First part", points[:3]), Section("Second part", points[3:]))
    if shape == "list":
        sections = (Section("", points),)
    return Post(
        shape=shape,
        language="en",
        headline="Will the Lamp Last",
        announcing="Ida Berg on lamps",
        sections=sections,
        opening=("Ida Berg spoke about lamps.", "They burn out."),
        conclusion=("A lamp is a promise.",),
        hashtags=("#Lamps", "#Light"),
        announcing_emoji="🤔",
        headline_emoji="❓" if shape == "take" else "💡",
        opening_trace=Trace(0, (1,), 1.0),
        conclusion_trace=Trace(0, (9,), 9.0),
    )


def test_take_has_the_lines_of_the_shape() -> None:
    laid = layout.lay(a_post("take"))
    lines = laid.plain.split("\n")
    assert lines[:5] == [
        "Will the Lamp Last❓",
        "",
        "Ida Berg on lamps 🤔:",
        "",
        "Ida Berg spoke about lamps. They burn out.",
    ]
    assert lines[6] == "First part:"
    assert lines[7] == "• 📈 Label 0: Sentence number 0 says one thing."
    assert "Conclusion:\n• A lamp is a promise.\n\n#Lamps #Light" in laid.plain
    assert unstyle(laid.text) == laid.plain
    assert laid.text.split("\n")[7].startswith("• 📈 " + style("Label 0", "sans_bold") + ": Sentence")
    assert laid.text.endswith("#Lamps #Light")


def test_list_numbers_in_groups_of_five() -> None:
    laid = layout.lay(a_post("list"))
    assert "5/ Label 4: Sentence number 4 says one thing.\n\n6/ Label 5:" in laid.plain
    assert laid.plain.endswith("\n\nNote: A lamp is a promise.\n\n#Lamps #Light")
    assert laid.text.startswith(style("Will the Lamp Last", "sans_bold") + " 💡")
    assert style("5/ Label 4", "sans_bold") + ": Sentence" in laid.text


def test_every_point_has_its_line() -> None:
    for shape in ("take", "list"):
        post = a_post(shape)
        laid = layout.lay(post)
        lines = laid.plain.split("\n")
        by_line = dict(laid.lines)
        for point in post.points:
            number = next(n for n, line in enumerate(lines) if line.endswith(point.text))
            assert by_line[number] == point.trace


def test_reads_back_what_it_laid() -> None:
    for shape in ("take", "list"):
        post = a_post(shape)
        laid = layout.lay(post)
        back = layout.parse(laid.text, laid=laid, language="en")
        assert (back.shape, back.headline, back.announcing) == (shape, post.headline, post.announcing)
        assert [(p.label, p.text, p.trace) for p in back.points] == [(p.label, p.text, p.trace) for p in post.points]
        assert back.conclusion == post.conclusion
        assert back.hashtags == post.hashtags
        assert layout.lay(back).text == laid.text


def test_an_edited_line_keeps_its_trace_and_none_is_lost() -> None:
    laid = layout.lay(a_post("take"))
    edited = laid.text.replace("number 2 says one thing", "number 2 says one good thing") + "\n\nA line of my own"
    back = layout.parse(edited, laid=laid, language="en")
    assert back.points[2].trace == Trace(0, (2,), 2.0)
    assert "A line of my own" in layout.lay(back).plain


def test_a_point_without_label_or_emoji_has_no_stray_marks() -> None:
    post = Post("take", "en", "H", "A", (Section("S", (PostPoint("", "Only this.", Trace(0, (0,))),)),))
    assert "• Only this." in layout.lay(post).plain
    listed = Post("list", "en", "H", "A", (Section("", (PostPoint("", "Only this.", Trace(0, (0,))),)),))
    assert "1/ Only this." in layout.lay(listed).plain


def test_a_shape_of_ones_own_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "note.toml").write_text(
        'title = "Note"\nabout = "Three lines."\nquestion = false\nsections = false\ngroup = 0\nemoji = false\n'
        'opening = false\nconclusions = 1\norder = ["headline", "announcing", "points", "conclusion"]\n'
        "[points]\nshort = [3, 3]\nmedium = [3, 4]\nlong = [3, 5]\n"
        '[lines]\nheadline = "{headline}"\n'
        'announcing = "{announcing}"\npoint = "— {text}"\nconclusion = "So: {text}"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path))
    assert "note" in shapes.names()
    talk = Path(__file__).parent / "fixtures" / "talks" / "clocks.vtt"
    *_, last = BuiltinWriter().write(evidence.gather([sources.read(talk)]), Brief(shape="note"))
    assert isinstance(last, Finished)
    text = layout.lay(last.post).text
    assert 3 <= sum(line.startswith("— ") for line in text.split("\n")) <= 4
    assert unstyle(text) == text
    assert "#" not in text
