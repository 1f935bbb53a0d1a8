"""Labels and subjects in the languages of `resources/tongues`: noun phrases that stand correctly alone.

A label is found by patterns of the language's own file. Where words are spaced they are matched against the sentence
with the kind of each word written behind it ("le/D pain/N sec/A"); elsewhere against the text itself. In a pattern {N}
is a noun, {A} a word that describes one, {D} an article, {Q} a number word, {W} any word. The part called `keep` is the
label, or all of it. Where words are not spaced, {H} is what the file calls `inner`: a character, or a word that may
stand in a phrase though one of its characters mostly ends one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.post.tongues.model import Nouns, Tongue, tongue

_TOKEN = re.compile(r"[^\W\d_]+['’](?=\w)|\d+(?:[.,]\d+)*|[^\W_]+(?:[-'’][^\W_]+)*%?|[^\w\s]")
_COUNTED = re.compile(
    r"(?<!之)(?<![点第])[0-9一二两三四五六七八九十百千万]{1,8}[个位户家吨辆天次单件亩箱种座栋场][\u4e00-\u9fff]{0,3}(?=[，。；]|$)"
)
"""How many of what, at the end of a clause: better than no label."""
LEAST = -0.9
"""What a phrase has to weigh to name a sentence."""
LONGEST = 36
"""Letters of a label; a longer one is no sign to go by."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one source shows of its nouns: how often each is used, with which article, and who speaks."""

    form: Tongue
    nouns: Counter[str]
    articles: dict[str, str]
    led: Counter[str]
    uses: Counter[str]
    people: frozenset[str]
    text: str
    keyphrases: tuple[tuple[str, float], ...]


def study(evidence: Evidence, language: str) -> Known:
    """Count the nouns of a source, and see which article each takes."""
    form = tongue(language)
    text = " ".join(sentence.text for sentence in evidence.sentences)
    people: set[str] = set()
    for source in evidence.sources:
        for name in (*source.speakers, source.fact("author"), source.fact("speaker"), source.fact("about")):
            people.update(part.lower() for part in re.findall(r"[^\W_][\w.-]+", name or ""))
            people.update(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}", name or ""))
    nouns: Counter[str] = Counter()
    tokens: list[str] = []
    if not form.unspaced:
        for sentence in evidence.sentences:
            rows = kinds(sentence.text, form, frozenset())
            nouns.update(word for word, kind in rows if kind == "N")
            tokens += [word for word, _ in rows]
    articles, led = _articles(tokens, nouns, form.nouns)
    top = max((phrase.score for phrase in evidence.keyphrases), default=1.0) or 1.0
    return Known(
        form, nouns, articles, led, Counter(tokens), frozenset(people), text,
        tuple((phrase.text, phrase.score / top) for phrase in evidence.keyphrases),
    )  # fmt: skip


def kinds(text: str, form: Tongue, known: frozenset[str]) -> list[tuple[str, str]]:
    """Every word with its kind: D article, N noun, A describing, Q number, O "of", C "and", P, X other, "." mark."""
    words, table = _TOKEN.findall(text), form.nouns
    return _by_capitals(words, form, known) if table.capitals else _by_article(words, form)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _common(low: str, form: Tongue) -> str | None:
    """The kind of a word that its form alone tells, or None."""
    table = form.nouns
    if not low[0].isalnum():
        return "."
    if low in table.number or low[0].isdigit():
        return "Q"
    if low in table.article:
        return "D"
    if low in table.link:
        return "O"
    return "C" if low in table.joint else None


def _by_capitals(words: list[str], form: Tongue, known: frozenset[str]) -> list[tuple[str, str]]:
    """Where nouns are written with capitals: what describes one stands before it, in small letters and bent."""
    table, stop = form.nouns, lexicon(form.language).stop
    out: list[tuple[str, str]] = []
    for at, word in enumerate(words):
        low = _plain(word)
        kind = _common(low, form)
        starts = at == 0 or words[at - 1] in ".!?:„“»«"
        if kind is None:
            titled = at == 0 and words[1:2] == [":"]  # "Kosten: 8,4 Millionen"
            noun = word[:1].isupper() and len(word) > 2 and low not in stop and (not starts or titled or word in known)
            kind = "N" if noun else "X"
            led = at > 0 and _plain(words[at - 1]) in table.article
            if noun and not led and word.endswith("er") and table.after.search("".join(words[at + 1 : at + 2])):
                follow = words[at + 2 : at + 3]
                kind = "X" if follow and follow[0][:1].isupper() else kind  # "in Wiener intellektuellen Kreisen"
        out.append((word, kind))
    for at in range(len(out) - 2, -1, -1):
        word, kind = out[at]
        follows = out[at + 1][1] in "NA"
        if kind == "X" and follows and table.after.search(word) and word not in stop and not table.verb.search(word):
            out[at] = (word, "A")
    return out


