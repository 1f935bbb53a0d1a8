"""Points under titles: by the source's chapters, or by who speaks in a thread."""

import re

from composer.evidence.model import Evidence
from composer.post.english.claims.ranking import Claim
from composer.post.english.headlines.topics import topic_form
from composer.post.english.words.kinds import Words
from composer.post.lexis import word_list
from composer.post.phrases import Phrases
from composer.post.voice import Voices, nobody

Group = tuple[str, list[Claim]]
_NO_TITLE = re.compile(
    r"(?i)^\W*(?:untitled|chapter|part|section|kapitel|chapitre|capítulo|intro|introduction|outro|welcome|q ?& ?a|"
    r"questions?|start|end|credits|sponsor.*|ad break)?\W*\d*\W*$"
)
LONGEST_TITLE = 48
LONG_POST = 6
"""Points that need a title between them, be it an empty one."""
FIRST, FEWER = 12, 3
"""The keyphrases of a source among which one plain word is a subject that a title may name, and one with an article."""
LOOKED = 6
"""Subjects of a group that are looked through for its title."""


def arrange(
    chosen: list[Claim], evidence: Evidence, words: Phrases, people: Voices, known: Words, most: int = 4
) -> list[Group]:
    """The chosen claims in two to four titled groups, in source order; `most` says in how many at most."""
    remarks = [claim for claim in chosen if claim.role == "comment"]
    if remarks:
        own = [claim for claim in chosen if claim.role != "comment"]
        title = words["author_says"].format(author=people.author or people.somebody)
        groups = [(title, own)] if own else []
        if len(own) >= 6:
            groups = _split(own, evidence, words, known, people, most)
        return [*groups, (words["comments"], remarks)]
    if people.kind == "summary" and people.short:
        own = [claim for claim in chosen if people.short in claim.text.split()[:2]]
        others = [claim for claim in chosen if claim not in own]
        if len(own) > 1 and others:
            return [(words["author_says"].format(author=people.short), own), (words["replies"], others)]
    return _split(chosen, evidence, words, known, people, most)


def _split(
    chosen: list[Claim], evidence: Evidence, words: Phrases, known: Words, people: Voices, most: int
) -> list[Group]:
    parts = 1 if len(chosen) < 4 else 2 if len(chosen) < 6 else 3 if len(chosen) < 10 else 4
    # Fewer titles are better than empty ones: at most one part of a post stands under a phrase that names nothing.
    for many in range(min(parts, most), 1, -1):
        groups = [part for part in cut(chosen, many) if part]
        titles, found = _titles(groups, evidence, words, known, people)
        if len(groups) - found <= 1 or (many == 2 and len(chosen) >= LONG_POST):
            return list(zip(titles, groups, strict=True))
    return [("", chosen)]


def cut(chosen: list[Claim], parts: int) -> list[list[Claim]]:
    """Cut a row of claims into `parts` of nearly equal size, rather between chapters than inside one."""
    size = len(chosen)
    ideal = size / parts
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for part in range(1, parts + 1):
        for end in range(part, size + 1):
            options: list[tuple[float, int]] = []
            for start in range(part - 1, end):
                if (part - 1, start) not in best:
                    continue
                cost = best[(part - 1, start)][0] + (end - start - ideal) ** 2
                if start and _home(chosen[start]) == _home(chosen[start - 1]):
                    cost += 1.6
                cost += 0.25 * len({_home(claim) for claim in chosen[start:end]})
                options.append((round(cost, 6), start))
            if options:
                best[(part, end)] = min(options)
    cuts = [size]
    for part in range(parts, 0, -1):
        cuts.append(best[(part, cuts[-1])][1])
    cuts.reverse()
    return [chosen[cuts[at] : cuts[at + 1]] for at in range(parts)]


def _home(claim: Claim) -> tuple[int, int | None]:
    return claim.at[0], claim.chapter


def _titles(
    groups: list[list[Claim]], evidence: Evidence, words: Phrases, known: Words, people: Voices
) -> tuple[list[str], int]:
    """A title for each group, and how many of them name something."""
    # The whole talk's title stands in the headline or the announcing line already.
    whole = [clean_title(source.title) for source in evidence.sources if source.title]
    used: list[str] = []
    found = 0
    for nth, group in enumerate(groups):
        options = [
            *_chapter_titles(group, evidence, words, known), *_subjects(group, evidence, words, known),
            *_whose(group, words, people),
        ]  # fmt: skip
        fallback = (
            ""
            if len(groups) == 1
            else words["start"]
            if nth == 0
            else words["end"]
            if nth == len(groups) - 1
            else words["more"]
        )
        fresh = (title for title in options if title not in whole and not any(_alike(title, o) for o in used))
        named = next(fresh, "")
        found += bool(named)
        used.append(named or fallback)
    return used, found


