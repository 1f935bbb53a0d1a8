"""Plain facts a title states: who speaks, where. A rule stands here only if it is right whenever it matches."""

import re

_SMALL = ("van", "von", "de", "der", "den", "del", "di", "da", "la", "le", "bin", "al")
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*"
_PERSON = rf"(?:{_CAPITAL}\.?)(?:[ ](?:(?:{'|'.join(_SMALL)})[ ])?{_CAPITAL}){{1,3}}"
_HANDLE = r"\.?@[A-Za-z]\w{1,30}"
_WHO = rf"(?:{_HANDLE}|{_PERSON})"
_TALK = r"(?:talk|keynote|speech|lecture|presentation|interview|address|fireside chat|sermon|testimony)"

_TALK_AT = re.compile(
    rf"({_WHO})(?:['’]s)?[ ](?i:(?:full|complete|entire)[ ])?(?i:{_TALK}[ ](?:at|from|@)[ ](?:the[ ])?)"
    r"([^\"“:|,;()\[\]–—]{2,60})"
)
_POSSESSIVE = re.compile(rf"({_WHO}|[A-Z][a-zà-ÿ]+)['’]s[ ](?:[\w-]+[ ])?(?i:{_TALK})\b")
_TALK_BY = re.compile(rf"\b(?i:{_TALK}[ ](?:by|with)[ ])({_WHO})")
_NAME_COLON = re.compile(rf"({_PERSON}):[ ]+\S")
_EVENT = re.compile(r"(.+?(?:19|20)\d\d)\b")
_STOP = re.compile(r"[ ](?:on|about|and|with|in which|where|to)[ ]")


def of_title(title: str, text: str = "") -> dict[str, str]:
    """Facts in a title: `speaker`, `event`, `handle`. `text` is the source, where it shows how names are written."""
    facts: dict[str, str] = {}
    match = _TALK_AT.search(title)
    if match and is_person(match[1]):
        facts["speaker"] = match[1]
        facts["event"] = _event(match[2], text)
    match = None if facts else _POSSESSIVE.search(title)
    if match and is_person(match[1], single=True):
        facts["speaker"] = match[1]
    match = None if facts else _TALK_BY.search(title)
    if match and is_person(match[1]):
        facts["speaker"] = match[1]
    match = None if facts else _NAME_COLON.match(title)
    if match and is_person(match[1]) and _named(match[1], text):
        facts["speaker"] = match[1]
    if facts.get("speaker", "").lstrip(".").startswith("@"):
        facts["handle"] = facts["speaker"].lstrip(".")
        facts["speaker"] = _name_of(facts["handle"], text) or facts["handle"]
    return {key: value for key, value in facts.items() if value}


# Words that begin titles and look like the first name of somebody.
_NO_NAMES = {
    "the", "a", "an", "my", "our", "his", "her", "your", "this", "that", "full", "startup", "what", "how", "why",
    "today", "yesterday", "day", "state", "new", "best", "first", "last", "opening", "closing",
}  # fmt: skip
_SAYS = r"said|says|predicted|predicts|believe[sd]|answered|explain(?:s|ed)|argue[sd]|spoke|talked|emphasi[sz]ed"


def is_person(name: str, single: bool = False) -> bool:
    """Whether the words have the form of a person's name or handle; one word alone only with `single`."""
    if name.lstrip(".").startswith("@"):
        return True
    words = name.split()
    named = all(word[0].isupper() or word in _SMALL for word in words)
    return named and (single or len(words) > 1) and words[0].lower() not in _NO_NAMES


def _named(name: str, text: str) -> bool:
    """Whether the text speaks of a person by one of the words of `name`.

    `Machine Learning: an introduction` has the form of `Ann Lee: my way`; only the text tells them apart.
    """
    words = [w for w in name.split() if len(w) > 2 and w[0].isupper()]
    body = text[:20_000]
    lower = _lower_words(body)
    if any(w.lower() in lower for w in words):
        return False
    said = (rf"\b{re.escape(w)}(?:['’]s\b|[ ](?:\w+ly[ ])?(?:{_SAYS})\b)" for w in words)
    return not body or any(re.search(pattern, body) for pattern in said)


def _lower_words(text: str) -> set[str]:
    return set(re.findall(r"\b[a-zà-ÿ]+\b", text))


def _event(words: str, text: str) -> str:
    """The event's name up to its year or the next clause, written as the source itself writes it elsewhere."""
    name = _STOP.split(words.strip(), maxsplit=1)[0].strip(" .'\"“”-")
    year = _EVENT.match(name)
    name = (year[1] if year else name).strip()
    if len(name.split()) > 6:
        return ""
    out = []
    for word in name.split():
        forms = set(re.findall(rf"\b{re.escape(word)}\b", text, re.I)) if len(word) > 3 else set()
        inner = sorted(f for f in forms if re.search(r"[A-Z]", f[1:]))
        upper = sorted(f for f in forms if f[:1].isupper())
        out.append((inner or upper or [word])[0] if word.islower() else word)
    return " ".join(out)


def _name_of(handle: str, text: str) -> str | None:
    """The given name behind a handle, where the source speaks to or of somebody whose name begins the handle."""
    letters = re.sub(r"[\d_]+", "", handle.lstrip("@")).lower()
    found = {
        word
        for word in re.findall(r"(?<=[\w,;] )[A-Z][a-zà-ÿ]{3,}\b", text)
        if letters.startswith(word.lower()) and re.search(rf"[,;] {word}\b|\b{word}[,;']", text)
    }
    found = {w for w in found if not re.search(rf"\b{w.lower()}\b", text)}
    return found.pop() if len(found) == 1 else None


_SUBJECT = r"(?:talk|keynote|speech|lecture|presentation|interview|paper|article|video|podcast|book|essay|announcement)"
_ABOUT = re.compile(rf"({_PERSON}|[A-ZÀ-ÖØ-Þ][\w-]+)['’]s?[ ]((?:\w+[ ]){{0,2}}{_SUBJECT})\b")


def subject(title: str, text: str) -> str | None:
    """What a report is about (`Ann Lee's talk`), where its title or text says `X's talk`; the fullest name wins."""
    match = _ABOUT.search(title) or _ABOUT.search(text)
    if not match or not is_person(match[1], single=True):
        return None
    name, what = match[1], match[2]
    fuller = {
        m[1]
        for m in re.finditer(rf"({_PERSON})(?:['’]s)?\b", text)
        if name.split()[-1] in m[1].split() and len(m[1].split()) <= 4
    }
    possessive = sorted((n.removesuffix("'s").removesuffix("’s") for n in fuller), key=lambda n: (-len(n), n))
    return f"{possessive[0] if possessive else name}’s {what}"