def _by_article(words: list[str], form: Tongue) -> list[tuple[str, str]]:
    """Where nouns follow an article, a number or "of": what describes one follows it, known by its ending."""
    table, stop = form.nouns, lexicon(form.language).stop
    out: list[tuple[str, str]] = []
    # `open_` says that a noun is awaited; `of` that only "of" stands before it, where an infinitive may follow.
    open_ = of = False
    for word in words:
        low = _plain(word)
        last = out[-1][1] if out else ""
        kind = _common(low, form)
        if kind in ("D", "Q"):
            open_, of = True, False
        elif kind == "O":
            open_ = of = last in ("N", "A")
        elif kind is not None:
            open_ = False
        elif open_ and low in table.before:
            kind = "A"
        elif (last == "A" or (out and out[-1][0].lower() in ("en", "lo"))) and _acts(low, form) and low[-3:] != "ons":
            kind, open_ = "X", False  # "les jeunes lisent", "le baigneur en coûte onze", "el vecino lo sufre"
        elif open_ and (len(low) > 2 or word.isupper()) and low not in stop and not (of and table.verb.search(low)):
            kind, open_ = "N", False
        elif last in ("N", "A") and not open_ and low not in stop and table.after.search(low) and not _acts(low, form):
            kind = "A"
        else:
            kind, open_ = "X", False
        out.append((word, kind))
    return out


def _acts(low: str, form: Tongue) -> bool:
    """Whether a word is a finite verb by the file's own list: it describes no noun."""
    return form.verb is not None and form.verb.fullmatch(low) is not None


@lru_cache(maxsize=16)
def _rules(language: str) -> tuple[tuple[re.Pattern[str], float, str], ...]:
    form = tongue(language)
    slots = (
        {"N": r"[A-Za-z0-9\u3005\u30a0-\u30ff\u4e00-\u9fff]", "H": form.nouns.inner}
        if form.unspaced
        else {kind: rf"[^\s/]+/{kind}" for kind in "NADQOC"} | {"W": r"[^\s/]+/\w"}
    )
    out = []
    for pattern, weight, mode in form.nouns.patterns:
        source = pattern.pattern
        for slot, regex in slots.items():
            source = source.replace("{" + slot + "}", regex)
        edges = "{}" if form.unspaced else r"(?<![^\s])(?:{})(?![^\s])"
        out.append((re.compile(edges.format(source), re.IGNORECASE if not form.unspaced else 0), weight, mode))
    return tuple(out)


def label(text: str, keyphrase: str, known: Known, used: set[str]) -> str:
    """The best label for `text` that is not in `used` (lower case); adds it. "" where nothing names it."""
    text = known.form.nouns.frame.sub("", text, count=1)
    said = re.match(r"[„“«「]\s?(.+?)\s?[“”»」]", text)
    text = said[1] if said else text  # what is quoted, without who says it
    best: list[tuple[float, int, str]] = []
    for phrase, at, weight in (_unspaced if known.form.unspaced else _spaced)(text, known):
        low = phrase.lower()
        if not 2 <= len(phrase) <= LONGEST or low in used or any(_same(low, other) for other in used):
            continue
        if set(re.findall(r"[^\W_]+", low)) & known.people or phrase in known.people:
            continue
        best.append((weight + _fit(phrase, at, text, keyphrase, known), at, phrase))
    chosen = min(best, key=lambda item: (-round(item[0], 6), item[1], item[2]))[2] if best else ""
    chosen = chosen or _last_resort(text, keyphrase, known, used)
    if not chosen:
        return ""
    used.add(chosen.lower())
    return chosen[:1].upper() + chosen[1:]


def named(text: str, keyphrase: str, known: Known) -> bool:
    """Whether a phrase in `text` makes a label, and not only a word that says nothing by itself."""
    found = (_unspaced if known.form.unspaced else _spaced)(text, known)
    return any(
        2 <= len(phrase) <= LONGEST and weight + _fit(phrase, at, text, keyphrase, known) > LEAST
        for phrase, at, weight in found
    )


