"""Hashtags for a text: from what it says, the topics it is about, and the tags a person used before.

No address ever gives a tag, bold letters count as plain ones, and a tag is letters and digits in PascalCase.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from composer.evidence.phrases import names_in, ranked
from composer.evidence.punctuation import sentence_spans
from composer.evidence.taxonomy import Topic, spoken_for, topics
from composer.evidence.words import UNSPACED, Lexicon, fold, lexicon, shared, stem, unspaced, without_links, words

MOST = 8
# More words than a post has: the best sentences of a talk.
A_TALK = 300
FEW = 60
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")
_STYLED_RUN = re.compile("[\U0001d400-\U0001d7ff]+(?:[ ’'.&-]{1,2}[\U0001d400-\U0001d7ff]+)*")
_HASHTAG = re.compile(r"(?<![\w&/])#(\w{2,60})")
_ACRONYM = re.compile(r"(?<![\w#@.\-])([A-Z][A-Z0-9]{1,5})(s?)(?![\w\-]|\.\w)")
_INNER = re.compile(
    r"(?<![\w#@/.])((?:[A-Z][a-z]+){1,3}[A-Z]{1,4}[a-z]*|[A-Z]+[a-z]+[A-Z]\w*|[a-z]{1,2}[A-Z][a-z]+)(?=['’]s\b|[^\w]|$)"
)
_DOMAIN = re.compile(r"(?<![\w@/.])((?:[A-Z][\w\-]*))\.(?:ai|io|com|dev|org|net|app|tech|co)\b(?!/)")
_YEAR = re.compile(r"(?<![\w.,])((?:19|20)\d\d)(?![\w%]|[.,]\d)")
# In a title a name shows by what stands around it: "by Ada Lovelace", "Lovelace's".
_SIGNED = re.compile(
    r"(?:\b(?:[Bb]y|[Ww]ith|[Vv]on|[Mm]it|[Pp]ar|[Aa]vec|[Pp]or|[Cc]on|[Cc]om)\s+([A-Z][\w\-]+(?:\s[A-Z][\w\-]+){1,2})\b"
    r"|\b([A-Z][\w\-]+)['’]s\b)"
)
# Capitals that are no topic: roles, clock and calendar, politeness, units.
_PLAIN_CAPITALS = shared("plain_capitals")


_SHAPES = ("acronym", "inner", "name")


@dataclass(slots=True)
class _Pool:
    """Candidates by their lower-case form: the best score each kind of signal gives, added up."""

    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)

    def add(self, tag: str, kind: str, score: float, prefer: bool = False) -> None:
        tag = tag_form(tag)
        if len(tag) < 2 or len(tag) > 40 or score <= 0:
            return
        key = tag.lower()
        kinds = self.scores.setdefault(key, {})
        kinds[kind] = max(kinds.get(kind, 0.0), score)
        if prefer or key not in self.forms:
            self.forms[key] = tag

    def drop(self, word: str) -> None:
        """Take a candidate out, unless a topic or a tag of the person's own has that name."""
        key = tag_form(word).lower()
        if key in self.scores and not self.scores[key].keys() & {"topic", "own", "past"}:
            del self.scores[key]

    def total(self, key: str) -> float:
        """The worth of a candidate: its signals added up, those that see the same capitals counted once."""
        kinds = self.scores[key]
        shape = max((kinds[kind] for kind in _SHAPES if kind in kinds), default=0.0)
        return math.fsum([shape, *sorted(value for kind, value in kinds.items() if kind not in _SHAPES)])


def tag_form(text: str) -> str:
    """`text` as a hashtag without its sign: words joined, each with a capital; inner capitals stay."""
    pieces = re.findall(r"[^\W_]+", fold(text).replace("'s", "").replace("'", ""))
    return "".join(
        piece[:1].upper() + piece[1:] if piece[:1].isalpha() and piece.islower() else piece for piece in pieces
    )


def links(tag: str) -> bool:
    """Whether networks turn the tag into a link: it needs a letter (#2024 stays plain text)."""
    return any(c.isalpha() for c in tag)


def preselected(tags: Sequence[str]) -> tuple[str, ...]:
    """The first five tags that link: what is ticked before a person chooses."""
    return tuple(tag for tag in tags if links(tag))[:5]


def hashtags(text: str, language: str = "en", past_tags: Sequence[str] = ()) -> tuple[str, ...]:
    """At most eight hashtags for a post or any text, best first, each with `#`. `past_tags` are tags the person
    used before, with or without `#`, repeats counting. The headings of the text (its first line, lines in bold
    letters) weigh more than the rest."""
    headings, body = _split(text, language)
    return suggest(headings, body, language, past_tags)


