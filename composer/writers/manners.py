"""What models do beside answering, taken off: echoes of the field's name, quotation marks, list marks, preambles."""

import contextlib
import html
import re
import unicodedata

from composer.evidence.words import lexicon, words
from composer.text.style import unstyle

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "「": "」"}
_LIST_MARK = re.compile(r"^(?:[-–—•·▪►*]|\(?(?:\d{1,2}|[a-z])[.)/:](?!\d))\s+")
_NAMES = (
    r"headline|subject|announcing|opening|section(?: title)?|title|label|sentence|point|source|conclusion|note|"
    r"überschrift|titel|betreff|einleitung|abschnitt|satz|punkt|quelle|fazit|schluss|hinweis"
)
_FIELD = re.compile(rf"^[\"“(]?(?:{_NAMES})(?: \d{{1,3}})*[\"”)]?\s*[:：]\s*", re.IGNORECASE)
_BARE_FIELD = re.compile(rf"^[\W_]*(?:{_NAMES})(?:[\W_]*\d+)*[\W_]*(?:title|here|\W)*$", re.IGNORECASE)
_LABELLED = re.compile(r"^(?:short )?[\"“]?(?:label|headline)[\"”]?\s+(?=[\"“A-ZÄÖÜ])", re.IGNORECASE)
# "Sure! Here is a headline:" and its like; what follows is the answer. Only up to a mark, or a word would be cut.
_PREAMBLE = re.compile(
    r"^(?:(?:sure|certainly|gladly|great question|my apologies|apologies|you(?:'re|’re| are) absolutely right|gerne|"
    r"entschuldigung|hmm+)\b[^.:!：]{0,60}[.:!：]"
    r"|(?:here(?: is| are|'s|’s)|hier (?:ist|sind)|let me|the user (?:wants|asks|is asking|has asked)|we need to|voici|"
    r"aquí (?:está|tiene))\b[^.:!：]{0,60}[:：]"
    r"|the passage says that\b[^.:!：]{0,60}[.:!：]"
    r"|(?:sure|certainly|so|in conclusion|wait|okay|ok|of course|absolutely|natürlich|gerne|claro|por supuesto|"
    r"bien sûr|好的|当然)\s?[,，:!！]"
    r"|(?:according to )?passage ?\d+\s?[.,:])\s*",
    re.IGNORECASE,
)
# Said to the person, about the task or to nobody. A line that holds one of these is no answer, whatever else it holds;
# unless the source itself says so.
_CHAT = re.compile(
    r"\b(?:as an ai|(?:i|we) (?:cannot|can't|can’t|am unable to|am not able to) (?:help|assist|provide|verify|see|"
    r"write|determine|fulfil)|i(?:'m| am|’m) (?:so )?sorry|i(?:'d| would|’d) be (?:happy|glad)|happy to help|"
    r"here(?:'s|’s| is) (?:the|an?|your|my) (?:\w+ )?(?:answer|sentence|headline|label|title|subject|opening|post)|"
    r"hier ist (?:die|der|das|eine?) (?:\w+ )?(?:überschrift|einleitung|antwort|version|satz|betreff)|"
    r"how can i help|i am a large language|you(?:'re|’re| are) welcome|i hope this helps|let me know|feel free to|"
    r"could you please|please (?:provide|rephrase|consult|continue)|"
    r"thank you (?:for (?:sharing|your|watching|reading)|very much)|"
    r"i apologi[sz]e|like and subscribe|i avoided saying|step by step|"
    r"do you want me to|let me (?:rewrite|reconsider)|thinking process|analyze the request|"
    r"(?:your|insert|section|label|title) (?:\w+ ){0,2}(?:goes )?here|can you tell me|best regards|"
    r"(?:headline|überschrift) \d|"
    r"insert (?:date|text|name|time)|lorem ipsum|"
    r"this is (?:only )?a test|passage ?\d+|as mentioned in point|points? i was asked|no markdown|no hashtags|"
    r"at most \d+ (?:characters|words|sentences)|one line, at|two to (?:four|five) words|context length|"
    r"repost if|tag a \w+ who|part \d+ (?:of \d+|only)|teil \d+ von \d+|fortsetzung folgt|"
    r"(?:user|assistant|human)\s*:|analysismessage|"
    r"dabei (?:leider )?nicht helfen|sprachmodell bin|in die kommentare|was meint ihr|"
    r"vielen dank für (?:die|eure|ihre) aufmerksamkeit|je suis désolé|lo siento)\b"
    r"|^(?:thank you|thanks|danke(?: schön)?|goodbye|end|ende|undefined|null|string|user|assistant)\W*$",
    re.IGNORECASE,
)
_THOUGHT = re.compile(
    r"[<◁\[(]think(?:ing)?[>▷\])].*?(?:[<◁\[(]/think(?:ing)?[>▷\])]|$)"
    r"|^.*/ ?(?:think(?:ing)?|THINK)[>▷\])]?|^think(?=\s?[A-Z])"
)
_TAGS = re.compile(r"<[^<>]{0,40}>|\[\d{1,4}\]|\(\s*\)|⟨[^⟨⟩]*⟩|\bhttps?:/\S*|\bwww\.\S*")
_ASIDE = re.compile(r"\s*\((?:source|quelle|translator|\d+ (?:characters|words|chars|zeichen|wörter))[^()]*\)?", re.I)
_EMPTY = re.compile(
    r"^(?:n/?a|none|null|nil|todo|tbd|unknown|\.{2,}|…|-+|_+|\[.*\]|\([^()]*\)|x+)[.!]?$", re.IGNORECASE
)
_JSON = re.compile(r"[\"“]\w+[\"”]\s*[:：]")
_ENDED = re.compile(r"(?:im_?end|end_?of_?text|eot_?id|(?:start|end)_?header_?id|/?INST\b).*$")
_AGAIN = re.compile(r"(\b.{6,70}?)(?:[\s,.;!]*\1)+(?!\w)", re.IGNORECASE)
_PIECES = str.maketrans({"Ġ": " ", "▁": " ", "Ċ": " ", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\ufffd": None})
# Cyrillic letters that look like Latin ones, where a word mixes the two.
_ALIKE = str.maketrans("асеорхуіјѕАВЕКМНОРСТХУІЈЅ", "aceopxyijsABEKMHOPCTXYIJS")
_JOINERS = re.compile(r"(?<=[\x00-\u024f])[\u200b-\u200f\u2060\ufeff]+|[\u200b-\u200f\u2060\ufeff]+(?=[\x00-\u024f])")

# Languages whose small words are known, and how many of them a line must have to be plainly in one.
_TONGUES = ("de", "en", "es", "fr", "pt")
_LEAST_WORDS, _PLAINLY, _STRAY = 5, 0.34, 2
# Words that a sentence does not end with where nothing follows them.
_HANGING = frozenset(
    ["and", "or", "but", "of", "the", "a", "an", "with", "from", "because", "und", "oder", "aber", "der", "die", "ein",
     "eine", "einen", "von", "weil", "dass", "et", "ou", "de", "la", "le", "les", "un", "une", "y", "o", "el", "los"]
)  # fmt: skip
_DUTCH = frozenset(
    ["het", "een", "van", "dat", "niet", "zijn", "ze", "wel", "naar", "heb", "deze", "één", "ook", "maar"]
)


def tidy(text: str) -> str:
    """The answer itself: plain letters, one line, nothing around it. May be empty."""
    text = _letters(html.unescape(text))
    text = _ENDED.sub("", text)
    text = _THOUGHT.sub(" ", text.replace("*", "").replace("`", "").replace("#", ""))
    text = _ASIDE.sub("", " ".join(_TAGS.sub(" ", text).split()))
    for _ in range(4):
        before = text
        text = _FIELD.sub("", _LIST_MARK.sub("", text)).strip()
        if (found := _PREAMBLE.match(text)) and found.end() < len(text):
            text = text[found.end() :].strip()
        if (
            len(text) > 1
            and text[0] in _QUOTES
            and text.endswith(_QUOTES[text[0]])
            and _QUOTES[text[0]] not in text[1:-1]
        ):
            text = text[1:-1].strip()
        if text == before:
            break
    empty = _EMPTY.match(text) or _PREAMBLE.fullmatch(text) or _BARE_FIELD.match(text) or _JSON.search(text)
    text = _AGAIN.sub(r"\1", _closed(text))
    return "" if empty else text


def chat(text: str) -> str:
    """What in a line is said to the person or about the task, and to no reader of a post; "" where nothing is."""
    found = _CHAT.search(text)
    return found.group() if found else ""


def _letters(text: str) -> str:
    """Plain letters of one alphabet a word, without emoji, joiners and the marks of tokenizers."""
    if "Ã" in text or "â€" in text:
        with contextlib.suppress(UnicodeError):
            text = text.encode("cp1252").decode("utf-8")
    text = unicodedata.normalize("NFC", unstyle(_JOINERS.sub("", text))).translate(_PIECES)
    out = []
    for word in text.split(" "):
        if any("\u0400" <= c <= "\u04ff" for c in word) and any(c.isascii() and c.isalpha() for c in word):
            word = word.translate(_ALIKE)
        out.append(word)
    return "".join(" " if _picture(c) else c for c in " ".join(out) if c not in "\ufe0f\u20e3")


def _picture(letter: str) -> bool:
    return letter > "\u2190" and (unicodedata.category(letter) in ("So", "Sk") or letter >= "\U0001f000")


def _closed(text: str) -> str:
    """Quotation marks and brackets in pairs: a quotation that was cut off ends where the text ends."""
    kinds = [mark for mark in '“„«»「"' if mark in text]
    pairs = (("“", "”"), ("„", "“"), ("«", "»"), ("「", "」")) if len(kinds) == 1 or kinds == ["“", "„"] else ()
    for opening, closing in pairs:
        if opening == "“" and "„" in text:
            continue
        if text.rfind(opening) > text.rfind(closing) and text.count(opening) > text.count(closing):
            text += closing
    if text.count('"') % 2:
        text = text + '"' if text.find('"') < len(text) - 1 and text.count('"') == 1 else text.replace('"', "")
    if "(" in text and ")" not in text[text.rfind("(") :]:
        text = text[: text.rfind("(")]
    return text.strip()


def label(text: str) -> str:
    """A short name: tidied, without a full stop or a colon at its end; what follows a colon is no part of it."""
    text = tidy(_LABELLED.sub("", tidy(text))).rstrip(" .:;,：，。-–—")
    head, colon, _ = text.partition(":")
    return _raised(head.strip() if colon and head.strip() else text)


def headline(text: str) -> str:
    """A headline without its closing mark, which the shape sets."""
    return _raised(tidy(text).rstrip(" .:;,?!？！：。❓"))


def trimmed(text: str, language: str) -> str:
    """A text that was cut off at a word, without the small words that hang in the air at its end."""
    stop = lexicon(language).stop
    kept = text.split(" ")
    while len(kept) > 2 and (kept[-1].casefold().strip(",;:–—-(") in stop or not kept[-1].strip(",;:–—-(")):
        kept.pop()
    return " ".join(kept).rstrip(" ,;:–—-(")


def broken(text: str, known: frozenset[str]) -> bool:
    """Whether an answer without a full stop breaks off: after a word that wants another, or inside one of `known`."""
    last = text.rstrip().rpartition(" ")[2]
    if not last.isalpha() or not last.islower() or " " not in text:
        return False
    return last in _HANGING or (last not in known and any(word.startswith(last) for word in known))


def sentence(text: str, most: int, language: str = "und") -> str:
    """A whole sentence of at most `most` characters: cut at the last sentence or clause where the model was cut off."""
    text = _raised(tidy(text))
    if text and text[-1] not in '.!?…。！？"”“’»)」':
        text = _whole(text, len(text) >= most - 12, language)
    return text


def _raised(text: str) -> str:
    """With a capital at the beginning, unless the first word has one of its own, as iPhone does."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def _whole(text: str, cut: bool, language: str) -> str:
    if cut:
        ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)|[。！？]", text)]
        if ends and ends[-1] >= len(text) // 3:
            return text[: ends[-1]]
        return trimmed(text, language) + "…"
    return text + ("。" if _wide(text) else ".")


def meaningful(text: str) -> bool:
    """Whether there is anything to read in it: a letter of any script, more letters and spaces than signs, words
    that are not one word again and again, none left out before a comma."""
    letters = sum(c.isalpha() for c in text)
    if not letters or letters * 2 < len(text.replace(" ", "")):
        return False
    said = [word.casefold() for word in words(text)]
    if len(said) > 2 and len(set(said)) * 2 < len(said):
        return False
    return not re.search(r"\w [,.](?: |$)", text)


def thin(text: str) -> bool:
    """Whether a sentence has too few words to be one."""
    wide = sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)
    return wide < 6 and len(words(text)) < 3


def shouted(text: str) -> bool:
    """Whether a line is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def foreign(text: str, language: str) -> bool:
    """Whether most letters are of a script the language is not written in."""
    scripts = {"zh": "wide", "ja": "wide", "ko": "wide", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic",
               "sr": "any", "ar": "arabic", "fa": "arabic", "he": "hebrew", "el": "greek", "hi": "any", "th": "any",
               "und": "any"}  # fmt: skip
    wanted = scripts.get(language, "latin" if len(language) == 2 else "any")
    letters = [c for c in text if c.isalpha()]
    if wanted == "any" or len(letters) < 4:
        return False
    alien = sum(_script(c) not in (wanted, "latin") if wanted != "latin" else _script(c) != "latin" for c in letters)
    return alien * 2 > len(letters) or (wanted == "wide" and len(letters) > 12 and not any(map(_wide, letters)))


def tongue(text: str, language: str) -> str:
    """The language a line is plainly in, where that is another one than `language`; "" where it is not, or too short.

    Told by the small words of each language, so it sees what `foreign` cannot: English where German was asked for.
    """
    said = [word.casefold() for word in words(text)]
    if len(said) < _LEAST_WORDS:
        return ""
    shares = {
        tag: sum(word in lexicon(tag).stop for word in said) / len(said) for tag in {*_TONGUES, language.split("-")[0]}
    }
    mine = shares.pop(language.split("-")[0])
    tag = max(sorted(shares), key=lambda other: shares[other])
    return tag if shares[tag] >= _PLAINLY and shares[tag] > 2 * mine else ""


def mixed(text: str, language: str) -> bool:
    """Whether another language stands between the words of a line: its small words, which this one does not have."""
    own = lexicon(language).stop
    if not own:
        return False
    said = [word.casefold() for word in words(text)]
    others = {tag: lexicon(tag).stop - own for tag in _TONGUES if tag != language.split("-")[0]} | {"nl": _DUTCH - own}
    return any(sum(word in stop for word in said) >= max(_STRAY, len(said) / 8) for stop in others.values()) or any(
        _script(c) in ("wide", "cyrillic", "arabic") for c in text if language in _TONGUES
    )


def alike(one: str, other: str) -> bool:
    """Whether two lines say the same in nearly the same words, or one of them all that the other says."""
    first, second = ({word.casefold() for word in words(text)} for text in (one, other))
    both, least = len(first & second), min(len(first), len(second))
    return least > 0 and (both >= 0.8 * len(first | second) or (least >= _LEAST_WORDS and both >= 0.9 * least))


def _script(letter: str) -> str:
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return "latin"
    for script, low, high in (
        ("greek", "\u0370", "\u03ff"), ("cyrillic", "\u0400", "\u052f"), ("hebrew", "\u0590", "\u05ff"),
        ("arabic", "\u0600", "\u06ff"), ("wide", "\u3040", "\u9fff"), ("wide", "\uac00", "\ud7af"),
    ):  # fmt: skip
        if low <= letter <= high:
            return script
    return "other"


def _wide(text: str) -> bool:
    return bool(text) and "\u3040" <= text[-1] <= "\u9fff"
