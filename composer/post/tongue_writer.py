"""The built-in writer in the languages of `resources/tongues`."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.evidence.punctuation import unmarked
from composer.evidence.words import lexicon
from composer.post import layout
from composer.post.adverts import adverts
from composer.post.claims import Claim, alike
from composer.post.emojis import emojis, fitting
from composer.post.focus import terms
from composer.post.headline import title_parts
from composer.post.model import Brief, Finished, Partial, Post, PostPoint, Reading, Section, Trace, WriterEvent
from composer.post.phrases import Phrases, phrases
from composer.post.sections import clean_title, cut
from composer.post.shapes import Shape, shape
from composer.post.spoken import count_words
from composer.post.tongue_claims import claims
from composer.post.tongue_nouns import Known, bent, label, study, subjects, whole
from composer.post.tongue_told import SENTENCE
from composer.post.tongue_voices import Cast, cast
from composer.post.tongues import Tongue, tongue
from composer.text.access import styled_share
from composer.text.networks import measure

HASHTAGS = 5
MOST_STYLED = 0.30
ENOUGH = 6
"""Claims beside the one in the headline, below which it may be a point as well."""
FLOOR = 0.16
"""The score below which a sixth point and the ones after it are left out."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies ready while one post is written."""

    evidence: Evidence
    brief: Brief
    variant: int
    form: Shape
    words: Phrases
    speech: Tongue
    people: Cast
    known: Known
    subjects: tuple[str, ...]


def bench(evidence: Evidence, brief: Brief, variant: int) -> Bench:
    """Look at a source. Raises WriterError where there is none."""
    words = phrases(evidence.language)
    if not evidence.sources:
        raise WriterError("There is no source to write from.", do="Open a transcript first.")
    speech = tongue(words.language)
    known = study(evidence, words.language)
    about = subjects(evidence, known, 3, adverts(evidence)) if words.known else _names(evidence)
    if not about:
        about = tuple(tag.lstrip("#") for tag in evidence.hashtags[:2])
    return Bench(
        evidence, brief, variant, shape(brief.shape), words, speech, cast(evidence.sources[0], words, speech), known,
        about,
    )  # fmt: skip


def _names(evidence: Evidence) -> tuple[str, ...]:
    """Where nothing is known of the words of a language, the names in a source are what it is about."""
    return tuple(phrase.text for phrase in evidence.names[:2])


