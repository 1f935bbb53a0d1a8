"""Words, terms and what is known of each language. Every other module of this room counts with these."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from composer.paths import resource

# Scripts written without spaces between words: terms are pairs of characters there.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u30a0-\u30ff"
_HIRAGANA = "\u3040-\u309f"
UNSPACED = re.compile(f"[{_HAN}{_KANA}{_HIRAGANA}]")
_WORD = re.compile(
    rf"[{_HAN}]+|[{_KANA}]+|[{_HIRAGANA}]+"
    rf"|[^\W_{_HAN}{_KANA}{_HIRAGANA}]+(?:[’'\-.][^\W_{_HAN}{_KANA}{_HIRAGANA}]+)*"
)
# The same for text without a letter beyond ASCII, which most of it is: a third of the time.
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+(?:['\-.][A-Za-z0-9]+)*")
_MATH = re.compile("[\U0001d400-\U0001d7ff]")
_URL = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[a-z0-9\-]+(?:\.[a-z0-9\-]+)+/\S*")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known of one language: sets of lower-case words, and phrases as given in `resources/words.toml`."""

    language: str
    stop: frozenset[str]
    hesitation: frozenset[str]
    filler: tuple[str, ...]
    opener: tuple[str, ...]
    tag: tuple[str, ...]
    link: frozenset[str]
    negation: frozenset[str]
    chatter: frozenset[str]
    question: frozenset[str]
    genre: frozenset[str]
    plain: frozenset[str]
    ties: frozenset[str]
    chatty: frozenset[str]
    dangling: frozenset[str]
    scraps: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, object]]:
    with resource("words.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=16)
def lexicon(language: str) -> Lexicon:
    """The lexicon of `language` (a BCP 47 tag); a language that has none gets empty sets."""
    table = _tables().get(language.split("-")[0].lower(), {})

    def words(key: str) -> frozenset[str]:
        return frozenset(str(table.get(key, "")).split())

    def phrases(key: str) -> tuple[str, ...]:
        found = table.get(key, [])
        return tuple(str(item) for item in found) if isinstance(found, list) else ()

    return Lexicon(
        language=language,
        stop=words("stop"),
        hesitation=words("hesitation"),
        filler=phrases("filler"),
        opener=phrases("opener"),
        tag=phrases("tag"),
        link=words("link"),
        negation=words("negation"),
        chatter=words("chatter"),
        question=words("question"),
        genre=words("genre"),
        plain=words("plain"),
        ties=words("ties"),
        chatty=words("chatty"),
        dangling=words("dangling"),
        scraps=words("scraps"),
    )


@lru_cache(maxsize=32)
def shared(name: str) -> frozenset[str]:
    """A set of words that serves every language, from the table `shared`."""
    return frozenset(str(_tables().get("shared", {}).get(name, "")).split())


@lru_cache(maxsize=256)
def signal_phrases(language: str, kind: str) -> tuple[str, ...]:
    """The phrases of one kind of signal in a language, lower case, each once."""
    table = _tables().get(language.split("-")[0].lower(), {}).get("signals", {})
    found = table.get(kind, []) if isinstance(table, dict) else []
    return tuple(str(phrase) for phrase in found)


def fold(text: str) -> str:
    """`text` with mathematical letters (the bold of posts) as plain ones, and curly apostrophes straight."""
    return _MATH.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text).replace("’", "'")


def without_links(text: str) -> str:
    """`text` with web and mail addresses replaced by a space."""
    return _URL.sub(" ", text)


def unspaced(text: str) -> bool:
    """Whether most letters of `text` are in a script without spaces between words."""
    if text.isascii():
        return False
    letters = sum(1 for c in text if c.isalpha())
    return letters > 0 and 2 * len(UNSPACED.findall(text)) > letters


@lru_cache(maxsize=8192)
def said(text: str) -> tuple[str, ...]:
    """The words of `text` in order, as written. A run of Chinese or Japanese script is one word. Kept for the next
    who asks: a sentence is looked at from many sides."""
    return tuple(said_anew(text))


def said_anew(text: str) -> list[str]:
    """`said` for a text nobody else will ask for."""
    text = text.replace("’", "'")
    return (_PLAIN_WORD if text.isascii() else _WORD).findall(text)


def words(text: str) -> list[str]:
    """`said` as a list of its own."""
    return list(said(text))


def word_count(text: str) -> int:
    """Length in words; in scripts without spaces two characters count as one word."""
    if text.isascii():
        return len(said(text))
    total = 0
    for word in said(text):
        total += (len(word) + 1) // 2 if UNSPACED.match(word) else 1
    return total


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case form that folds plurals and simple English endings together. Crude, and the same everywhere."""
    word = word.lower()
    if word.endswith("'s"):
        word = word[:-2]
    if not word.isascii() or len(word) < 4:
        return word[2:] if word.startswith("ال") and len(word) > 4 else word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word


def _pieces(word: str) -> list[str]:
    """The terms of a run without spaces: character pairs for Han, the run itself for katakana, none for hiragana."""
    if re.match(f"[{_KANA}]", word):
        return [word] if len(word) > 1 else []
    if re.match(f"[{_HIRAGANA}]", word):
        return []
    return [word[i : i + 2] for i in range(len(word) - 1)]


@lru_cache(maxsize=8192)
def content(text: str, language: str) -> tuple[str, ...]:
    """The content terms of `text` in order, stemmed, repeats kept."""
    stop = lexicon(language).stop
    if text.isascii():
        return tuple(
            [
                stem(low)
                for word in said(text)
                if (low := word.lower()) not in stop and len(low) > 1 and not low.isdigit()
            ]
        )
    found: list[str] = []
    for word in said(text):
        if UNSPACED.match(word):
            found += [piece for piece in _pieces(word) if piece not in stop and piece[0] not in stop]
            continue
        low = word.lower()
        if len(low) < 2 or low in stop or low.isdigit():
            continue
        found.append(stem(low))
    return tuple(found)


def terms(text: str, language: str) -> list[str]:
    """`content` as a list of its own."""
    return list(content(text, language))