def _split(text: str, language: str) -> tuple[list[str], str]:
    """The headings of a post, and the whole text folded."""
    lines = [line for line in text.splitlines() if line.strip()]
    headings: list[str] = []
    for number, line in enumerate(lines):
        plain = without_links(fold(line)).strip()
        letters = sum(1 for c in line if c.isalpha())
        styled = len(_STYLED.findall(line))
        if number == 0:
            spans = sentence_spans(plain, language)
            # A post on one line has no headline but its first sentence.
            headings.append(
                plain if len(lines) > 1 and len(plain) <= 160 else plain[: spans[0][1]][:160] if spans else ""
            )
        elif styled and styled > letters // 2:
            headings.append(plain)
        elif styled:
            headings.append(without_links(fold(" ".join(_STYLED_RUN.findall(line)))).strip())
    return headings, without_links(fold(text))


def suggest(
    headings: Sequence[str],
    body: str,
    language: str,
    past_tags: Sequence[str] = (),
    most: int = MOST,
    voices: Iterable[str] = (),
) -> tuple[str, ...]:
    """Hashtags from headings (the title first) and a body, both folded and without addresses; best first. `voices`
    are the speakers' names: a first name alone ("Ada" of "Ada Lovelace") is no tag."""
    known = lexicon(language)
    pool = _Pool()
    title = headings[0] if headings else ""
    head = " \n".join(headings)
    for tag in _HASHTAG.findall(body):
        pool.add(tag, "own", 3.0)
    plain = _HASHTAG.sub(lambda m: m[1], body)
    _from_topics(pool, plain, head, title)
    _from_shapes(pool, plain, head, title)
    _from_phrases(pool, plain, head, language)
    _from_names(pool, plain, head, language)
    _from_title(pool, title, headings, known)
    _from_past(pool, past_tags, plain)
    for voice in voices:
        pool.drop(voice.split()[0] if voice.strip() else "")
    return tuple("#" + tag for tag in _chosen(pool, most))


def _from_topics(pool: _Pool, body: str, head: str, title: str) -> None:
    in_head = {topic.tag for topic in spoken_for(head)}
    in_title = {topic.tag for topic in spoken_for(title)}
    length = max(1, len(words(body)))
    for topic, places in spoken_for(body).items():
        score = _topic_score(topic, places, length, len(body))
        score += 0.9 * (topic.tag in in_title) + 0.5 * (topic.tag in in_head)
        if length > A_TALK and len(places) == 1 and topic.tag not in in_head:
            # One word in a whole talk is a comparison more often than a topic.
            score -= 0.8
        pool.add(topic.tag, "topic", score, prefer=True)
        for lead in topic.leads:
            pool.add(lead, "lead", 0.42 * score, prefer=True)


def _topic_score(topic: Topic, places: list[int], length: int, size: int) -> float:
    specific = max(len(phrase.split()) for phrase in topic.phrases[:1]) > 1
    early = 1.0 - places[0] / max(1, size)
    dense = min(1.0, 60.0 * len(places) / length)
    return (
        0.55 + 0.5 * math.log2(1 + len(places)) * 0.8 + 0.3 * early + 0.3 * dense + 0.15 * specific - 0.25 * topic.broad
    )


def _from_shapes(pool: _Pool, body: str, head: str, title: str) -> None:
    """Acronyms, inner capitals, names of sites: what was coined to be recognised."""
    shouting = sum(1 for c in body if c.isupper()) > 0.4 * max(1, sum(1 for c in body if c.isalpha()))
    for pattern, kind, base in ((_ACRONYM, "acronym", 0.75), (_INNER, "inner", 1.05), (_DOMAIN, "domain", 1.5)):
        if shouting and kind == "acronym":
            continue
        found = Counter(match[1] for match in pattern.finditer(body))
        for tag, count in sorted(found.items()):
            if kind == "acronym" and (tag in _PLAIN_CAPITALS or re.fullmatch(r"[A-Z]\d+|Q[1-4]", tag)):
                continue
            score = base + 0.45 * math.log2(1 + count) + 0.7 * (tag in title) + 0.35 * (tag in head)
            pool.add(tag, kind, score, prefer=True)


def _from_phrases(pool: _Pool, body: str, head: str, language: str) -> None:
    texts = [body[a:b] for a, b in sentence_spans(body, language)][:200]
    head_low = f" {head.lower()} "
    known = lexicon(language)
    # Of a few sentences each word counts; of more, what is met once is chance.
    often = len(words(body)) > FEW
    for rank, phrase in enumerate(ranked(texts, language, 24, head)):
        parts = phrase.text.split()
        if len(parts) > 3 or (len(parts) == 1 and not UNSPACED.search(phrase.text) and unspaced(body)):
            continue
        if len(parts) == 1 and phrase.text.lower() in known.plain:
            # A word of every text ("time", "people") says nothing of this one.
            continue
        count = len(phrase.sentences)
        inside = phrase.text.lower() in head_low
        score = 0.75 - 0.02 * rank + 0.35 * math.log2(max(1, count)) + 0.5 * inside
        if len(parts) == 1:
            if phrase.text.lower().endswith(("ly", "ed")) and language.startswith("en") and not inside:
                # Adverbs and verb forms: how something is done, not what it is about.
                continue
            if (
                often
                and count < 2
                and not inside
                and not phrase.text[:1].isupper()
                and not UNSPACED.search(phrase.text)
            ):
                continue
            score -= 0.25
        elif count < 2 and not inside:
            if often and (not phrase.text[:1].isupper() or language.startswith("de")):
                # Two words met once are chance, unless capitals hold them together.
                continue
            score -= 0.35
        pool.add(phrase.text, "phrase", score)


