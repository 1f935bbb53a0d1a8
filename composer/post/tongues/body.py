"""The body of a post in a language of `resources/tongues`: titled sections, labels, hashtags."""

import re
from collections.abc import Sequence
from itertools import combinations

from composer.post.adverts import adverts
from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim
from composer.post.english.sections import clean_title, cut
from composer.post.model import PostPoint, Section
from composer.post.tongues.bench import Bench
from composer.post.tongues.nouns import bent, label, whole
from composer.post.tongues.subjects import subjects, without_article

HASHTAGS = 5
FEWEST = 3
"""Tags up to which a word that falls once is taken too."""
_PUN = frozenset("🐛")
"""Signs whose sense lies in an English word: nobody else calls a fault a bug."""


def sections(desk: Bench, chosen: list[Claim], taken: str = "") -> tuple[Section, ...]:
    """The points with their labels and signs; `taken` is the sign of the headline."""
    used: set[str] = set()
    signs = worn(taken)
    groups = _grouped(desk, chosen) if desk.form.sections else [("", chosen)]
    sections: list[Section] = []
    for title, members in groups:
        points: list[PostPoint] = []
        for claim in members:
            name = label(claim.text, claim.keyphrase, desk.known, used)
            sign = fitting(name, claim.text, signs) if desk.form.emoji else ""
            points.append(PostPoint(name, claim.text, claim.trace, sign))
        sections.append(Section(title, tuple(points)))
    return tuple(sections)


def worn(taken: str = "") -> set[str]:
    """The signs a line may not take: those of the announcing line, puns, and `taken`."""
    return {*emojis().announce, *_PUN, taken}


def _grouped(desk: Bench, chosen: list[Claim]) -> list[tuple[str, list[Claim]]]:
    """The chosen claims in titled groups, in source order; what comments add stands apart."""
    words = desk.words
    remarks = [claim for claim in chosen if claim.role == "comment"]
    own = [claim for claim in chosen if claim.role != "comment"]
    parts = 1 if len(own) < 4 else 2 if len(own) < 6 else 3 if len(own) < 10 else 4
    groups = [part for part in cut(own, parts) if part] if own else []
    titled = list(zip(_titles(desk, groups), groups, strict=True))
    return [*titled, (words["comments"], remarks)] if remarks else titled


def _titles(desk: Bench, groups: Sequence[list[Claim]]) -> list[str]:
    """A title for each group: of its chapter, where the source gives chapters, or what its claims are about."""
    used: list[str] = []
    words = desk.words
    for nth, group in enumerate(groups):
        options = _chapter_titles(desk, group) + _shared_subjects(desk, group)
        fallback = words["start"] if nth == 0 else words["end"] if nth == len(groups) - 1 else words["more"]
        used.append(next((title for title in options if not any(_alike(title, other) for other in used)), fallback))
    return used


def _chapter_titles(desk: Bench, group: list[Claim]) -> list[str]:
    homes = [(claim.at[0], claim.chapter) for claim in group]
    titles: list[str] = []
    for source, chapter in sorted(dict.fromkeys(homes), key=lambda home: (-homes.count(home), homes.index(home))):
        given = desk.evidence.sources[source].chapters
        if chapter is not None and chapter < len(given):
            title = clean_title(given[chapter].title)
            last = _alike(title, desk.words["conclusion"])  # the post has a conclusion of its own
            if title and not last and not re.search(r"(?i)\buntitled\b", title):
                titles.append(title)
    return titles


def _shared_subjects(desk: Bench, group: list[Claim]) -> list[str]:
    """Titles from the nouns that the claims of a group share."""
    text = " ".join(claim.text for claim in group)
    known = desk.known
    held = [
        subject for subject in subjects(desk.evidence, known, 14, least=3) if without_article(subject, known) in text
    ]
    held.sort(key=lambda subject: -sum(without_article(subject, known) in claim.text for claim in group))
    if desk.words.get("over_plain", ""):
        held = [without_article(subject, known) for subject in held]
    # A title holds for half of its points or more: one subject, or two that share all of them out.
    at = {one: {n for n, claim in enumerate(group) if without_article(one, known) in claim.text} for one in held}
    least = (len(group) + 1) // 2
    pairs = [(a, b) for a, b in combinations(held[:5], 2) if len(at[a] | at[b]) == len(group) and at[a] != at[b]]
    titles = [desk.words["section"].format(topics=desk.words.join(pair)) for pair in pairs[:1]]
    titles += [desk.words["section"].format(topics=subject) for subject in held if len(at[subject]) >= least]
    return [title[:1].upper() + title[1:] for title in titles if len(title) <= 46]


