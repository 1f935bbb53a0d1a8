"""The head of a post in a language of `resources/tongues`: headline, announcing line, opening."""

import re
import zlib

from composer.evidence.punctuation import unmarked
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.emojis import emojis, fitting
from composer.post.english.claims.ranking import Claim
from composer.post.english.headlines.headline import title_parts
from composer.post.english.sections import clean_title
from composer.post.english.sentences.spoken import count_words
from composer.post.focus import terms
from composer.post.model import Post
from composer.post.phrases import Phrases
from composer.post.tongues.bench import Bench
from composer.post.tongues.body import worn
from composer.post.tongues.choice import figures
from composer.post.tongues.model import Tongue, fixed, smoothed
from composer.post.tongues.subjects import without_article


def headline(desk: Bench, found: list[Claim]) -> tuple[str, bool, Claim | None]:
    """The headline of this variant, whether it asks, and the claim it says, where it says one."""
    heads = _questions(desk) if desk.form.question else []
    heads += _statements(desk, found)
    heads.sort(key=lambda head: (-round(head[0], 6), head[1]))
    listed: list[tuple[str, bool, Claim | None]] = [(text, asked, claim) for _, text, asked, claim in heads]
    listed = [*listed[:3], *((text, asked, None) for text, asked in frames(desk))]
    return listed[desk.variant % len(listed)]


def _statements(desk: Bench, found: list[Claim]) -> list[tuple[float, str, bool, Claim | None]]:
    """What is short and strong enough to stand over a post: claims, and what a title claims."""
    speech = desk.speech
    about = _about(desk)
    heads: list[tuple[float, str, bool, Claim | None]] = []
    spare: list[tuple[float, str, bool, Claim | None]] = []
    for claim in found[:40]:
        bare = titled(claim.text.rstrip(".。!！ "), speech)
        size = count_words(bare, speech.language)
        if claim.named or not claim.sure or claim.role == "comment" or not 4 <= size <= 14 or len(bare) > 85:
            continue
        strong = sum(bool(pattern.search(bare)) for pattern in speech.strong)
        figure = figures(bare, desk)
        if speech.idle.search(bare) or re.search(r"[;:：；“”„«»\"()。]|\. ", bare):
            continue
        own = terms(bare, speech.language, frozenset())
        near = bool(own & about) or (strong > 1 and claim.near >= 0.1)
        if not (near and strong) and not figure and speech.event.search(bare):
            continue
        value = claim.score + 0.12 * strong + 0.45 * claim.near + (0.15 if size <= 10 else 0.0)
        value += 0.4 if speech.nouns.contrast.search(claim.text) else 0.0
        value -= 0.4 if speech.event.search(bare) else 0.0
        value -= 0.25 if figure and not speech.nouns.contrast.search(claim.text) else 0.0
        (heads if near and strong else spare).append((value, bare, False, claim))
    heads = heads or spare  # a figure says more than a frame
    for source in desk.evidence.sources:
        unnamed = re.sub(r"^[^:：]{2,40}[:：]\s+", "", source.title or "").strip()  # without the name before a colon
        for part in (unnamed, *title_parts(source.title or "")):
            if any(mark in part for mark in "?？") and 3 <= count_words(part, speech.language) <= 12:
                heads.append((1.5, part.rstrip("?？ "), True, None))
    return heads


def titled(text: str, speech: Tongue) -> str:
    """A claim as it stands over a post: where a language ends a headline otherwise than a sentence."""
    for pattern, plain in speech.titled:
        text = pattern.sub(plain, text)
    return text


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
        if any(
            p.search(bare) for p in (speech.idle, speech.mine, speech.ours, speech.yours, speech.moment, speech.lost)
        ):
            continue
        own = terms(bare, speech.language, frozenset())
        if len(own & about) < 1 or re.search(r"[,;:，：]", bare):
            continue
        heads.append((0.75 + 0.1 * len(own & about), bare[:1].upper() + bare[1:], True, None))
    return heads