def _from_names(pool: _Pool, body: str, head: str, language: str) -> None:
    """Names in capitals. A person met by first and last name, then by last name, is tagged by the last."""
    found: Counter[str] = Counter()
    labels = {line.lower() for line in head.split("\n") if line}
    for line in body.splitlines():
        lead = line.split(":")[0].strip("•-– ").lower()
        if any(lead.endswith(label.strip()) for label in labels if len(label) > 6):
            # The label of an entry is in title case; what follows is not.
            line = line.split(":", 1)[-1] if ":" in line else line
        if _title_case(line, lexicon(language)):
            found.update(name.strip() for pair in _SIGNED.findall(line) for name in pair if name.strip())
            continue
        for start, end in sentence_spans(line, language):
            found.update(names_in(line[start:end], language))
    alone = {name for name in found if " " not in name}
    for name, count in sorted(found.items()):
        parts = name.split()
        tag = parts[-1] if len(parts) == 2 and parts[-1] in alone else name
        total = count + (found[tag] if tag != name else 0)
        if len(parts) > 3 or (len(parts) == 1 and count < 2 and name not in head and not _coined(name)):
            continue
        score = 0.5 + 0.35 * math.log2(1 + total) + 0.45 * (tag.split()[-1] in head) + 0.1 * (len(parts) == 2)
        score += 1.3 * (tag != name and tag in head)
        pool.add(tag, "name", score)


def _title_case(line: str, known: Lexicon) -> bool:
    """Whether a line is set in title case: there a capital says nothing."""
    content = [word for word in words(line) if word.lower() not in known.stop and word[0].isalpha()]
    return 2 <= len(content) <= 12 and sum(1 for word in content if word[0].isupper()) >= 0.75 * len(content)


def _coined(name: str) -> bool:
    return any(c.isupper() or c.isdigit() for c in name[1:])


def _from_title(pool: _Pool, title: str, headings: Sequence[str], known: Lexicon) -> None:
    for year in _YEAR.findall(" ".join(headings[:2])):
        again = year in " ".join(headings[1:2])
        pool.add(year, "year", 2.8 + 0.8 * again if year in title else 1.5)
    low = {word.lower() for word in words(title)}
    for word in sorted(known.genre & low):
        pool.add(word, "genre", 3.0)
    rest = {word.lower() for heading in headings[1:3] for word in words(heading)}
    for word in sorted((known.genre & rest) - low):
        pool.add(word, "genre", 0.9)


def _from_past(pool: _Pool, past_tags: Sequence[str], body: str) -> None:
    """Tags used before: strong where their words are in the text, a nudge where they fit a candidate."""
    counts = Counter(tag.lstrip("#") for tag in past_tags if tag.strip("#"))
    said = {stem(word) for word in words(body)}
    joined = re.sub(r"[^\w]+", "", body.lower())
    for tag, count in sorted(counts.items()):
        parts = [stem(part) for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+", tag)]
        habit = 0.2 * math.log2(1 + count)
        if tag.lower() in pool.scores or (parts and all(part in said for part in parts)):
            pool.add(tag, "past", 0.7 + habit, prefer=True)
        elif len(tag) > 5 and tag.lower() in joined:
            pool.add(tag, "past", 0.5 + habit, prefer=True)
        else:
            pool.add(tag, "past", min(0.6, 1.2 * habit), prefer=True)


def _chosen(pool: _Pool, most: int) -> Iterable[str]:
    """The best candidates, none the plural or a piece of a better one, broad ones of equal worth first."""
    broad = {topic.tag.lower() for topic in topics() if topic.broad}
    order = sorted(pool.scores, key=lambda key: (-round(pool.total(key), 6), key not in broad, len(key), key))
    chosen: list[str] = []
    for key in order:
        if any(stem(key) == stem(other) for other in chosen):
            continue
        # "Scaling" beside "ScalingLaws" says nothing new; a topic of its own does.
        kinds = pool.scores[key]
        if not kinds.keys() & {"topic", "own", "past", "acronym"} and any(
            key in other or other in key for other in chosen if len(other) > 3
        ):
            continue
        chosen.append(key)
        if len(chosen) == most:
            break
    return [pool.forms[key] for key in chosen]
