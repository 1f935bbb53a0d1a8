"""A label for a point, of two to four of its own words."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.paths import resource
from composer.post.english import PAST as _PAST
from composer.post.english import title
from composer.post.numbers import facts
from composer.post.phrases import UNSPACED

_TOKEN = re.compile(r"[^\W_]+(?:[-’'./][^\W_]+)*%?|[^\w\s]")
_KANJI = re.compile(r"[\u4e00-\u9fff\u3005\u30a0-\u30ffA-Za-z0-9]{2,10}")


@dataclass(frozen=True, slots=True)
class Words:
    """What a label needs to know of a language and of one source."""

    language: str
    stop: frozenset[str]
    verb: frozenset[str]
    adjective: frozenset[str]
    before: frozenset[str]
    small: frozenset[str]
    count: dict[str, int]
    acting: frozenset[str]
    people: frozenset[str]
    plain: frozenset[str]
    raw: str
    titles: str
    names: frozenset[str]
    given: tuple[str, ...]
    keyphrases: tuple[tuple[str, float], ...]


def _people(evidence: Evidence) -> frozenset[str]:
    """The words of every speaker's and author's name, lower case: no label names who is speaking."""
    found: set[str] = set()
    for source in evidence.sources:
        for name in (*source.speakers, source.fact("author"), source.fact("speaker"), source.fact("about")):
            for part in re.findall(r"[^\W_][\w.-]+", name or ""):
                if part[:1].isupper() or not part.isalpha():
                    found.add(part.lower())
                    found.add(part.lower() + "'s")
                    found.add(part.lower() + "’s")
                    found.update(piece for piece in re.split(r"[_\d]+", part.lower()) if len(piece) > 2)
    return frozenset(found)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("phrases_labels.toml").read_text(encoding="utf-8"))


def words(evidence: Evidence, language: str) -> Words:
    """Count the source's words, and see which of them it uses as verbs: after "to", "will", "we"."""
    table = _tables().get(language, {})
    before = frozenset(table.get("before", "").split())
    count: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    small: set[str] = set()
    moving = frozenset("it that which they'll we'll to will can could would should might must we they you i not don't didn't doesn't who".split())
    if language not in UNSPACED:
        for sentence in evidence.sentences:
            last = ""
            for token in re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", sentence.text):
                low = token.lower()
                count[low] += 1
                if token == low:
                    small.add(low)
                if last in moving:
                    acts[low] += 1
                elif last in before:
                    names[low] += 1
                last = low
    acting = frozenset(word for word, times in acts.items() if times > names[word] and language == "en")
    top = max((phrase.score for phrase in evidence.keyphrases), default=1.0) or 1.0
    return Words(
        language,
        lexicon(language).stop,
        frozenset(table.get("verb", "").split()),
        frozenset(table.get("adjective", "").split()),
        before,
        frozenset(table.get("small", "").split()),
        dict(count),
        acting,
        _people(evidence),
        frozenset(small),
        " ".join(sentence.text for sentence in evidence.sentences),
        " ".join(source.title or "" for source in evidence.sources),
        frozenset(phrase.text for phrase in evidence.names),
        (*_announced(evidence), *(chapter.title for source in evidence.sources for chapter in source.chapters)),
        tuple((phrase.text.lower(), phrase.score / top) for phrase in evidence.keyphrases),
    )


