"""Strings that styling has to live with, for the property tests."""

import random

from hypothesis import strategies as st

from tests.text import oracle

PIECES = {
    "ascii": list("abcXYZ 019.,;:!?'\"-()/\n\t_&"),
    "composed": list("éàçñöüßæøłıșřőÅÄÔệữḗΆώϓ\u212b\u212a\u2126ﬁ™①½µªº"),
    "marks": list("\u0301\u0308\u0323\u0302\u0332\u0336\u0338\u0344\u0340\u0f39\u20dd\u20e3\u035c\u0345\U0001e8d0"),
    "joins": list("\ufe0f\ufe0e\u200d\u200c\u200b\u00ad\u2060\u034f"),
    "styled": [*"𝗔𝗯𝟭𝐚𝟎𝑎𝘤ℎℬ𝓑ℭ𝖈ℂ𝟘𝖺𝚊𝟷𝜶𝝰𝚤𝟋𝙖", "𝗲\u0301", "𝝰\u0301", "ⓐ", "🅰", "🄰", "ａ", "ᴀ", "ᵃ"],
    "emoji": ["👩‍💻", "❤️", "❤", "1️⃣", "#️⃣", "*\u20e3", "🇩🇪", "🇦", "👍🏽", "🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🅱️", "©", "ℹ️", "7️", "👩"],
    "right to left": [*"אבגשلامعﷺ\u05b0\u0651\u200f\u202b\u202c\u2067\u2069", "\u0600", "\u06dd"],
    "east": [*"漢字かがガ한국각각々、。「」ﾊﾞ", "か\u3099", "\u1100\u1161"],
    "other": list("йёіїЯ\u0958क्षिกำ\u0b4b\u1e9b\u0390ǅﬄ…“”—\u2028\u0085\r\x00\ue000\U0010ffff"),
    "links": ["https://a.example.com/x", "www.a.com", "#tag", "#2024", "@name", "me@a.org", "bit.ly/A1"],
    "signs": [*"#@/.:-_", "://", "www."],
}
KINDS = list(PIECES)
ALL = [piece for pieces in PIECES.values() for piece in pieces]

mixed = st.lists(st.sampled_from(ALL), max_size=14).map("".join)
anything = st.one_of(mixed, mixed, st.text(max_size=20), st.text(st.sampled_from(sorted(oracle.PLAIN)), max_size=12))


def random_strings(count: int, seed: int) -> list[str]:
    """Strings of one to thirty pieces, each string of two kinds and some ASCII."""
    chance = random.Random(seed)
    strings = []
    for _ in range(count):
        kinds = [*chance.sample(KINDS[1:], 2), "ascii"]
        pieces = [chance.choice(PIECES[chance.choice(kinds)]) for _ in range(chance.randint(1, 30))]
        strings.append("".join(pieces))
    return strings
