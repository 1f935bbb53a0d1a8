"""The subjects of a source, as they stand after "on" and "about"."""

import re
from collections.abc import Sequence

from composer.evidence.model import Evidence
from composer.post.english.headlines.asks import upright
from composer.post.english.headlines.theme import theme
from composer.post.english.shows import is_show
from composer.post.english.words.kinds import (
    COUNTS,
    EMPTY,
    TOKEN,
    Words,
    announced,
    closes,
    content,
    inner,
)
from composer.post.english.words.tagging import tag
from composer.post.grounding.values.numbers import facts
from composer.post.lexis import word_list


def topics(
    evidence: Evidence,
    known: Words,
    count: int,
    avoid: Sequence[str] = (),
    paid: frozenset[int] = frozenset(),
    *,
    over: str = "",
) -> tuple[str, ...]:
    """At most `count` subjects of a source, none inside another, none in `avoid`.

    `paid` are the sentences of adverts. What a source says it is about comes first, then keyphrases the source
    uses as whole phrases, then its hashtags. A title or an announcement that asks ("why the lamp went out") is the
    whole subject, unless it stands in `over`, the headline.
    """
    options: list[str] = []
    for source in evidence.sources[:1]:
        title_ = (source.title or "").split(": ")[-1].strip(" .")
        if re.search(r"(?i)\b(?:I|my|me)\b", title_):
            continue
        if (
            re.match(r"(?i)(?:what|how|why|when|where) ", title_)
            and 4 <= len(title_.split()) <= 9
            and not title_.endswith("?")
            and title_.lower() not in over.lower()
        ):
            return (title_[0].lower() + title_[1:],)
    titled = titled_subject(evidence)
    if titled and titled.lower() not in over.lower():
        return (titled,)
    said = theme(evidence)
    asks = re.match(r"(?i)(?:what|how|why|when|where) ", said)
    if asks and not stands_over(said, over):
        return (said,)
    stated = [*announced(evidence), *([said] if said and not asks else [])]
    options += stated
    size = len(evidence.sentences)
    named = " ".join(
        [*(s.title or "" for s in evidence.sources), *(c.title for s in evidence.sources for c in s.chapters)]
    ).lower()
    for phrase in evidence.keyphrases:
        if phrase.sentences and sum(at in paid for at in phrase.sentences) * 2 > len(phrase.sentences):
            continue  # what an advert is about
        # In a long source a subject comes back; what is said in one place only is an episode.
        if (
            size < 150
            or not phrase.sentences
            or phrase.text.lower() in named
            or (max(phrase.sentences) - min(phrase.sentences)) * 4 > size
        ):
            options.append(phrase.text.strip())
    options += [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")) for tag in evidence.hashtags]
    # A word of everyday names no subject where the source has one that does.
    options.sort(key=lambda option: option not in stated and option.lower() in word_list("topics_plain"))
    chosen: list[str] = []
    for option in options:
        if len(chosen) > 1 and option.lower() in word_list("topics_plain"):
            break
        if option.lower() in _GREETINGS | _STAGE or _of_roles(option) or re.search(r"['’]s? and\b", option):
            continue
        if any(_near(option.lower(), other.lower()) for other in [*chosen, *avoid]):
            continue
        if called(option, known) or (option not in stated and is_show(option, evidence)):
            continue
        if option not in stated and _part_of_name(option, known.raw):
            continue
        option = option if option in stated else _fuller(option, evidence, known)
        option = re.sub(r"(?<=\b[A-Z])_", "", option) if re.fullmatch(r"(?:[A-Z]_)+[A-Z]?", option) else option
        lone = " " not in option and (option.islower() or option.lower() in known.plain)
        if lone and (
            not tag(option.lower())[0] & {"N", "NS"}
            or (option.endswith("ing") and option not in word_list("labels_things") and not _doing(option, known.raw))
        ):
            continue  # an adjective is no subject
        form = option if option in stated else topic_form(option, known)
        if form in _HOUSE:
            continue
        if form and 2 <= len(form) <= 42:
            chosen.append(form)
        if len(chosen) == count:
            break
    return tuple(chosen)


# "Remarks by ... on the Protection of the Pier", "Press Call on a Harbour Agreement".
_OCCASION = re.compile(
    r"(?:Background |Opening |Closing )?(?:Remarks|Statement|Address|Speech|Lecture|Talk|Briefing|Interview|Testimony|"
    r"Press (?:Call|Briefing|Conference|Gaggle|Release)|Panel|Conversation|Discussion|Notes|Hearing)s?\b(?: .+?)?? "
    r"(?:[Oo]n|[Aa]bout) (?P<on>(?:the |The |an? |An? )?[A-Z][^:|]+)$"
)


def titled_subject(evidence: Evidence) -> str:
    """What a title of an occasion says that it is on, as it stands behind "on" and "about"; "" where it says none."""
    for source in evidence.sources[:1]:
        found = _OCCASION.match((source.title or "").strip(" ."))
        if found and 2 <= len(found["on"].split()) <= 12:
            return re.sub(r"^(?:The|An?) ", lambda first: first[0].lower(), found["on"])
    return ""


def _of_roles(option: str) -> bool:
    """Whether a phrase only says what somebody who speaks is: "Executives", "Administration Official"."""
    words = option.lower().split()
    return all(word.rstrip("s") in word_list("voice_roles") for word in words) and option[:1].isupper()


def stands_over(said: str, over: str) -> bool:
    """Whether a headline, `over`, says a subject that asks already, as it stands or put upright."""
    asked = upright(said) if re.match(r"(?i)(?:why|how|when|where) ", said) else ""
    return said.lower() in over.lower() or bool(asked and asked.lower() in over.lower())


def _part_of_name(option: str, raw: str) -> bool:
    """Whether a phrase in capitals is mostly the rest of a longer name: "Hospital Trust" of a town's."""
    if not option[:1].isupper():
        return False
    uses = len(re.findall(rf"\b{re.escape(option)}\b", raw))
    inside = len(re.findall(rf"(?<=\w )(?<![.?!] )\b[A-Z][\w'’-]* {re.escape(option)}\b", raw))
    return inside * 2 > uses


def _fuller(option: str, evidence: Evidence, known: Words) -> str:
    """The longer keyphrase around a single word, where the source says it often enough: "tide mill" for "mill"."""
    if " " in option:
        return option
    often = len(re.findall(rf"(?i)\b{re.escape(option)}\b", known.raw))
    for phrase in evidence.keyphrases:
        words = phrase.text.split()
        if len(words) != 2 or words[1].lower() != option.lower() or not topic_form(phrase.text, known):
            continue
        if option.lower() in known.titles.lower() and phrase.text.lower() not in known.titles.lower():
            continue
        if len(re.findall(rf"(?i)\b{re.escape(phrase.text)}\b", known.raw)) * 3 >= max(often, 6):
            return phrase.text
    return option


def _doing(word: str, raw: str) -> bool:
    """Whether a source speaks of a doing as of a thing: "about dying", and not of doing something to something."""
    said = rf"(?i)\b(?:about|of|on|by|from|than|without) {re.escape(word)}\b"
    objects = r"(?! (?:the|an?|my|your|our|his|her|their|its?|them|this|that|these|those|up|out|\w+s)\b)"
    return len(re.findall(said + objects, raw)) >= 2


# What a show calls itself: "the podcast" is this one, "podcasts" are a subject.
_HOUSE = frozenset(["the podcast", "the show", "the episode", "the discord", "the channel", "the newsletter"])
_GREETINGS = frozenset(
    ["welcome", "hello", "hi", "hey", "thanks", "thank", "okay", "yeah", "yes", "no", "bye", "mm", "hmm"]
)
_STAGE = frozenset(["applause", "laughter", "music", "cheers"])


def called(option: str, known: Words) -> bool:
    """Whether a word is the name of somebody who is there: called by it, or named in full in the title's bracket."""
    if not re.fullmatch(r"[A-Z][a-z]+", option):
        return False
    calls = len(
        re.findall(rf"(?:, |[Tt]hanks |[Tt]hank you,? |[Hh]i |[Hh]ey ){option}[,.?!]|(?:^|[.?!] ){option}, ", known.raw)
    )
    return calls * 8 > len(re.findall(rf"\b{option}\b", known.raw)) or bool(
        re.search(rf"\([^)]*\b{option} [A-Z][a-z]+|[,&] {option} [A-Z][a-z]+\)", known.titles)
    )


def _uses(text: str, raw: str) -> list[re.Match[str]]:
    """Where a phrase stands, with the word `before` it, the one `after` it, and the `s` it may have.

    The phrase is looked for first: a pattern that begins with any word is tried at every word of a long source.
    """
    whole = re.compile(
        rf"(?i)(?<![\w-])(?:(?P<before>[\w’'-]+) )?{re.escape(text)}(?P<s>s?)(?![\w-])(?: (?P<after>[\w-]+))?"
    )
    found: list[re.Match[str]] = []
    end = 0
    for spot in re.finditer(rf"(?i){re.escape(text)}", raw):
        led = re.search(r"(?<![\w-])[\w’'-]+ $", raw[max(end, spot.start() - _WORD) : spot.start()])
        use = whole.match(raw, spot.start() - len(led[0]) if led else spot.start())
        if use and spot.start() >= end:
            found.append(use)
            end = use.end()
    return found


# Letters of the longest word that may stand before a phrase.
_WORD = 40


def topic_form(text: str, known: Words) -> str:
    """A phrase as it can follow "on" and "about": with its article, or in the plural; "" where it cannot."""
    raw, titles = known.raw, known.titles
    tokens = TOKEN.findall(text)
    low = text.lower()
    if facts(text) or any(token.lower() in COUNTS for token in tokens):
        return ""
    if not 1 <= len(tokens) <= 4 or not closes(tokens[-1], known):
        return ""
    if not all(inner(token, known) for token in tokens[:-1]):
        return ""
    # "care" may be a verb; "intensive care", said three times, is none.
    thing = len(tokens) > 1 and "N" in tag(tokens[-1].lower())[0] and raw.lower().count(low) >= 3
    if not inner(tokens[-1], known) and not thing:
        return ""
    if tokens[0].lower() in known.small or (re.search(r"(?i)(?:^|[ -])\w+(?:ed)$", tokens[0]) and len(tokens) > 1):
        return ""
    short = len(text) < (3 if text[:1].isupper() else 4) and not text.isupper()
    if (len(tokens) == 1 and (short or low in EMPTY)) or any(word in EMPTY for word in low.split()[-1:]):
        return ""
    if any(token.lower() in known.people for token in tokens) or re.search(r"['’]s?$|['’]s? and\b", text):
        return ""
    if text not in raw and low in raw and text not in titles:
        return topic_form(low, known)  # its capitals are nobody's here
    if _begins_name(text, raw):
        return ""
    if (
        text[:1].isupper()
        and text[1:].islower()
        and len(re.findall(rf"\b{re.escape(low)}s?\b", raw)) * 3 > raw.count(text)
    ):
        text = low
    if text[:1].isupper() and text[1:].islower() and _plain(text, known):
        text = low
    uses = _uses(text, raw)
    if len(uses) < 2 and low not in titles.lower() and not any(low in part.lower() for part in known.given):
        return ""
    goes_on = sum(
        bool(use["after"] and not use["s"] and content(use["after"], known) and closes(use["after"], known))
        for use in uses
    )
    adjective = len(tokens) == 1 and "ADJ" in tag(low)[0]
    if (
        adjective
        and re.search(r"(?:[ct]al|ic|ive|ous|some|ful|less|able)$", low)
        and not re.search(rf"(?i)\b{re.escape(low)}s\b", raw)
    ):
        return ""
    half = len(tokens) > 1 or adjective
    if (half and goes_on * 2 > len(uses)) or (len(tokens) == 1 and goes_on * 3 > 2 * len(uses)):
        return ""
    if len(tokens) > 1 and text == low and sum(_led(use["before"]) for use in uses) * 3 >= len(uses) * 2:
        return ""  # "fog lamps" of "green fog lamps" and "red fog lamps": half a name
    plural = next(
        (
            use.group()[len(use["before"]) + 1 if use["before"] else 0 :].split(" " + (use["after"] or "\0"))[0]
            for use in uses
            if use["s"]
        ),
        None,
    )
    if plural and text == low:
        plural = plural.lower()  # it may have stood where a sentence or a title begins
    before = [_determiner(raw, use) for use in uses if not use["s"]]
    if len(tokens) == 1 and sum((use["after"] or "").lower() == "of" for use in uses) * 2 > len(uses):
        return ""  # "the centre of ...": of what?
    told = [word for word in before if word in ("the", "this")]
    if text[:1].isupper() and len(tokens) == 1 and len(before) > 3 and len(told) * 3 >= len(before) * 2:
        return f"the {text}"  # "the Bill", "the CPS"
    if not before or tokens[-1].lower().endswith("s") or (text[:1].isupper() and not text.split()[-1].islower()):
        return (plural if plural and not re.search(r"[A-Z]", text) else None) or text
    a, the = (
        sum(word in ("a", "an", "each", "every", "one", "another", "your", "my") for word in before),
        before.count("the"),
    )
    if (
        plural
        and not re.search(r"[A-Z]", text[1:])
        and not (text[:1].isupper() and known.count.get(low, 0) == raw.count(text))
    ):
        return plural
    if tokens[-1].isupper():
        return text
    if a * 3 >= len(before):
        # A plural the source never writes may be wrong (loaf, loaves): the article is always right.
        return f"the {text}"
    if the * 2 > len(before):
        return f"the {text}"
    # A word that never stands without "a", "the" or "this" where nothing follows it is one thing, and no matter.
    alone = [_determiner(raw, use, _ALL) for use in uses if not use["s"] and not _goes_on(use, known)]
    one = any(word in ("a", "an", "another", "each", "every") for word in before) and not low.endswith(("ity", "ness"))
    if len(tokens) == 1 and len(alone) > 1 and sum(map(bool, alone)) * 2 >= len(alone) and one:
        return f"the {text}"
    return text


def _led(word: str | None) -> bool:
    """Whether the word before a phrase is one that tells which, and part of its name."""
    tags, _ = tag((word or "the").lower())
    return bool(tags) and tags <= {"ADJ", "N", "VB", "VBP"} and "ADJ" in tags


def _goes_on(use: re.Match[str], known: Words) -> bool:
    return bool(use["after"]) and content(use["after"], known) and closes(use["after"], known)


def _begins_name(text: str, raw: str) -> bool:
    """Whether a word in capitals is mostly the beginning of a longer name: "Route" of "Route A"."""
    if not re.fullmatch(r"[A-Z][a-z]+", text):
        return False
    uses = len(re.findall(rf"\b{text}\b", raw))
    return uses > 0 and len(re.findall(rf"\b{text} (?:[A-Z]\b|\d+\b)", raw)) * 2 > uses


def _plain(text: str, known: Words) -> bool:
    """Whether a phrase has its capital only from where a sentence or a title begins: inside one it is written small."""
    bare = re.escape(text.lower()[1:].rstrip("s"))
    large = len(re.findall(rf"(?<=[a-z,] ){text[0]}{bare}s?\b", known.raw))
    small = len(re.findall(rf"\b{text[0].lower()}{bare}s?\b", known.raw))
    return small > large


_ARTICLES = frozenset(["the", "a", "an", "each", "every", "one", "another", "your", "my", "this"])
_ALL = _ARTICLES | frozenset(["that", "our", "his", "her", "their", "its", "no", "any"])


def _determiner(raw: str, use: re.Match[str], among: frozenset[str] = _ARTICLES) -> str:
    """The article of a phrase: the word before it, or the one before an adjective."""
    prior = [*re.findall(r"[\w’'-]+", raw[max(0, use.start() - 30) : use.start()])[-1:], use["before"] or ""]
    return next(
        (word.lower() for word in reversed(prior) if word.lower() in among),
        "",
    )


WINDOW, OFTEN, SURELY, FEW = 1, 2, 6, 60
"""Sentences beside one in which two subjects still meet, how often they must at least for a line to name both, and how
often is enough however much is said of either; in a source of fewer sentences than these, once."""


def joined(subjects: Sequence[str], evidence: Evidence) -> tuple[str, ...]:
    """The subjects that a reader would join: the first, and of the others those that the source speaks of beside it."""
    if len(subjects) < 2:
        return tuple(subjects)
    rows = [sentence.text.lower() for sentence in evidence.sentences]
    named = " ".join(
        [*(source.title or "" for source in evidence.sources), *announced(evidence), theme(evidence)]
    ).lower()
    kept = [subjects[0]]
    for other in subjects[1:]:
        if any(_meet(one, other, rows) for one in kept) or all(_stem(one) in named for one in (kept[0], other)):
            kept.append(other)
    return tuple(kept)


def _stem(subject: str) -> str:
    words = [word for word in re.findall(r"[\w-]+", subject.lower()) if word not in ("the", "a", "an")]
    return words[-1].rstrip("s") if words else ""


def _meet(one: str, other: str, rows: Sequence[str]) -> bool:
    """Whether two subjects stand in one sentence or in neighbours, often enough for how often they are said."""
    first, second = (re.compile(rf"\b{re.escape(_stem(part))}") for part in (one, other))
    there = {at for at, row in enumerate(rows) if first.search(row)}
    also = [at for at, row in enumerate(rows) if second.search(row)]
    met = sum(not there.isdisjoint(range(at - WINDOW, at + WINDOW + 1)) for at in also)
    if len(rows) < FEW:
        return met > 0
    return met >= OFTEN and (met >= SURELY or met * 4 >= min(len(there), len(also)))


def _near(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    one, two = {word[:6] for word in a.split()}, {word[:6] for word in b.split()}
    return bool(one & two)
