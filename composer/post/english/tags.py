"""English only: the hashtags of a post: what the post speaks of, and what its source comes back to. No aside."""

import math
import re

from composer.evidence.tags import tag_form
from composer.evidence.taxonomy import spoken_for, topics
from composer.post.adverts import adverts
from composer.post.english.desk import Desk
from composer.post.english.headlines.topics import called
from composer.post.english.shows import is_show
from composer.post.english.words.lexicon import frames
from composer.post.english.words.tagging import tag as classes
from composer.post.lexis import word_list

MOST, LEAST = 5, 3
AGAIN, PARTS, OF = 4, 8, 4
"""Times a source speaks of what a post does not, and in how many of its parts, for a tag that readers look for."""
SHORT = 60
"""Sentences of a source in which every word counts."""


def tags(desk: Desk, text: str) -> tuple[str, ...]:
    """At most five hashtags for a post (`text`, plain), best first: those of the source that the post speaks of, a
    field that the source comes back to, and, where these are fewer than three, the subjects and keyphrases of the post.

    No show, nobody who is only mentioned, no word of everyday.
    """
    evidence = desk.evidence
    paid = adverts(evidence)
    said = [sentence.text for at, sentence in enumerate(evidence.sentences) if at not in paid]
    body = "\n".join(said)
    low = body.lower()
    posted = {topic.tag for topic in spoken_for(text)}
    known = {topic.tag: topic for topic in topics()}
    broad = {topic.tag for topic in topics() if topic.broad}
    order = [tag.lstrip("#") for tag in evidence.hashtags]
    order += sorted(tag for tag in posted if tag not in order)
    worth: dict[str, float] = {}
    for rank, tag in enumerate(order):
        if not _fit(tag, desk, low):
            continue
        places = _spoken(known[tag].phrases, low) if tag in known else []
        places = places or _places(tag, low)
        if not places and tag in known:
            continue  # what a topic brought along
        own = rank < len(evidence.hashtags)
        titled = _in_text(tag, desk.known.titles)
        literal = bool(_places(tag, low))
        # A topic that is never called by its name needs more than a word that may mean something else.
        least = 1 if literal else 2 if tag in broad else AGAIN
        spoken = (tag in posted and len(places) >= least and (own or literal)) or _in_text(tag, text)
        short = own and len(said) < SHORT and (literal or tag in broad)
        again = len(places) >= AGAIN and len({place * PARTS // (len(body) + 1) for place in places}) >= OF
        if not (spoken or titled or short or (again and tag in broad)):
            continue
        if not own and not (spoken and again):
            continue
        worth[tag] = (
            spoken
            + 0.6 * titled
            + 0.3 * own
            + 0.4 * (tag in broad and tag in posted)
            - 0.05 * min(rank, 10)
            + min(0.8, 0.15 * math.log2(1 + len(places)))
        )
    good = sorted(worth, key=lambda tag: (-round(worth[tag], 6), tag))
    for other in _subjects(desk, text):
        if len(good) >= LEAST:
            break
        if not any(_alike(other, tag) for tag in good) and _fit(other, desk, low):
            good.append(other)
    good = [tag for tag in good if not _first_name(tag, desk)]
    good = sorted(good[:MOST], key=lambda tag: tag not in broad or not _in_text(tag, text))
    kept: list[str] = []
    for tag in good or [tag for tag in order if not is_show(tag, evidence)][:LEAST]:
        if not any(_alike(tag, one) for one in kept):
            kept.append(tag)
    return tuple(f"#{tag}" for tag in kept[:MOST])


_GENERIC = word_list("labels_generic") | word_list("labels_empty")


def _first_name(tag: str, desk: Desk) -> bool:
    """Whether a tag is the first name alone of somebody who has a last name."""
    names = (desk.people.full, desk.people.about, *desk.people.names)
    return any(tag == name.split()[0] for name in names if name and " " in name)


def _spoken(phrases: tuple[str, ...], low: str) -> list[int]:
    """Where a text in small letters says one of a topic's phrases, in its plural too."""
    found = [
        at.start() for phrase in phrases if phrase in low for at in re.finditer(rf"\b{re.escape(phrase)}s?\b", low)
    ]
    return sorted(found)


def _fit(tag: str, desk: Desk, low: str) -> bool:
    """Whether a tag names a subject at all."""
    name = tag.lower()
    if not re.search(r"[^\W\d_]", tag) or name in word_list("tags_plain"):
        return False
    if is_show(tag, desk.evidence) or called(tag, desk.known) or _private(tag, desk):
        return False
    if not tag[:1].isupper() or not tag[1:].islower():
        return True
    if name in frames()["number"] or (low.count(name) < 3 and len(low) > 4000):
        return False  # a word said once or twice is what somebody mentioned
    if _acting(name, desk):
        return False
    kinds = classes(name)[0]
    small = name in desk.known.plain
    return bool(kinds & ({"N", "NS", "PN"} if small else {"N", "NS", "PN", "ADJ"})) and not name.endswith("ly")


def _acting(name: str, desk: Desk) -> bool:
    """Whether a word is mostly what somebody does: "fails", "staying"."""
    if name in {topic.tag.lower() for topic in topics()} or name in word_list("labels_things"):
        return False
    return name.endswith("ing") or name in desk.known.verb or name.removesuffix("s") in desk.known.verb


def _places(tag: str, low: str) -> list[int]:
    """Where a source, in small letters, says the words of a tag."""
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+", tag) or [tag]
    words = r"[ -]?".join(re.escape(part.lower()) for part in parts)
    return [found.start() for found in re.finditer(rf"\b{words}", low)]


def _subjects(desk: Desk, text: str) -> list[str]:
    """The subjects of a post and the source's keyphrases in it, as tags."""
    rows = [subject for subject in desk.subjects if len(subject.split()) < 4 and not _only_done(subject)]
    low = text.lower()
    for phrase in desk.evidence.keyphrases[:20]:
        words = phrase.text.split()
        kinds = classes(words[-1].lower())[0]
        noun = bool(kinds & {"N", "NS", "PN"}) and not kinds & {"VBG", "PREP", "DET", "PRON", "ADV"}
        if (
            noun
            and len(words) < 3
            and phrase.text.lower() in low
            and phrase.text.lower() not in word_list("topics_plain")
        ):
            rows.append(phrase.text)
    found = [tag_form(re.sub(r"(?i)^(?:the|an?) ", "", row)) for row in rows]
    return [tag for tag in dict.fromkeys(found) if 2 < len(tag) < 30]


def _only_done(subject: str) -> bool:
    """Whether a subject of one word is as well what somebody does: "the feel", "help"."""
    bare = re.sub(r"(?i)^(?:the|an?) ", "", subject).lower()
    return " " not in bare and ("VB" in classes(bare)[0] or bare in _GENERIC)


def _alike(a: str, b: str) -> bool:
    one, two = (re.sub(r"\d+$", "", name.lower()).rstrip("s") or name.lower() for name in (a, b))
    return one == two or (min(len(one), len(two)) > 5 and (one in two or two in one) and abs(len(one) - len(two)) < 4)


def _in_text(tag: str, text: str) -> bool:
    """Whether a text speaks of what a tag names: the word, its stem, or every part of a tag of two words."""
    if tag.lower() in text.lower().replace(" ", "") and len(tag) > 3:
        return True
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+", tag) or [tag]
    return all(
        re.search(rf"\b{re.escape(part)}s?\b" if len(part) < 5 else rf"(?i)\b{re.escape(part[:6])}", text)
        or re.search(rf"(?i)\b{re.escape(part.rstrip('s'))}s?\b", text)
        for part in parts
    )


def _private(tag: str, desk: Desk) -> bool:
    """Whether a tag is the full name of somebody who is only mentioned: nobody is made a subject by the way."""
    found = re.fullmatch(r"([A-Z][a-z]+)([A-Z][a-z]+)", tag)
    if found is None or {found[1].lower(), found[2].lower()} & desk.known.plain:
        return False
    name = f"{found[1]} {found[2]}"
    stated = " ".join(value for source in desk.evidence.sources for _, value in source.context) + desk.known.titles
    stated += " ".join(voice for source in desk.evidence.sources for voice in source.speakers)
    return name in desk.known.raw and desk.known.raw.count(name) < 4 and name not in stated
