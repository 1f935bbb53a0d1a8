"""What must never be styled, and where it is."""

import pytest
from hypothesis import given, settings

from composer.text.alphabets import PLAIN
from composer.text.spans import hashtags, is_top_level, links, spans
from composer.text.style import style
from tests.text import oracle
from tests.text.strings import anything


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(see https://a.example.com/b_(c)).", [("url", "https://a.example.com/b_(c)")]),
        ("https://a.example.com/?q=1&r=2#s, and", [("url", "https://a.example.com/?q=1&r=2#s")]),
        ("“https://a.com/x”…", [("url", "https://a.com/x")]),
        ("http://localhost:8000/x!", [("url", "http://localhost:8000/x")]),
        ("Read WWW.Example.com.", [("url", "WWW.Example.com")]),
        ("bücher.example.de/é", [("url", "bücher.example.de/é")]),
        ("пример.рф/путь", [("url", "пример.рф/путь")]),
        ("a.com:8080/x", [("url", "a.com:8080/x")]),
        ("-example.com/x", [("url", "example.com/x")]),
        ("jo.doe+x@mail.example.com.", [("email", "jo.doe+x@mail.example.com")]),
        ("mailto:jo@example.com", [("email", "jo@example.com")]),
        (".@name, @other_one! (@third)", [("mention", "@name"), ("mention", "@other_one"), ("mention", "@third")]),
        ("@jo@example.social.", [("mention", "@jo@example.social")]),
        ("@jo.bsky.social", [("mention", "@jo.bsky.social")]),
        ("#one,#two #3D #a_b", [("hashtag", "#one"), ("hashtag", "#two"), ("hashtag", "#3D"), ("hashtag", "#a_b")]),
        ("##double 🚀#fast", [("hashtag", "#double"), ("emoji", "🚀"), ("hashtag", "#fast")]),
        ("-\u0332#tag", [("hashtag", "#tag")]),
        ("Node.js/@jo", [("mention", "@jo")]),
        ("1️⃣ 🇩🇪👩‍💻 ❤ x", [("emoji", "1️⃣"), ("emoji", "🇩🇪"), ("emoji", "👩‍💻"), ("emoji", "❤")]),
        ("https://a.com/👍 👍", [("url", "https://a.com/👍"), ("emoji", "👍")]),
        ("𝗵𝘁𝘁𝗽𝘀://a.com/𝘅 #𝘁𝗮𝗴", [("url", "𝗵𝘁𝘁𝗽𝘀://a.com/𝘅"), ("hashtag", "#𝘁𝗮𝗴")]),
    ],
)
def test_what_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["and/or", "Node.js/Deno", "#2024 #1", "C# a#b &#x27;", "example.com", "x@y", "5 @", "24/7", "e.g./i.e.", "1.5/3"],
)
def test_what_is_none(text: str) -> None:
    assert links(text) == []


def test_hashtags() -> None:
    assert hashtags("#One text #2024 (#Zwei) #one") == ["#One", "#Zwei", "#one"]


def test_the_root_zone() -> None:
    assert all(map(is_top_level, ["com", "ORG", "museum", "рф", "xn--p1ai"]))
    assert not any(map(is_top_level, ["js", "md5", "txt", "example"]))


@settings(max_examples=300, deadline=None)
@given(anything)
def test_spans_are_ordered_and_apart(text: str) -> None:
    at = 0
    for span in spans(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@settings(max_examples=300, deadline=None)
@given(anything)
def test_styling_does_not_hide_a_link(text: str) -> None:
    plain = text.translate(PLAIN)
    for name in ("sans_bold", "underline", "circled"):
        before = [plain[s.start : s.end] for s in links(plain)]
        after = style(plain, name)
        assert all(link in after for link in before)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_emoji_are_those_of_the_database(text: str) -> None:
    for span in spans(text):
        if span.kind == "emoji":
            assert oracle.is_emoji(text[span.start : span.end])