def _alike(a: str, b: str) -> bool:
    one, two = {word[:6].lower() for word in a.split()}, {word[:6].lower() for word in b.split()}
    return len(one & two) * 2 > min(len(one), len(two))


def _chapter_titles(group: list[Claim], evidence: Evidence, words: Phrases, known: Words) -> list[str]:
    homes = [_home(claim) for claim in group]
    ranked = sorted(dict.fromkeys(homes), key=lambda home: (-homes.count(home), homes.index(home)))
    titles: list[str] = []
    for source, chapter in ranked:
        if homes.count((source, chapter)) * 2 < len(homes):
            continue  # most of what stands below comes from elsewhere
        if chapter is None or source >= len(evidence.chapters) or chapter >= len(evidence.chapters[source]):
            continue
        title = clean_title(evidence.chapters[source][chapter].title)
        if not evidence.sources[source].chapters and title:
            # A title that was found, not given: only where it is a subject one can speak "on".
            form = topic_form(title, known)
            form = form if any(form.lower() in claim.text.lower() for claim in group) else ""
            title = _section(words, (form,)) if form else ""
        if title:
            titles.append(title)
    return titles


def clean_title(title: str) -> str:
    """A chapter's title as a section title: one part of it where it is long; "" where it names nothing."""
    title = re.sub(r"^\W*(?:\d+[.):]?\s+)?", "", title).strip(" .:;,-–—")
    title = re.sub(r"(?<=\w)[<>\[\]#*_]+", "", title)
    if len(title) > LONGEST_TITLE:
        parts = [part.strip() for part in re.split(r"[:|–—;]| - ", title) if part.strip()]
        title = next((part for part in parts if 8 <= len(part) <= LONGEST_TITLE), "")
    return "" if _NO_TITLE.match(title) or (title.endswith("?") and len(title) > 40) else title


def _subjects(group: list[Claim], evidence: Evidence, words: Phrases, known: Words) -> list[str]:
    """Titles from the subjects that the group's claims share: what a title names, its points must speak of."""
    texts = [claim.text.lower() for claim in group]
    found: list[tuple[str, frozenset[int]]] = []
    for rank, phrase in enumerate(evidence.keyphrases):
        low = phrase.text.lower()
        places = frozenset(at for at, text in enumerate(texts) if re.search(rf"\b{re.escape(low)}", text))
        form = topic_form(phrase.text, known) if places else ""
        named = form and _names(form, rank) and len(phrase.text) <= 30 and (len(low) > 3 or phrase.text.isupper())
        if named and not any(low in other.lower() or other.lower() in low for other, _ in found):
            found.append((form, places))
        if len(found) == LOOKED:
            break
    options: list[tuple[int, int, tuple[str, ...]]] = []
    for nth, (one, here) in enumerate(found):
        if len(here) * 2 >= len(group):
            options.append((-len(here), nth, (one,)))
        for other, there in found[nth + 1 :]:
            both = here | there
            if len(both) > max(len(here), len(there)) and len(both) * 3 >= len(group) * 2:
                options.append((-len(both), nth + 1, (one, other)))
    titles = [_section(words, items) for _, _, items in sorted(options, key=lambda row: (row[0], len(row[2]), row[1]))]
    return [title for title in titles if len(title) <= LONGEST_TITLE + 10]


def _names(text: str, rank: int) -> bool:
    """Whether a subject says enough for a title: two words, a name, or one of the first that is no everyday word."""
    if text.startswith("the ") and text.count(" ") == 1 and text[4:].islower():
        return rank < FEWER and text[4:] not in word_list("topics_plain")
    if " " in text or "-" in text or re.search(r"[A-Z].*[A-Z]|\d", text):
        return True
    return rank < FIRST and text.lower() not in word_list("topics_plain")


def _whose(group: list[Claim], words: Phrases, people: Voices) -> list[str]:
    """A title that says whose points these are, where one or two who are named say them all."""
    speakers = list(dict.fromkeys(claim.speaker for claim in group))
    if people.kind != "conversation" or len(group) < 2 or len(speakers) > 1:
        return []
    name = speakers[0]
    if not name or nobody(name) or name.lower() in word_list("voice_roles"):
        return []
    return [words["author_says"].format(author=people.of(name))]


def _section(words: Phrases, items: tuple[str, ...]) -> str:
    topics = words.join(items)
    title = words["section"].format(topics=topics)
    return title[:1].upper() + title[1:]