def _last_resort(text: str, keyphrase: str, known: Known, used: set[str]) -> str:
    """A word of the sentence where no phrase of it is left: the shape wants a label at every point."""
    options: list[str] = []
    rest: list[str] = []
    if known.form.unspaced:
        options += [keyphrase] if keyphrase and keyphrase in text and _stands(keyphrase, known) else []
        options += [name for name, _ in known.keyphrases if len(name) > 1 and name in text and _stands(name, known)]
        options += re.findall(r"[\u30a0-\u30ff\u4e00-\u9fff]{1,8}(?=[はがをにのも])", text)
        parts = [part for part in re.split(r"[，。；：、！？「」“”]", text) if 3 < len(part) < 11]
        options += [part for part in parts if _stands(part, known)]
        options += [part for part in parts if len(part) < 9 and _names(part, known)]
        options += _COUNTED.findall(text)
    else:
        stop = lexicon(known.form.language).stop
        rows = kinds(text, known.form, frozenset(known.nouns))
        named = [word for word, kind in rows if kind == "N" and not bent(word, known)]
        bare = known.form.nouns.empty
        options += sorted(named, key=lambda word: (word.lower() in bare, known.form.nouns.capitals and word[-1] == "n"))
        rest = [
            word
            for word, kind in rows
            if kind in "XA" and len(word) > 4 and word.lower() not in stop and not _acts(word.lower(), known.form)
        ]
        rest.sort(key=lambda word: (word.lower() not in keyphrase.lower(), -len(word), word))
    free = [one for one in options if one.lower() not in used | known.people]
    chosen = next((one for one in free if not any(_same(one.lower(), other) for other in used)), "")
    free = [] if known.form.unspaced else [*free, *(one for one in rest if one.lower() not in used | known.people)]
    chosen = chosen or next(iter(free), "")
    led = dressed([chosen], "own", known) if chosen and not known.form.unspaced else ""
    return led if led and led.lower() not in used else chosen


def _names(phrase: str, known: Known) -> bool:
    """Whether a run of characters neither counts nor acts."""
    return phrase not in known.form.nouns.empty and not known.form.nouns.verb.search(phrase)


def _stands(phrase: str, known: Known) -> bool:
    """Whether a run of characters may name a line: a word here, and none that only counts or acts."""
    return _names(phrase, known) and whole(phrase, known)


def _spaced(text: str, known: Known) -> list[tuple[str, int, float]]:
    rows = kinds(text, known.form, frozenset(known.nouns))
    line = " ".join(f"{word}/{kind}" for word, kind in rows)
    out: list[tuple[str, int, float]] = []
    for pattern, weight, mode in _rules(known.form.language):
        for found in pattern.finditer(line):
            kept = found["keep"] if "keep" in pattern.groupindex else found[0]
            words = [part.rsplit("/", 1)[0] for part in kept.split()]
            phrase = _named(dressed(words, mode, known), text, known)
            if (
                phrase
                and not _barred(words, known)
                and not bent(words[-1], known)
                and not _inside_name(line[: found.start()], words)
            ):
                out.append((phrase, _place(text, words), weight))
    return out


def _named(phrase: str, text: str, known: Known) -> str:
    """A phrase that ends in the first word of a name, with all of it: "a prefeitura de Vila Serena"."""
    last = phrase.rsplit(" ", 1)[-1]
    if known.form.nouns.capitals or not last[:1].isupper():
        return phrase
    more = re.search(rf"\b{re.escape(last)}((?: [A-ZÀ-Þ][\w-]+)+)", text)
    return phrase + more[1] if more else phrase


def _inside_name(before: str, words: list[str]) -> bool:
    """Whether a phrase is the end of a name: "o Rosário" of "Maria do Rosário Canelhas"."""
    last = before.split()[-1:]
    return len(words) > 1 and words[0].islower() and words[1][:1].isupper() and last != [] and last[0][:1].isupper()


def _place(text: str, words: list[str]) -> int:
    at = text.find(words[0] if len(words) == 1 else words[-1])
    return max(at, 0)


def _barred(words: list[str], known: Known) -> bool:
    nouns = [word for word in words if word.lower() not in known.form.nouns.article]
    return bool(nouns) and all(word.lower() in known.form.nouns.empty for word in nouns[-1:]) and len(nouns) < 2


def dressed(words: list[str], mode: str, known: Known) -> str:
    """The words as a label. `the`: the article before them as the one that begins a phrase; `own`: the one the source
    gives the noun; `past`: the same as `the`, past a word between article and noun; `bare`: without it."""
    table = known.form.nouns
    if mode == "the":
        if len(words) == 2 and table.doubtful.search(" ".join(words)):
            return ""  # no article, but what looks like one
        first = table.article.get(_plain(words[0]), "")
        if first in ("", "-"):  # what stands before it is no article: the source may show the noun's own
            first = known.articles.get(words[1], "") if len(words) == 2 else ""
        words = [first, *words[1:]] if first else words[1:]
    elif mode == "past":
        first = table.article.get(_plain(words[0]), "")
        if first in ("", "-"):
            return ""
        words = [first, *words[2:]]
    elif mode == "own":
        article = known.articles.get(words[-1], "")
        if not article or bent(words[-1], known):
            return ""
        words = [article, *words]
    elif mode == "bare":
        words = words[1:]
    short = len(words) > 1 and table.elided[0] and words[0] in table.elided[0].split("|")
    if short and re.match(r"(?i)[aeiouhàâéèêëîïôœùû]", words[1]):
        words = [table.elided[1], *words[1:]]
    return re.sub(r"(['’]) ", "’", " ".join(words))