def frames(desk: Bench) -> list[tuple[str, bool]]:
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
        "names": words.join(tuple(words.get("person", "{name}").format(name=name) for name in guests)),
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
        bare = tuple(without_article(subject, desk.known) for subject in desk.subjects)
        return words.join(bare) if len(bare) > 1 else plain.format(over=words.join(bare))
    return words.join(tuple(_bent(one, words) for one in desk.subjects))


def _bent(subject: str, words: Phrases) -> str:
    """A subject as it stands after "about": the article as the language bends it there."""
    pairs = dict(pair.split("=") for pair in words.get("bent", "").split())
    first, _, rest = subject.partition(" ")
    return f"{pairs[first]} {rest}" if rest and first in pairs else subject


def begun(desk: Bench, head: str, asked: bool, lead: Claim | None, points: int, *, heard: bool = False) -> Post:
    """The post before its points. `heard`: they will be words as they fell, and nothing told."""
    words = desk.words
    signs = emojis().announce
    opening: tuple[str, ...] = ()
    if desk.form.opening:
        opening = opened(desk, lead, points, heard=heard)
    return Post(
        shape=desk.form.name,
        language=words.language,
        headline=head,
        announcing=announcing(desk, points),
        sections=(),
        opening=opening,
        headline_emoji="❓" if asked or (desk.form.question and not words.known) else fitting(head, "", worn()),
        announcing_emoji=signs[0] if desk.form.question else signs[1],
        opening_trace=lead.trace if lead else None,
        notices=_notices(desk, heard),
    )


def opened(desk: Bench, lead: Claim | None, points: int, *, heard: bool = False, full: bool = False) -> tuple[str, ...]:
    """Who said what where: with a claim to lead, one sentence that names the source and says it.

    The subjects stand in the announcing line: nothing says them again, where the language has phrases without them;
    but with `full`, where so few plain letters are left that more are welcome.
    """
    words, variant, situation = desk.words, desk.variant, desk.people.situation
    facts = _facts(desk, points)
    own = fixed(words.language)
    leading, rest = (own.get(table, {}).get(situation, []) for table in ("opening_claim", "opening_rest"))
    claim = _inline(lead.text.rstrip(".。"), desk) if lead is not None else ""
    if claim and leading and not full:
        parts = [leading[variant % len(leading)].format(claim=claim, **facts)]
    elif not claim and rest and not heard and not full:
        parts = [rest[variant % len(rest)].format(**facts)]
    else:
        first = words.choose("opening", situation, variant).format(**facts).replace(" .", ".")
        second = words.get("heard", words["stands_out"]) if heard else words["stands_out"]
        parts = [first, words.choose("", "centre", variant).format(claim=claim) if claim else second]
    smooth = [smoothed(part, words.language) for part in parts]
    return tuple(part[:1].upper() + part[1:] for part in smooth if part)


def _notices(desk: Bench, heard: bool) -> tuple[str, ...]:
    found: list[str] = []
    if not desk.words.known:
        found.append("The fixed parts of the post are signs only: their words are not translated into this language.")
    if heard:
        found.append("Little in this source stands alone: the lines are its own words, as they were heard.")
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


def announcing(desk: Bench, points: int, *, bare: bool = False) -> str:
    """The second line; `bare` without the subjects, where few short points would drown in bold."""
    table = "announce" if desk.form.opening else "announce_list"
    line = desk.words.choose(table, desk.people.situation, desk.variant).format(
        **_facts(desk, points) | ({"topics": "\0", "over": "\0"} if bare else {})
    )
    if bare:
        line = re.sub(r"(?::\s*|\s+\S+\s+)\0.*$", "", line)
        line = line if " " in line.strip() else desk.words.get("announce_bare", line)
    line = smoothed(line.strip(), desk.words.language)
    return line[:1].upper() + line[1:]