def label(text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    """The best label for `text` that is not in `used` (lower case); adds it. Falls back on the keyphrase.

    Title case in English, as the source writes it elsewhere. Returns "" where the text holds nothing to name it by.
    """
    if known.language in UNSPACED:
        return _unspaced(text, keyphrase, known, used)
    best: list[tuple[float, str]] = []
    for start, phrase, preceded in _phrases(text, known):
        low = phrase.lower()
        if any(word in known.people for word in low.split()) or re.search(r"['’]s?$", low):
            continue
        if low in used or any(_same(low, other) for other in used):
            continue
        best.append((_score(phrase, start, preceded, text, keyphrase, known), phrase))
    if known.language == "en":
        best += [(1.05, found) for found in _manners(text, known) if found.lower() not in used]
        best += [(0.9, found) for found in _counted(text, known) if found.lower() not in used]
        best += [(1.0, found) for found in _clauses(text) if found.lower() not in used]
    best.sort(key=lambda item: (-round(item[0], 6), item[1]))
    chosen = best[0][1] if best else ""
    if chosen and " " not in chosen and (best[0][0] < 0.6 or known.language != "en"):
        chosen = _pair(text, [phrase for score, phrase in best if " " not in phrase and score > -0.5], used, known.language) or chosen
    if not chosen and keyphrase and keyphrase.lower() not in used and _spoken_of(keyphrase, known):
        chosen = keyphrase
    if not chosen:
        return ""
    if known.language == "de":
        # An inflected adjective out of its sentence reads wrong: "starken Persönlichkeit".
        chosen = re.sub(r"^(?:[a-zäöüß-]+(?:en|em|er|es|e) )+(?=[A-ZÄÖÜ])", "", chosen)
    used.add(chosen.lower())
    return dress(chosen, known.language)


_MANNER = re.compile(
    r"(?i)\b(?:(?:more|less|most|far|much|very|extremely|incredibly|still|never|always|no longer|not|too|inherently|completely|"
    r"surprisingly|particularly|entirely|fully|highly|hardly|increasingly|strangely|radically) )(?:[a-z]+(?:able|ible|ive|ous|ful|"
    r"less|ing|al|ant|ent|ic|ile)|\w+)\b"
)


def _manners(text: str, known: Words) -> list[str]:
    """What is said of the subject, as two words: "more unpredictable", "still learning"."""
    found: list[str] = []
    for match in _MANNER.finditer(text):
        last = match.group().split()[-1].lower()
        formed = re.search(r"(?:able|ible|ive|ous|ful|less|ing|ant|ic|ile)$", last) and len(last) > 5
        if (formed or last in known.adjective) and last not in known.stop and not _noun_follows(text[match.end() :], known):
            found.append(match.group())
    return found


def _spoken_of(keyphrase: str, known: Words) -> bool:
    tokens = _TOKEN.findall(keyphrase)
    return bool(tokens) and _whole(tokens, known) and all(_inner(token, known) for token in tokens) and _closes(tokens[-1], known)


def _pair(text: str, singles: Sequence[str], used: set[str], language: str) -> str:
    """Two single words as one label, in the order of the sentence: "Mistake and Smell"."""
    joint = {"en": "and", "de": "und", "fr": "et", "es": "y", "pt": "e"}.get(language)
    plain = [word for word in dict.fromkeys(singles) if word.lower() not in _EMPTY and not text.startswith(word)][:2]
    if joint is None or len(plain) < 2:
        return ""
    first, second = sorted(plain, key=text.index)
    pair = f"{first} {joint} {second}"
    return "" if pair.lower() in used or first[:4].lower() == second[:4].lower() else pair


def _noun_follows(rest: str, known: Words) -> bool:
    found = re.match(r" ([\w-]+)", rest)
    return found is not None and found[1].lower() not in known.stop


_COUNTED = re.compile(
    r"(?i)\b(?:no|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|more|less|fewer|"
    r"every|\d[\d.,]*(?: (?:percent|%))?)(?: (?:percent|hundred|thousand|million|billion))?(?: more| less| fewer)? [a-z][\w-]+(?= |[.,;]|$)"
)


def _counted(text: str, known: Words) -> list[str]:
    """A figure with what it counts: "three hours", "half a loaf", "thirty percent more bread"."""
    found: list[str] = []
    for match in _COUNTED.finditer(text):
        last = match.group().split()[-1].lower()
        if not _acts(last, known) and last not in known.stop and _closes(last, known) and not last.endswith("ly"):
            following = re.match(r" ([a-z]+)", text[match.end() :])
            if following and _content(following[1], known) and _closes(following[1], known):
                continue
            found.append(match.group())
    return found


def _clauses(text: str) -> list[str]:
    """A short clause that ends where the sentence breaks: "where work waits"."""
    found = re.findall(r"(?i)\b((?:where|why|how|when) (?:[a-z-]+ ){1,2}[a-z-]+)(?=(?: and| but| or|[,.;]))", text)
    return [clause for clause in found if not re.search(r"(?i)\b(?:it|they|we|you|he|she|i|that|this|is|are)\b", clause)]


def dress(phrase: str, language: str) -> str:
    """A phrase as a label: title case in English, a capital at its start elsewhere."""
    if language == "en":
        return title(phrase)
    return phrase[:1].upper() + phrase[1:] if phrase[:1].islower() else phrase


def _same(a: str, b: str) -> bool:
    one, two = set(a.split()), set(b.split())
    return one <= two or two <= one


def _phrases(text: str, known: Words) -> list[tuple[int, str, bool]]:
    """Every run of one to four content words, with its token's number and whether a word for nouns comes before."""
    tokens = _TOKEN.findall(text)
    found: list[tuple[int, str, bool]] = []
    for start, token in enumerate(tokens):
        prior = tokens[start - 1].lower() if start else ""
        if not _content(token, known) or token.lower() in _COUNTS | _FIGURES or token[0].isdigit() or prior in _FIGURES:
            continue
        for end in range(start + 1, min(start + 5, len(tokens)) + 1):
            run = tokens[start:end]
            if any(not _inner(item, known) and not _article(run, nth) for nth, item in enumerate(run)):
                break
            if len(run) > 4 or not _content(run[-1], known) or not _whole(run, known):
                continue
            following = tokens[end] if end < len(tokens) else ""
            ends = not following or not following[0].isalnum()
            if not _closes(run[-1], known) and not (ends and prior in ("the", "a", "an", "of") and run[-1].lower() in known.adjective):
                continue
            if sum(_content(item, known) for item in run) < max(1, len(run) - 2):
                continue
            if known.language in ("en", "und") and _content(following.lower(), known) and not _acts(following.lower(), known):
                if following[:1].isalpha() and len(run) < 4:
                    continue  # the noun goes on: not "neural" of "neural network"
            found.append((start, " ".join(run), prior in known.before))
    return found


_ROMANCE = frozenset({"fr", "es", "pt"})
_JOINING = frozenset("de du d des del da do dos das en em à al para pour".split())


def _whole(run: Sequence[str], known: Words) -> bool:
    """Where verbs cannot be told from nouns, only a noun, or nouns joined by a small word, make a label."""
    if known.language in _ROMANCE:
        joined = len(run) > 2 and run[1].lower() in _JOINING and all(item.lower() in known.small for item in run[1:-1])
        return (len(run) == 1 or joined) and not facts(run[-1])
    if known.language == "de":
        capitals = [item for item in run if item[:1].isupper()]
        return len(capitals) < 2 or " ".join(run) in known.names or any(item.lower() in known.small for item in run[1:-1])
    return True


def _article(run: Sequence[str], nth: int) -> bool:
    return nth > 0 and run[nth].lower() in ("the", "a") and run[nth - 1].lower() in ("of", "in", "on", "for")


def _content(token: str, known: Words) -> bool:
    low = token.lower()
    if not low or not low[0].isalnum() or low in known.stop or _acts(low, known):
        return False
    if low.endswith("n't") or low.endswith("’t"):
        return False
    return not (known.language == "en" and low.endswith("ly") and low not in ("family", "supply", "assembly", "july", "italy", "early", "reply", "anomaly", "monopoly"))


def _inner(token: str, known: Words) -> bool:
    return _content(token, known) or token.lower() in known.small


def _acts(low: str, known: Words) -> bool:
    if low in known.verb or low in known.acting:
        return True
    return known.language == "en" and low.endswith("s") and low not in _NOUNS and low[:-1] in known.verb


# Plurals of nouns that are verbs as well: no verb form is meant where they close a phrase.
_NOUNS = frozenset(
    """costs changes results plans needs works moves calls stores shows uses answers demands designs offers reports reasons
    risks tests turns views walks wins worries runs limits visits talks claims starts stops shares forms plays picks drives
    services builds returns increases appears projects orders matters touches questions guesses""".split()
)


def _closes(token: str, known: Words) -> bool:
    low = token.lower()
    if low in known.adjective or low in known.small or token.isdigit():
        return False
    if known.language == "en":
        if low in _PAST:
            return False
        return not (low.endswith(("ed", "ful", "ous", "able", "ible", "less", "ically")) and low not in ("speed", "need", "seed", "feed", "cable", "table", "bed", "red", "embed", "breed", "variable"))
    if known.language == "de":
        return token[:1].isupper()
    return True


def _score(phrase: str, start: int, preceded: bool, text: str, keyphrase: str, known: Words) -> float:
    items = phrase.split()
    low = phrase.lower()
    size = len(items)
    score = {1: -0.5, 2: 1.0, 3: 1.1, 4: 0.6}.get(size, 0.0)
    content = [item for item in items if item.lower() not in known.small]
    # Words the source repeats are its subject; a word it uses once is what is particular here. Both help.
    score += sum(0.35 if known.count.get(item.lower(), 0) > 2 else 0.25 for item in content) / len(content)
    score += 0.3 * sum(len(item) > 4 for item in content) / len(content)
    if keyphrase and (low == keyphrase.lower() or set(low.split()) <= set(keyphrase.lower().split())):
        score += 0.5
    score += max((0.5 * weight for name, weight in known.keyphrases if name == low or name in low), default=0.0)
    if any(re.search(r"[A-Z]", item[1:]) or (item[:1].isupper() and start > 0) for item in content):
        score += 0.4
    score += 0.35 if preceded else 0.0
    if known.language in _ROMANCE and not preceded:
        score -= 2.0
    if re.match(rf"(?i)(?:the |a |an |our |your )?{re.escape(phrase)}\b", text):
        score -= 1.3  # a label that only repeats how the sentence begins says nothing more
    elif start < 3:
        score -= 0.15
    if items[-1].lower() in _EMPTY or low in ("human beings", "human being"):
        score -= 0.6
    if items[0].lower() in ("such", "own", "same", "other"):
        score -= 0.8
    if re.search(r"ing$", items[-1].lower()) and size == 1:
        score -= 0.1
    return score


# Characters that join or turn words in Chinese and Japanese: a label ends before them.
_JOINTS = re.compile(r"(?:以后|以前|因为|所以|如果|但是|而是|仍然|我们|他们|没有|可以|已经|只有|百分之|[的了是在和与会不也就都要能比把被让从到对为很更最而但只有每着过还再并或及等]|[^\u3005\u4e00-\u9fff\u30a0-\u30ffA-Za-z0-9])")


def _unspaced(text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    pieces = [piece for piece in _JOINTS.split(text) if 2 <= len(piece) <= 8 and not piece.isdigit()]
    clean = [name for name in (keyphrase, *(name for name, _ in known.keyphrases)) if name and not _JOINTS.search(name)]
    options = [name for name in clean if name in pieces]
    options += sorted(pieces, key=lambda piece: (-min(known.raw.count(piece), 3), -min(len(piece), 6), text.index(piece)))
    for option in options:
        if option.lower() not in used and not any(option in other or other in option for other in used):
            used.add(option.lower())
            return option
    return pieces[0] if pieces else ""


_ABOUT = re.compile(
    r"(?i)\b(?:revolve[sd]? around|is about|was about|focuse[sd] on|deals with|dealt with|turns on|analysis of|looks at|"
    r"covers|discussions? on|report on|regarding)(?: the (?:development|role|question|future|evolution) of)? (?P<what>[^.;:]{8,160})"
)


def topics(evidence: Evidence, known: Words, count: int, avoid: Sequence[str] = ()) -> tuple[str, ...]:
    """At most `count` subjects of a source, none inside another, none in `avoid`.

    What a report says it is about comes first, then keyphrases the source uses as whole phrases, then its hashtags.
    """
    language = known.language
    options: list[str] = []
    for source in evidence.sources[:1]:
        title_ = (source.title or "").split(": ")[-1].strip(" .")
        if re.search(r"(?i)\b(?:I|my|me)\b", title_):
            continue
        if re.match(r"(?i)(?:what|how|why|when|where) ", title_) and 4 <= len(title_.split()) <= 9 and not title_.endswith("?"):
            return (title_[0].lower() + title_[1:],)
    if language == "en":
        options += _announced(evidence)
    size = len(evidence.sentences)
    named = " ".join([*(s.title or "" for s in evidence.sources), *(c.title for s in evidence.sources for c in s.chapters)]).lower()
    for phrase in evidence.keyphrases:
        # In a long source a subject comes back; what is said in one place only is an episode.
        if size < 150 or not phrase.sentences or phrase.text.lower() in named or (max(phrase.sentences) - min(phrase.sentences)) * 4 > size:
            options.append(phrase.text.strip())
    options += [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")) for tag in evidence.hashtags]
    chosen: list[str] = []
    for option in options:
        if any(_near(option.lower(), other.lower()) for other in [*chosen, *avoid]):
            continue
        form = topic_form(option, known)
        if form and 2 <= len(form) <= 42:
            chosen.append(form)
        if len(chosen) == count:
            break
    return tuple(chosen)


def topic_form(text: str, known: Words) -> str:
    """A phrase as it can follow "on" and "about": with its article, or in the plural; "" where it cannot."""
    if known.language in UNSPACED:
        return text if not _JOINTS.search(text) and known.raw.count(text) > 1 and len(text) <= 8 else ""
    return _subject(text, known.raw, known.titles, known)


def _announced(evidence: Evidence) -> list[str]:
    for sentence in evidence.sentences:
        found = _ABOUT.search(sentence.text) if sentence.role in ("summary", "post") else None
        if found:
            parts = re.split(r", (?:and |or )?| and | or ", found["what"])
            return [part.strip() for part in parts if 1 <= len(part.split()) <= 4]
    return []


def _subject(text: str, raw: str, titles: str, known: Words) -> str:
    """The phrase as it follows "on" and "about", or "" where it cannot: with its article, or in the plural."""
    tokens = _TOKEN.findall(text)
    low = text.lower()
    if facts(text) or any(token.lower() in _COUNTS for token in tokens):
        return ""
    if not 1 <= len(tokens) <= 4 or not all(_inner(token, known) for token in tokens) or not _closes(tokens[-1], known):
        return ""
    if tokens[0].lower() in known.small or re.search(r"(?i)(?:^|[ -])\w+(?:ed)$", tokens[0]) and len(tokens) > 1:
        return ""
    if len(tokens) == 1 and (len(text) < 4 and not text.isupper() or low in _EMPTY) or any(word in _EMPTY for word in low.split()[-1:]):
        return ""
    if any(token.lower() in known.people for token in tokens):
        return ""
    if known.language == "de":
        nouns = [token for token in tokens if token[:1].isupper()]
        return text if len(nouns) == len(tokens) and _whole(tokens, known) else " ".join(nouns[-1:])
    if known.language in _ROMANCE:
        head = text if _whole(tokens, known) else tokens[0]
        uses_ = re.findall(rf"(?i)([\w]+)['’ ]{re.escape(head)}(?![\w])", raw)
        return head if uses_ and sum(word.lower() in known.before for word in uses_) * 2 >= len(uses_) else ""
    if known.language != "en":
        return text
    if text[:1].isupper() and text[1:].islower() and len(re.findall(rf"(?<![.!?] )\b{re.escape(low)}\b", raw)) > raw.count(text):
        text = low
    uses = list(re.finditer(rf"(?i)(?<![\w-])(?:(?P<before>[\w’'-]+) )?{re.escape(text)}(?P<s>s?)(?![\w-])(?: (?P<after>[\w-]+))?", raw))
    if len(uses) < 2 and low not in titles.lower() and not any(low in part.lower() for part in known.given):
        return ""
    goes_on = sum(bool(use["after"] and not use["s"] and _content(use["after"], known) and _closes(use["after"], known)) for use in uses)
    if len(tokens) > 1 and goes_on * 2 > len(uses) or len(tokens) == 1 and goes_on * 3 > 2 * len(uses):
        return ""
    plural = next((use.group()[len(use["before"]) + 1 if use["before"] else 0 :].split(" " + (use["after"] or "\0"))[0] for use in uses if use["s"]), None)
    before = [_determiner(raw, use) for use in uses if not use["s"]]
    if not before or tokens[-1].lower().endswith("s") or text[:1].isupper() and not text.split()[-1].islower():
        return plural or text
    a, the = sum(word in ("a", "an", "each", "every", "one", "another", "your", "my") for word in before), before.count("the")
    if plural:
        return plural
    if a * 3 >= len(before):
        return text + "s" if not text.endswith(("y", "s", "x", "ch", "sh")) else f"the {text}"
    if the * 2 > len(before):
        return f"the {text}"
    return text


_FIGURES = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand "
    "million billion half".split()
)
_COUNTS = frozenset("hundred thousand million billion trillion dozen hundreds thousands millions billions half".split())
_EMPTY = frozenset(
    """euros euro dollars dollar cents percent seconds second degrees metres meters kilometres miles kilos tonnes tons pounds
    thank thanks model models reason example examples question questions answer answers time times case cases fact people
    person year years day days thing things way ways kind part point points number billion million thousand hundred percent
    bit lot end start idea ideas problem problems sense comment comments post talk value version today tomorrow yesterday
    week weeks month months hour hours minute minutes name names side place word words term course guy guys man stuff work
    analysis report reports summary details themes insights observations takeaways references discussion working trying making talking looking saying running thinking doing going getting reply replies content sentiment author link links paper long longer term beings being""".split()
)


def _determiner(raw: str, use: re.Match[str]) -> str:
    """The article of a phrase: the word before it, or the one before an adjective."""
    prior = re.findall(r"[\w’'-]+", raw[max(0, use.start() - 30) : use.start()])[-1:] + [use["before"] or ""]
    return next((word.lower() for word in reversed(prior) if word.lower() in ("the", "a", "an", "each", "every", "one", "another", "your", "my")), "")


def _near(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    one, two = {word[:6] for word in a.split()}, {word[:6] for word in b.split()}
    return bool(one & two)