def _unspaced(text: str, known: Known) -> list[tuple[str, int, float]]:
    out: list[tuple[str, int, float]] = []
    for pattern, weight, _ in _rules(known.form.language):
        for found in pattern.finditer(text):
            phrase = found["keep"] if "keep" in pattern.groupindex else found[0]
            if phrase in known.form.nouns.empty or phrase.isdigit() or known.form.nouns.verb.search(phrase):
                continue
            if phrase:
                out.append((phrase, found.start("keep" if "keep" in pattern.groupindex else 0), weight))
    return out


def _fit(phrase: str, at: int, text: str, keyphrase: str, known: Known) -> float:
    """How well a phrase names a sentence: what it is about, what is set against something, no mere beginning."""
    low, form = phrase.lower(), known.form
    value = 0.3 if keyphrase and (keyphrase.lower() in low or low in keyphrase.lower()) else 0.0
    value += 0.35 * max((weight for name, weight in known.keyphrases if name.lower() in low), default=0.0)
    contrast = form.nouns.contrast.search(text)
    value += 0.5 if contrast and at >= contrast.end() - 1 else 0.0
    value -= 0.55 if at < 5 else 0.0
    tail = re.findall(r"[^\W_]+", low)[-1:] or [low]
    heads = [word for word in re.findall(r"[^\W_]+", low) if word not in form.nouns.article]
    head = tail[0] if form.nouns.capitals or form.unspaced or not heads else heads[0]
    value -= 1.2 if {head, tail[0], low} & form.nouns.empty else 0.0
    if form.unspaced:
        value -= 1.0 * bool(form.nouns.refused.match(text, at + len(phrase)))
        return value + 0.05 * min(len(phrase), 8) - 0.12 * max(0, len(phrase) - 10)
    return value + 0.02 * min(len(tail[0]), 14) - 0.15 * max(0, len(phrase.split()) - 4)


def _same(a: str, b: str) -> bool:
    """Whether two labels name the same: their main words are alike."""
    if " " not in a + b:
        short, long = sorted((a, b), key=len)
        return short in long and len(short) * 2 > len(long)
    one, two = ({word[:6] for word in text.split() if len(word) > 3} for text in (a, b))
    return bool(one and two) and one <= two


def _articles(tokens: Sequence[str], nouns: Counter[str], table: Nouns) -> tuple[dict[str, str], Counter[str]]:
    """The article each noun takes, where the source shows it: the one most of its uses have; and how many have any."""
    seen: dict[str, Counter[str]] = {}
    led: Counter[str] = Counter()
    learn = {key: value for key, value in table.article.items() if value != "-"}
    for before, word in pairwise(tokens):
        if word not in nouns:
            continue
        low = _plain(before)
        led[word] += low in table.article
        form = learn.get(before) or learn.get(low)
        if form and not table.doubtful.search(f"{before} {word}"):
            seen.setdefault(word, Counter())[form] += 1
    return {word: min(found, key=lambda one: (-found[one], one)) for word, found in sorted(seen.items())}, led


def bent(noun: str, known: Known) -> bool:
    """Whether a noun stands in a case that it cannot have alone: another form of it, one letter shorter, is used."""
    if known.form.nouns.bent.search(noun):
        return True
    return known.form.nouns.capitals and noun.endswith("n") and known.nouns.get(noun[:-1], 0) > 0


def whole(phrase: str, known: Known) -> bool:
    """Whether a run of characters is a word here: it stands, most times, where words end."""
    edge = known.form.nouns.after
    ends = [known.text[m.end() : m.end() + 3] for m in re.finditer(re.escape(phrase), known.text)]
    starts = [known.text[max(0, m.start() - 1) : m.start()] for m in re.finditer(re.escape(phrase), known.text)]
    good = sum(bool(edge.match(end)) or not end for end in ends)
    whole = sum(not known.form.nouns.inside.search(before) for before in starts)
    return good * 3 >= len(ends) and whole * 2 >= len(starts)