def _alike(a: str, b: str) -> bool:
    if " " not in a + b:
        return a in b or b in a or len(set(a) & set(b)) * 2 > min(len(a), len(b)) + 2
    one, two = {word[:6].lower() for word in a.split()}, {word[:6].lower() for word in b.split()}
    return len(one & two) * 2 > min(len(one), len(two))


def tags(desk: Bench) -> tuple[str, ...]:
    """Hashtags in the words of the source: its own, without units and halves of phrases, then its subjects."""
    speech, evidence = desk.speech, desk.evidence
    hosts = {re.sub(r"\W", "", name).lower() for name in desk.people.hosts}
    names = {re.sub(r"\W", "", phrase.text).lower() for phrase in evidence.names}
    guests = {re.sub(r"\W", "", name).lower() for name in (*desk.people.guests, desk.people.people.full or "")}
    names |= guests
    answers = [s.text for s in evidence.sentences if s.speaker not in desk.people.hosts]
    said = "".join(" ".join([*answers, *desk.people.guests]).lower().split())
    text = "".join(desk.known.text.lower().split())
    kept: list[str] = []
    once: list[str] = []
    more = [
        without_article(subject, desk.known) for subject in subjects(evidence, desk.known, HASHTAGS, adverts(evidence))
    ]
    for tag in [*(tag.lstrip("#") for tag in evidence.hashtags), *more]:
        low = tag.lower()
        if tag.isupper() and len(tag) > 4 and low.capitalize() in desk.known.text:
            tag = low.capitalize()  # a line in capitals
        if (
            not re.search(r"[^\W\d_]", tag)
            or bent(tag, desk.known)
            or speech.nouns.verb.search(tag)
            or (speech.unspaced and not whole(tag, desk.known))
        ):
            continue
        if not speech.unspaced and speech.verb is not None and speech.verb.fullmatch(low) and not desk.known.led[low]:
            continue  # a word that acts, and that no article has made a noun
        joined = bool(re.search(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", tag)) or " " in tag
        if low in speech.nouns.empty or low in hosts or speech.moment.search(tag) or low not in said:
            continue  # a topic of a table, in English, is no tag of a post in another language
        parts = re.findall(r"[A-ZÀ-Þ][a-zà-ÿ]+", tag)
        if joined and (low not in names or any(part.lower() in speech.nouns.empty for part in parts)):
            continue
        if len(tag) < 3 and not speech.unspaced:
            continue
        if desk.words.known and not joined and not speech.unspaced and low not in names and not _noun(tag, desk):
            continue
        if low not in guests and text.count(low) < 2:
            once += [] if joined else [tag]
            continue  # what falls once is nothing to be found by; and two nouns in a row are no name
        if not any(_same_tag(low, other) for other in kept):
            kept.append("#" + tag[:1].upper() + tag[1:])
    for tag in once:
        if len(kept) < FEWEST and not any(_same_tag(tag.lower(), other) for other in kept):
            kept.append("#" + tag[:1].upper() + tag[1:])
    return tuple(kept or evidence.hashtags)[:HASHTAGS]


def _noun(tag: str, desk: Bench) -> bool:
    return any(desk.known.nouns.get(form, 0) for form in (tag, tag.lower(), tag.capitalize()))


def _same_tag(low: str, tag: str) -> bool:
    other = tag.lstrip("#").lower()
    short, long = sorted((low, other), key=len)
    return low == other or (len(short) > 3 and long.startswith(short[:5]) and len(long) - len(short) < 3)
