"""Counts against definitions of their own, limits, and share links."""

from urllib.parse import parse_qs, urlsplit

import pytest
import regex
import unicodedata2 as ud
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.errors import UsageError
from composer.text.networks import LINK_MAX, NETWORKS, Use, count, limit, measure, share_url, styling_cost
from composer.text.spans import links
from composer.text.style import style
from composer.text.weighted import urls
from tests.text import oracle
from tests.text.strings import anything

SOME = settings(max_examples=250, deadline=None)
# twitter-text, config/v3.json.
CONFIG_V3 = {
    "version": 3,
    "maxWeightedTweetLength": 280,
    "scale": 100,
    "defaultWeight": 200,
    "transformedURLLength": 23,
    "ranges": [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)],
}


def test_the_networks() -> None:
    assert list(NETWORKS) == ["linkedin", "x", "bluesky", "mastodon", "threads"]
    assert [limit(key) for key in NETWORKS] == [3000, 280, 300, 500, 500]
    assert NETWORKS["linkedin"].comment_limit == 1250
    fold = NETWORKS["linkedin"].fold
    assert fold is not None
    assert (fold.lines, fold.phone_px, fold.desktop_px) == (3, 344, 523)


@SOME
@given(anything)
def test_linkedin_counts_utf16_units(text: str) -> None:
    assert count(text, "linkedin") == sum(1 + (ord(c) > 0xFFFF) for c in text)
    assert count(text, "linkedin") == len(text.encode("utf-16-le")) // 2


@SOME
@given(anything)
def test_threads_and_the_second_limit_of_bluesky_count_utf8_bytes(text: str) -> None:
    size = sum(1 + (ord(c) > 0x7F) + (ord(c) > 0x7FF) + (ord(c) > 0xFFFF) for c in text)
    assert count(text, "threads") == size
    assert measure(text, "bluesky") == [
        Use("graphemes", len(regex.findall(r"\X", text)), 300),
        Use("bytes", size, 3000),
    ]


def _x_weight(text: str) -> int:
    """Config v3 for text without links and emoji."""
    light = [any(a <= ord(c) <= b for a, b in CONFIG_V3["ranges"]) for c in ud.normalize("NFC", text)]
    return sum(100 if is_light else CONFIG_V3["defaultWeight"] for is_light in light) // CONFIG_V3["scale"]


@SOME
@given(anything)
def test_x_weighs_code_points_of_nfc(text: str) -> None:
    if not urls(ud.normalize("NFC", text)) and oracle.EMOJI.isdisjoint(text) and "\u20e3" not in text:
        assert count(text, "x") == _x_weight(text)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hello, world", 12),
        ("é e\u0301 ệ", 6),
        ("漢字", 4),
        ("𝗯𝗼𝗹𝗱", 8),
        ("“so” – he said… ", 17),
        ("https://example.com", 23),
        ("https://example.com/a/very/long/path/that/goes/on?and=on#and-on", 23),
        ("a example.com/x b", 27),
        ("example.com", 23),
        ("example.it.", 24),
        ("(https://en.example.org/wiki/A_(b))", 25),
        ("https://example.com/路径", 23 + 4),
        ("https://例え.jp/x", 23),
        ("例え.jp", 7),
        ("https://localhost/x", 19),
        ("jo@example.com", 14),
        ("@jo.com", 7),
        ("file.txt v1.5 end.Of", 20),
        ("👩‍💻", 2),
        ("🇩🇪🇫🇷", 4),
        ("1️⃣ ❤️ ❤ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿", 14),
        ("© ©️ ®", 6),
        ("🙂🏽", 4),
        ("❤︎", 4),
        ("👨‍👩‍👧‍👦" * 10, 20),
    ],
)
def test_x_cases(text: str, weight: int) -> None:
    assert count(text, "x") == weight


def test_config_v3_is_what_x_takes() -> None:
    assert limit("x") == CONFIG_V3["maxWeightedTweetLength"]
    assert count("https://example.com/" + "a" * 300, "x") == CONFIG_V3["transformedURLLength"]


@SOME
@given(st.text("ab é漢𝗯 👩‍💻\n", max_size=30), st.integers(0, 60))
def test_mastodon_counts_a_link_as_23_and_a_mention_without_its_domain(text: str, length: int) -> None:
    clusters = len(regex.findall(r"\X", text))
    assert count(f"{text} https://example.com/{'x' * length}", "mastodon") == clusters + 24
    assert count(f"{text} @jo@{'x' * (length + 1)}.social hi", "mastodon") == clusters + 7
    assert count(f"{text} @jo hi", "mastodon") == clusters + 7


def test_mastodon_counts_other_links_as_they_are() -> None:
    assert count("example.com/path", "mastodon") == 16
    assert count("jo@example.com", "mastodon") == 14


@pytest.mark.parametrize(
    ("network", "cost"), [("linkedin", 8), ("x", 8), ("bluesky", 0), ("mastodon", 0), ("threads", 24)]
)
def test_what_bold_costs(network: str, cost: int) -> None:
    assert styling_cost(style("two bold words", "sans_bold")[:6] + "… 𝗮𝗯𝗰𝗱", network) >= 0
    assert styling_cost("𝗮𝗯𝗰𝗱 𝗲𝗳𝗴𝗵 plain", network) == cost


@pytest.mark.parametrize(
    ("network", "start"),
    [
        ("linkedin", "https://www.linkedin.com/feed/?"),
        ("x", "https://x.com/intent/tweet?"),
        ("bluesky", "https://bsky.app/intent/compose?"),
        ("mastodon", "https://example.social/share?"),
        ("threads", "https://www.threads.com/intent/post?"),
    ],
)
def test_share_links_carry_the_text_or_leave_it_out(network: str, start: str) -> None:
    text = "A & B? 𝗯𝗼𝗹𝗱 #tag\n50 % 👩‍💻 +1"
    link = share_url(text, network, server="https://Example.social/")
    assert link is not None
    assert link.startswith(start)
    assert parse_qs(urlsplit(link).query)["text"] == [text]
    long = share_url("𝗯" * 400, network, "example.social")
    assert long == start.rstrip("?") or long == "https://www.linkedin.com/feed/?shareActive=true"
    for size in range(0, 400, 7):
        link = share_url("𝗯" * size, network, "example.social")
        assert link is not None
        assert len(link) <= LINK_MAX


@pytest.mark.parametrize("server", [None, "", "not a host", "x", "https://", "a/b"])
def test_mastodon_without_a_server_has_no_link(server: str | None) -> None:
    assert share_url("a", "mastodon", server) is None


def test_an_unknown_network_is_refused_with_a_list() -> None:
    for call in (count, measure, styling_cost, share_url):
        with pytest.raises(UsageError, match="linkedin, x, bluesky, mastodon, threads"):
            call("a", "myspace")
    with pytest.raises(UsageError):
        limit("myspace")


@SOME
@given(anything)
def test_links_of_x_are_apart_and_in_order(text: str) -> None:
    at = 0
    for start, end in urls(text):
        assert at <= start < end <= len(text)
        at = end
    assert all(span.start < span.end for span in links(text))