def write(evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
    """As `composer.post.builtin.BuiltinWriter.write`."""
    total = sum(count_words(sentence.text, evidence.language) for sentence in evidence.sentences)
    yield Reading(0, total)
    desk = bench(evidence, brief, variant)
    found = claims(evidence, desk.words.language)
    yield Reading(total, total)
    if not found:
        raise WriterError(
            "This source holds no sentence that can stand alone in a post.",
            safe="The transcript is kept.",
            do="Choose a longer source, or write with a model.",
        )
    head, marked, over = _headline(desk, found)
    rest = [claim for claim in found if over is None or not _said(claim, over)]
    chosen, closing, lead = _select(rest if len(rest) >= ENOUGH else found, desk)
    post = _begun(desk, head, marked, lead, len(chosen))
    yield Partial(post)
    post = replace(post, sections=_sections(desk, chosen))
    yield Partial(post)
    post = replace(
        post,
        conclusion=tuple(claim.text for claim in closing),
        conclusion_trace=closing[0].trace if closing else None,
        hashtags=_tags(desk),
    )
    yield Finished(_fit(post, desk, chosen), variant)


# --- which claims ---------------------------------------------------------------------------------------------------


def _select(found: list[Claim], desk: Bench) -> tuple[list[Claim], list[Claim], Claim | None]:
    """The points of this variant, its closing claims and the claim of the opening. What earlier variants used ranks
    lower."""
    used: dict[str, int] = {}
    chosen: list[Claim] = []
    closing: list[Claim] = []
    lead: Claim | None = None
    for _ in range(desk.variant + 1):
        pool = [replace(claim, score=claim.score - 0.45 * used.get(claim.text, 0)) for claim in found]
        pool.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
        lead = _lead(pool, desk) if desk.form.opening else None
        left = [claim for claim in pool if lead is None or not _said(claim, lead)]
        closing = _closing(left, desk)
        if len(_points(left, closing, desk)) < 4:
            closing = []
        chosen = _points(left, closing, desk)
        for claim in [*chosen, *closing, *([lead] if lead else [])]:
            used[claim.text] = used.get(claim.text, 0) + 1
    chosen.sort(key=lambda claim: (claim.at, claim.text))
    return chosen, closing, lead


def _said(claim: Claim, other: Claim) -> bool:
    """Whether two claims tell the same sentence, or say the same."""
    return alike(claim, other) or claim.at == other.at or claim.text in other.text or other.text in claim.text


def _points(pool: list[Claim], closing: list[Claim], desk: Bench) -> list[Claim]:
    fewest, most = desk.form.points[desk.brief.length]
    fewest = min(fewest, 3)
    chosen: list[Claim] = []
    homes: dict[tuple[int, int | None], int] = {}
    told: set[int] = set()
    left = [claim for claim in pool if not any(_said(claim, other) for other in closing)]
    for claim in closing:
        told |= _covers(claim)
    left = [claim for claim in left if not _covers(claim) & told]
    while left and len(chosen) < most:
        best = max(
            left,
            key=lambda claim: (
                round(claim.score - 0.07 * homes.get((claim.at[0], claim.chapter), 0), 6),
                [-part for part in claim.at],
                claim.text,
            ),
        )
        if best.score < (FLOOR if len(chosen) >= 5 else FLOOR - 0.25) and len(chosen) >= fewest:
            break
        chosen.append(best)
        homes[(best.at[0], best.chapter)] = homes.get((best.at[0], best.chapter), 0) + 1
        told |= _covers(best)
        left = [claim for claim in left if claim is not best and not _said(claim, best) and not _covers(claim) & told]
    return chosen


def _covers(claim: Claim) -> set[int]:
    """The sentences a claim tells: one, or two where it has the next as well."""
    base = claim.at[0] * 1_000_000 + claim.at[1]
    return {base, base + 1} if len([part for part in SENTENCE.split(claim.text) if part]) > 1 else {base}


def _closing(pool: list[Claim], desk: Bench) -> list[Claim]:
    """Claims from the last part that look ahead or sum up; at most as many as the shape closes with."""
    if len(pool) < 5:
        return []
    own = [claim for claim in pool if claim.role != "comment" and claim.sure and not claim.named]
    late = [claim for claim in own if claim.share >= 0.55] or own

    def fit(claim: Claim) -> float:
        return claim.score + 0.5 * claim.share + 0.3 * bool(desk.speech.ahead.search(claim.text))

    chosen: list[Claim] = []
    most = desk.form.conclusions if len(pool) >= 9 else 1
    for claim in sorted(late, key=lambda claim: (-round(fit(claim), 6), claim.at, claim.text)):
        if len(chosen) >= most:
            break
        if claim.score > 0.3 and not any(_said(claim, other) or _covers(claim) & _covers(other) for other in chosen):
            chosen.append(claim)
    return sorted(chosen, key=lambda claim: (claim.at, claim.text))


def _lead(pool: list[Claim], desk: Bench) -> Claim | None:
    """The claim of the opening: one short sentence near the subject, nobody's opinion, with a turn in it."""
    if len(pool) < 7:
        return None
    speech = desk.speech
    fit = [
        claim
        for claim in pool[:30]
        if claim.role in ("speech", "post", "summary")
        and claim.sure
        and not claim.named
        and len([part for part in SENTENCE.split(claim.text) if part]) == 1
        and count_words(claim.text, speech.language) <= 26
        and any(pattern.search(claim.text) for pattern in speech.strong)
    ]
    # What begins with a time or a place tells a case, and no case carries the whole.
    fit = [claim for claim in fit if not speech.idle.search(claim.text.rstrip(".。"))] or fit
    return max(fit, key=lambda claim: (round(claim.score + 0.6 * claim.near, 6), claim.text), default=None)


# --- the head -------------------------------------------------------------------------------------------------------


def _headline(desk: Bench, found: list[Claim]) -> tuple[str, bool, Claim | None]:
    """The headline of this variant, whether it asks, and the claim it says, where it says one."""
    heads = _questions(desk) if desk.form.question else []
    heads += _statements(desk, found)
    heads.sort(key=lambda head: (-round(head[0], 6), head[1]))
    listed: list[tuple[str, bool, Claim | None]] = [(text, asked, claim) for _, text, asked, claim in heads]
    listed = [*listed[:3], *((text, asked, None) for text, asked in _frames(desk))]
    return listed[desk.variant % len(listed)]


def _statements(desk: Bench, found: list[Claim]) -> list[tuple[float, str, bool, Claim | None]]:
    """What is short and strong enough to stand over a post: claims, and what a title claims."""
    speech = desk.speech
    about = _about(desk)
    heads: list[tuple[float, str, bool, Claim | None]] = []
    for claim in found[:40]:
        bare = claim.text.rstrip(".。!！ ")
        size = count_words(bare, speech.language)
        if claim.named or not claim.sure or claim.role == "comment" or not 4 <= size <= 14 or len(bare) > 85:
            continue
        strong = sum(bool(pattern.search(bare)) for pattern in speech.strong)
        if not strong or speech.idle.search(bare) or re.search(r"[;:：；“”„«»\"()。]|\. ", bare):
            continue
        own = terms(bare, speech.language, frozenset())
        if not own & about and (strong < 2 or claim.near < 0.1):
            continue
        value = claim.score + 0.12 * strong + 0.3 * claim.near + (0.15 if size <= 10 else 0.0)
        value += 0.25 if speech.nouns.contrast.search(bare) else 0.0
        heads.append((value, bare, False, claim))
    for source in desk.evidence.sources:
        unnamed = re.sub(r"^[^:：]{2,40}[:：]\s+", "", source.title or "").strip()  # without the name before a colon
        for part in (unnamed, *title_parts(source.title or "")):
            if any(mark in part for mark in "?？") and 3 <= count_words(part, speech.language) <= 12:
                heads.append((1.5, part.rstrip("?？ "), True, None))
    return heads


def _about(desk: Bench) -> frozenset[str]:
    """The words a headline must have one of: the subjects, the title, the first keyphrases."""
    texts = [*desk.subjects, *(source.title or "" for source in desk.evidence.sources)]
    texts += [phrase.text for phrase in desk.evidence.keyphrases[:8]]
    return terms(" ".join(texts), desk.speech.language, frozenset())


def _questions(desk: Bench) -> list[tuple[float, str, bool, Claim | None]]:
    """Questions of the source that can stand over a post: short, whole, to nobody, about its subject."""
    speech = desk.speech
    about = _about(desk)
    heads: list[tuple[float, str, bool, Claim | None]] = []
    paid = adverts(desk.evidence)
    for index, sentence in enumerate(desk.evidence.sentences):
        text = sentence.text.strip()
        if index in paid or not text.endswith(("?", "？")) or sentence.role in ("meta", "sentiment"):
            continue
        bare = text.rstrip("?？ ")
        if not speech.asks.match(bare) or not 4 <= count_words(bare, speech.language) <= 11:
            continue
        if any(p.search(bare) for p in (speech.mine, speech.ours, speech.yours, speech.moment, speech.lost)):
            continue
        own = terms(bare, speech.language, frozenset())
        if len(own & about) < 1 or re.search(r"[,;:，：]", bare):
            continue
        heads.append((0.75 + 0.1 * len(own & about), bare[:1].upper() + bare[1:], True, None))
    return heads


def _frames(desk: Bench) -> list[tuple[str, bool]]:
    """Every frame of the shape's kind around the subject; which comes first is given by the subject."""
    kind = "question" if desk.form.question else "claim"
    title = next((clean_title(source.title) for source in desk.evidence.sources if source.title), "")
    topic = desk.subjects[0] if desk.subjects else title[:60]
    frames = desk.words.all(kind)
    first = zlib.crc32(topic.encode()) % len(frames)
    out: list[tuple[str, bool]] = []
    for frame in frames[first:] + frames[:first]:
        text = frame.format(topic=topic)
        out.append((text[:1].upper() + text[1:], kind == "question" and desk.words.known))
    return out


def _facts(desk: Bench, points: int) -> dict[str, str]:
    people, words = desk.people.people, desk.words
    guests = desk.people.guests
    return {
        "speaker": people.full or (guests[0] if guests else "") or people.about or "",
        "names": words.join(guests),
        "author": people.author or "",
        "about": people.about or people.full or "",
        "event": people.event or "",
        "place": people.place or "",
        "topics": words.join(desk.subjects),
        "over": _over(desk),
        "n": str(points),
    }


def _over(desk: Bench) -> str:
    """The subjects as they follow a preposition: "on the hedge and the wind". Where a language bends articles and the
    source does not show all of them, a frame that bends nothing."""
    words = desk.words
    plain = words.get("over_plain", "")
    if plain and not all(" " in subject for subject in desk.subjects):
        return plain.format(over=words.join(tuple(_bare(subject, desk.known) for subject in desk.subjects)))
    return words.join(tuple(_bent(one, words) for one in desk.subjects))


def _bent(subject: str, words: Phrases) -> str:
    """A subject as it stands after "about": the article as the language bends it there."""
    pairs = dict(pair.split("=") for pair in words.get("bent", "").split())
    first, _, rest = subject.partition(" ")
    return f"{pairs[first]} {rest}" if rest and first in pairs else subject


def _begun(desk: Bench, head: str, asked: bool, lead: Claim | None, points: int) -> Post:
    words, variant = desk.words, desk.variant
    signs = emojis().announce
    opening: tuple[str, ...] = ()
    if desk.form.opening:
        first = words.choose("opening", desk.people.situation, variant).format(**_facts(desk, points))
        first = first.replace(" .", ".")
        second = words["stands_out"]
        if lead is not None:
            claim = _inline(lead.text.rstrip(".。"), desk)
            second = words.choose("", "centre", variant).format(claim=claim)
        opening = tuple(part for part in (first[:1].upper() + first[1:], second) if part)
    return Post(
        shape=desk.form.name,
        language=words.language,
        headline=head,
        announcing=_announcing(desk, points),
        sections=(),
        opening=opening,
        headline_emoji="❓" if asked or desk.form.question else fitting(head, "", set(signs)),
        announcing_emoji=signs[0] if desk.form.question else signs[1],
        opening_trace=lead.trace if lead else None,
        notices=_notices(desk),
    )


def _notices(desk: Bench) -> tuple[str, ...]:
    found: list[str] = []
    if not desk.words.known:
        found.append("The fixed parts of the post are signs only: their words are not translated into this language.")
    speech = " ".join(segment.text for segment in desk.evidence.sources[0].segments if segment.role == "speech")
    if unmarked(speech):
        found.append(
            "The source has no full stops: where a sentence ends is a guess. Read each line before you post it."
        )
    return tuple(found)


def _inline(text: str, desk: Bench) -> str:
    """A claim after a colon, where the language goes on small: unless its first word is a name."""
    word = re.match(r"[^\W\d_]+", text)
    if not desk.words.get("small", "") or word is None:
        return text
    low = word[0].lower()
    small = low in lexicon(desk.words.language).stop
    return low + text[len(low) :] if small or re.search(rf"(?<!\w){re.escape(low)}(?!\w)", desk.known.text) else text


def _announcing(desk: Bench, points: int, *, bare: bool = False) -> str:
    """The second line; `bare` without the subjects, where few short points would drown in bold."""
    table = "announce" if desk.form.opening else "announce_list"
    line = desk.words.choose(table, desk.people.situation, desk.variant).format(
        **_facts(desk, points) | ({"topics": "\0", "over": "\0"} if bare else {})
    )
    if bare:
        line = re.sub(r"(?::\s*|\s+\S+\s+)\0.*$", "", line)
    line = line.strip()
    return line[:1].upper() + line[1:]


# --- the body -------------------------------------------------------------------------------------------------------


def _sections(desk: Bench, chosen: list[Claim]) -> tuple[Section, ...]:
    used: set[str] = set()
    signs: set[str] = set(emojis().announce)
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
            if title and not re.search(r"(?i)\buntitled\b", title):
                titles.append(title)
    return titles


def _shared_subjects(desk: Bench, group: list[Claim]) -> list[str]:
    """Titles from the nouns that the claims of a group share."""
    text = " ".join(claim.text for claim in group)
    known = desk.known
    held = [subject for subject in subjects(desk.evidence, known, 14, least=3) if _bare(subject, known) in text]
    held.sort(key=lambda subject: -sum(_bare(subject, known) in claim.text for claim in group))
    if desk.words.get("over_plain", ""):
        held = [_bare(subject, known) for subject in held]
    titles = [desk.words["section"].format(topics=desk.words.join(tuple(held[:2])))] if len(held) > 1 else []
    titles += [desk.words["section"].format(topics=subject) for subject in held]
    return [title[:1].upper() + title[1:] for title in titles if len(title) <= 46]


def _bare(subject: str, known: Known) -> str:
    """A subject without its article."""
    first, _, rest = subject.partition(" ")
    if rest and first.lower() in known.form.nouns.article:
        return rest
    short = known.form.nouns.elided[1]
    return subject[len(short) :] if short and subject.startswith(short) else subject


def _alike(a: str, b: str) -> bool:
    if " " not in a + b:
        return a in b or b in a or len(set(a) & set(b)) * 2 > min(len(a), len(b)) + 2
    one, two = {word[:6].lower() for word in a.split()}, {word[:6].lower() for word in b.split()}
    return len(one & two) * 2 > min(len(one), len(two))


def _tags(desk: Bench) -> tuple[str, ...]:
    """Hashtags in the words of the source: its own, without units and halves of phrases, then its subjects."""
    speech, evidence = desk.speech, desk.evidence
    hosts = {re.sub(r"\W", "", name).lower() for name in desk.people.hosts}
    names = {re.sub(r"\W", "", phrase.text).lower() for phrase in evidence.names}
    guests = {re.sub(r"\W", "", name).lower() for name in (*desk.people.guests, desk.people.people.full or "")}
    names |= guests
    answers = [s.text for s in evidence.sentences if s.speaker not in desk.people.hosts]
    said = "".join(" ".join([*answers, *desk.people.guests]).lower().split())
    kept: list[str] = []
    more = [_bare(subject, desk.known) for subject in subjects(evidence, desk.known, HASHTAGS, adverts(evidence))]
    for tag in [*(tag.lstrip("#") for tag in evidence.hashtags), *more]:
        low = tag.lower()
        if (
            not re.search(r"[^\W\d_]", tag)
            or bent(tag, desk.known)
            or speech.nouns.verb.search(tag)
            or (speech.unspaced and not whole(tag, desk.known))
        ):
            continue
        joined = bool(re.search(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", tag)) or " " in tag
        if low in speech.nouns.empty or low in hosts or speech.moment.search(tag) or low not in said:
            continue  # a topic of a table, in English, is no tag of a post in another language
        parts = re.findall(r"[A-ZÀ-Þ][a-zà-ÿ]+", tag)
        if joined and (low not in names or any(part.lower() in speech.nouns.empty for part in parts)):
            continue
        if joined and speech.nouns.capitals and low not in guests and said.count(low) < 2:
            continue  # two nouns in a row are no name
        if desk.words.known and not joined and not speech.unspaced and low not in names and not _noun(tag, desk):
            continue
        if not any(_same_tag(low, other) for other in kept):
            kept.append("#" + tag[:1].upper() + tag[1:])
    return tuple(kept or evidence.hashtags)[:HASHTAGS]


def _noun(tag: str, desk: Bench) -> bool:
    return any(desk.known.nouns.get(form, 0) for form in (tag, tag.lower(), tag.capitalize()))


def _same_tag(low: str, tag: str) -> bool:
    other = tag.lstrip("#").lower()
    short, long = sorted((low, other), key=len)
    return low == other or (len(short) > 3 and long.startswith(short[:5]) and len(long) - len(short) < 3)


def _fit(post: Post, desk: Bench, chosen: list[Claim]) -> Post:
    """Drop the weakest point until the post fits its network, then the closing, the opening and the tags. A sentence
    is never cut."""
    left = list(chosen)
    for names in (2, 1):
        if styled_share(layout.lay(post, desk.form).text) <= MOST_STYLED or len(desk.subjects) <= names:
            continue
        desk = replace(desk, subjects=desk.subjects[:names])
        post = replace(post, announcing=_announcing(desk, len(left)))
    if styled_share(layout.lay(post, desk.form).text) > MOST_STYLED:
        post = replace(post, announcing=_announcing(desk, len(left), bare=True) or post.announcing)
    if styled_share(layout.lay(post, desk.form).text) > MOST_STYLED + 0.04 and len(left) < 3:
        bare = tuple(
            replace(part, points=tuple(replace(point, label="") for point in part.points)) for part in post.sections
        )
        post = replace(post, sections=bare)
    while not _fits(post, desk) and len(left) > 1:
        left.remove(min(left, key=lambda claim: (claim.score, claim.at)))
        post = replace(post, sections=_sections(desk, left), announcing=_announcing(desk, len(left)))
    for empty in (
        {"conclusion": ()},
        {"opening": ()},
        {"hashtags": post.hashtags[:2]},
        {"hashtags": ()},
        {"announcing": ""},
    ):
        if _fits(post, desk):
            break
        post = replace(post, **empty)
    return post


def _fits(post: Post, desk: Bench) -> bool:
    text = layout.lay(post, desk.form).text
    return all(use.used <= use.limit for use in measure(text, desk.brief.network))


def line(evidence: Evidence, brief: Brief, claim: Claim) -> str:
    """One claim as a line of its shape, laid out alone."""
    form = shape(brief.shape)
    words = phrases(evidence.language)
    name = label(claim.text, claim.keyphrase, study(evidence, words.language), set())
    sign = fitting(name, claim.text, set()) if form.emoji else ""
    point = PostPoint(name, claim.text, claim.trace, sign)
    post = Post(brief.shape, words.language, "", "", (Section("", (point,)),))
    return layout.lay(post, form).text.strip().split("\n")[0]


__all__ = ["Trace", "bench", "line", "write"]
