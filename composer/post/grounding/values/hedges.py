"""How near to its number a figure is meant: "about", "over", "under"."""

import re

# What may stand between such words and the number: an article, the sign of a currency.
_ONE = r"(?: (?:a|an|ein|un|une|una|um|uma|la|le|el|os|o|los|las))?"
_SIGN = r" ?(?:(?:US|R|A|C)?[$€£¥] ?)?$"
_HEDGES = [
    ("about", re.compile(r"(?i)(?:\b(?:about|around|roughly|approximately|approx\.|circa|ca\.|c\.|some|nearly|"
                         r"almost|close to|"
                         r"or so|(?:just|shortly) (?:before|after)|kurz (?:vor|nach)|peu (?:avant|après)|"
                         r"poco (?:antes|después) de|pouco (?:antes|depois) d[aeo]s?|"
                         r"just (?:under|over|above|below|short of|shy of)|a little (?:over|under|more than|less than)|"
                         r"slightly (?:over|under|more than|less than|above|below)|something like|"
                         r"somewhere around|in the region of|"
                         r"rund|etwa|ungefähr|fast|knapp|gut|um die|an die|nahezu|annähernd|zirka|beinahe|"
                         r"environ|près d(?:e|es|u|['’])|"
                         r"presque|à peu près|quelques?|en torno a|perto d[eao]s?|uns|umas|em torno d[eao]s?|"
                         r"autour d(?:e|es|u)|unos|unas|casi|cerca del?|aproximadamente|"
                         r"alrededor del?|quase|por volta de|"
                         r"mais ou menos)"
                         r"(?: (?:a|an|the|one|eine?|die|der|une?|una|uma?|la|el|o|le|les|los|las|os|den|dem|das))?|"
                         r"~|≈|±|约|大约|約|およそ|ほぼ|近|将近|接近|差不多)" + _SIGN)),
    ("over", re.compile(r"(?i)(?:\b(?:over|more than|at least|above|exceeding|upwards of|north of|beyond|past|"
                        r"topped|über|"
                        r"mehr als(?: das| die| den)?|mindestens|plus d[e’']|plus du|plus des?|au moins|wenigstens|"
                        r"más del?|por encima del?|acima d[eao]s?|"
                        r"al menos|mais d[eoa]s?|pelo menos)"
                        + _ONE + "|>)" + _SIGN + "|超过$|以上$")),
    ("under", re.compile(r"(?i)(?:\b(?:under|less than|fewer than|below|at most|up to|no more than|not even|not quite|"
                         r"nicht einmal|nicht ganz|keine|ni siquiera|pas même|nem sequer|"
                         r"weniger als(?: das| die| den)?|"
                         r"unter|höchstens|bis zu|moins d[e’'u]|moins des?|"
                         r"menos del?|menos d[eao]s?|por debajo del?|abaixo d[eao]s?|hasta|até)"
                         + _ONE + "|<)" + _SIGN)),
]  # fmt: skip
_HEDGED_AFTER = [
    ("over", re.compile(r"(?i)\s?(?:\+|or more\b|plus\b(?! \d)|oder mehr\b|ou plus\b|o más\b|ou mais\b|以上|多|余)")),
    ("about", re.compile(r"(?i)\s(?:or so|ish|odd)\b|-?ish\b|左右|ほど|くらい|近く")),
]


def hedge(text: str, start: int) -> str:
    """What the words before a figure say of it: "about", "over", "under" or ""."""
    before = text[max(0, start - 26) : start]
    return next((name for name, pattern in _HEDGES if pattern.search(before)), "")


def hedge_after(text: str, end: int) -> str:
    """The same of the words behind it: "20+", "ten or so"."""
    return next((name for name, pattern in reversed(_HEDGED_AFTER) if pattern.match(text, end)), "")
