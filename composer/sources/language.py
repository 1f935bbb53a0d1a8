"""Which language a text is in: by its script, then by its commonest words, then by a trained model."""

import re
from collections import Counter

# Judged on this many letters, taken from the beginning, the middle and the end.
_PART = 1500

_SCRIPTS = (
    ("kana", re.compile("[\u3041-\u30ff\u31f0-\u31ff]")),
    ("hangul", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("han", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("thai", re.compile("[\u0e00-\u0e7f]")),
    ("devanagari", re.compile("[\u0900-\u097f]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_ALONE = {"hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th"}

# The commonest function words of a language that its neighbours in this table do not share.
_WORDS = {
    "en": "the and of to is that it you was for this with are have not be they what there we",
    "de": "der die und das ist nicht ich wir auch ein mit auf sich dass wie aber haben wird eine den",
    "fr": "le les et est des une que dans pas qui vous nous pour sur avec ce mais je il être",
    "es": "el los y que en es una por con las para pero muy como está lo más también esto hay",
    "it": "il che di è non per una sono della con anche questo come gli nel ma più abbiamo perché cosa",
    "pt": "o que não uma com para os mas em é um do da isso você muito também mais gente são",
    "nl": "het een van en dat niet ik is we zijn voor met maar ook wat naar heb deze wel je",
}
_VOCABULARY = {tag: frozenset(words.split()) for tag, words in _WORDS.items()}
_LETTERS = re.compile(r"[^\W\d_]+")


def script(text: str) -> str | None:
    """The script most letters of `text` are in; Han counts as kana where kana is mixed in. None without letters."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    if counts["kana"] * 10 > counts["han"] and counts["kana"]:
        counts["kana"] += counts["han"]
        counts["han"] = 0
    # A Han, kana or Hangul letter carries about what three Latin letters do.
    for name in ("kana", "han", "hangul"):
        counts[name] *= 3
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def detect(text: str) -> str:
    """A primary language tag (`en`, `zh`), or `und` where the text is too short or has no letters."""
    sample = _sample(text)
    found = script(sample)
    if found is None:
        return "und"
    if found in _ALONE:
        return _ALONE[found]
    if found == "kana":
        return "ja"
    if found == "han":
        return "zh"
    if found == "latin":
        known = _by_words(sample)
        if known:
            return known
    return _by_model(sample)


def _sample(text: str) -> str:
    if len(text) <= 3 * _PART:
        return text
    middle = len(text) // 2
    return f"{text[:_PART]} {text[middle : middle + _PART]} {text[-_PART:]}"


def _by_words(sample: str) -> str | None:
    """The language whose commonest words are frequent and clearly more frequent than any other's."""
    words = [w.lower() for w in _LETTERS.findall(sample)]
    if len(words) < 8:
        return None
    counts = Counter(words)
    shares = sorted(
        ((sum(counts[w] for w in known) / len(words), tag) for tag, known in _VOCABULARY.items()), reverse=True
    )
    (best, tag), (second, _) = shares[0], shares[1]
    sure = 0.12 if len(words) >= 20 else 0.25
    return tag if best > sure and best > 2 * second else None


def _by_model(sample: str) -> str:
    import py3langid  # loads numpy and a model, half a second

    letters = _LETTERS.findall(sample)
    if sum(map(len, letters)) < 12:
        return "und"
    return str(py3langid.classify(" ".join(letters))[0])
