"""What a post states and its source does not: numbers, percentages, dates, names and quotations.

Each is looked up near the passage the sentence rests on: a right figure at the wrong event is a fault. It points at
things; it never deletes.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.evidence.words import lexicon, said
from composer.post.grounding.figures.figures import exchanged, figure_problems
from composer.post.grounding.figures.line import Line, company_of
from composer.post.grounding.names.added import with_names
from composer.post.grounding.names.eastern import eastern_names
from composer.post.grounding.names.eastern_near import nearly
from composer.post.grounding.names.lacking import name_problem, other_version
from composer.post.grounding.names.listed import listed
from composer.post.grounding.names.misnamed import misnamed
from composer.post.grounding.names.named import said_of
from composer.post.grounding.names.names import Name, names
from composer.post.grounding.names.pairs import turned
from composer.post.grounding.names.wording import beside
from composer.post.grounding.places import placed
from composer.post.grounding.quotations.quotes import quotations
from composer.post.grounding.quotations.voices import quote_problems
from composer.post.grounding.source.ground import Ground, prepare
from composer.post.grounding.source.lines import Part, own_counts, parts, plain, statements
from composer.post.grounding.values.eastern import LANGUAGES
from composer.post.grounding.values.numbers import facts
from composer.sources.model import Transcript
from composer.text.problems import Problem
from composer.text.spans import links

# Whose small words are known well enough to tell them apart.
TONGUES = ("de", "en", "es", "fr", "pt")


def check(post: str, source: str | Transcript) -> list[Problem]:
    """Every number, date, per cent, name and quotation of `post` that `source` does not bear out, by place.

    Offsets are code points of `post` as given, styled letters included. Hashtags, links and the post's own numbering
    are not looked up. An empty source gives no problems: there is nothing to hold the post against.
    """
    return check_many(post, (source,))


def check_many(post: str, sources: Sequence[str | Transcript]) -> list[Problem]:
    """`check` against several sources together."""
    ground = prepare(tuple(sources))
    if not ground.sentences:
        return []
    text, back = plain(post)
    ground = replace(ground, language=_written_in(text, ground.language))
    own = own_counts(text)
    pieces = parts(text)
    ground = with_names(pieces, ground)
    accepted = _accepted(pieces, ground)
    company = company_of(pieces, ground)
    problems: list[Problem] = []
    for part, after in itertools.zip_longest(pieces, pieces[1:]):
        below = (after.start - part.start, after.text) if after else (0, "")
        for found in _of_part(part, ground, own, accepted, text[: part.start], below, after, company):
            start, end = back[found.start + part.start], back[found.end + part.start]
            shown = _placed(found, part, ground, sources)
            problems.append(replace(shown, start=start, end=end))
    problems += _across(text, back, pieces, ground, own, problems, sources)
    return sorted(set(problems), key=lambda p: (p.start, p.end, p.kind, p.why))


def _across(
    text: str, back: list[int], pieces: list[Part], ground: Ground, own: frozenset[float], told: Sequence[Problem],
    sources: Sequence[str | Transcript],
) -> list[Problem]:  # fmt: skip
    """Figures that have changed places over two sentences, where none of the two is told already."""
    found: list[Problem] = []
    for (first, middle), (begin, last) in itertools.pairwise(statements(pieces)):
        if text[middle:begin].count("\n") > 2:
            continue
        joined = text[first:last].replace("\n", ";")
        skip = [(span.start, span.end) for span in links(joined) if span.kind != "emoji"]
        skip += [(quoted.start, quoted.end) for quoted in quotations(joined)]
        for one in exchanged(joined, middle - first, ground, own, skip):
            start, end = back[one.start + first], back[one.end + first]
            if not any(start < other.end and other.start < end for other in told):
                shown = placed(one, Line(joined, "", ground), ground, sources)
                found.append(replace(shown, start=start, end=end))
    return found


# So much of a post, in characters, may say what a figure that follows is worked out from.
_EARLIER = 240


def _of_part(
    part: Part,
    ground: Ground,
    own: frozenset[float],
    accepted: frozenset[str],
    before: str,
    below: tuple[int, str],
    after: Part | None,
    company: Sequence[Line],
) -> Iterator[Problem]:
    """The problems of one part; `before` is the post up to it, `below` the part after it with its offset from it,
    `company` all sentences of the post."""
    line = part.text
    above = before.rstrip("\n").rpartition("\n")[2] if not part.label else ""
    skip = [(span.start, span.end) for span in links(line) if span.kind != "emoji"]
    inside = [(quoted.start, quoted.end) for quoted in quotations(line)]
    bad, figures_told = [], []
    for problem in quote_problems(line, ground, skip, below, part.label, above):
        bad.append((problem.start, problem.end))
        yield problem
    called, quoted_wrong = ground.entities_of, bool(bad)
    found = names(line, ground.language, title_case=part.title_case, firsts=ground.firsts, called=called)
    for start, end in part.sentences:
        counts = own if part.heading else frozenset()
        past = [(a - start, b - start) for a, b in [*skip, *bad]]
        here = [(name.start - start, name.end - start) for name in found if start <= name.start and name.end <= end]
        told = (before + line[:start])[-_EARLIER:]
        beside = " ".join(line[a:b] for a, b in part.sentences if b <= start or a >= end)
        beside = beside or (below[1] if _labels(part, below) else "")
        for problem in figure_problems(
            line[start:end], part.label, ground, counts, past, here, loose=part.title_case, earlier=told, around=beside,
            company=company,
        ):  # fmt: skip
            figures_told.append((problem.start + start, problem.end + start))
            yield Problem(problem.start + start, problem.end + start, problem.kind, problem.severity, problem.why)
    if ground.language in LANGUAGES:
        for start, end, why in (*eastern_names(line, ground), *nearly(line, ground)):
            if not _within(start, end, [*skip, *inside, *bad]):
                bad.append((start, end))
                yield Problem(start, end, "name", "warn", why)
    figures = [(fact.start, fact.end) for fact in facts(line, ground.language) if fact.kind == "date"]
    for name in found:
        if _within(name.start, name.end, [*skip, *inside]) or _covered(name, figures):
            continue
        why = "" if all(word in accepted for word in name.words) else name_problem(name, ground)
        if why:
            bad.append((name.start, name.end))
            yield Problem(name.start, name.end, "name", "warn", why)
        elif version := other_version(name, line, ground):
            bad.append((name.start, version[0]))
            yield Problem(name.start, version[0], "name", "warn", version[1])
    yield from _roles(part, after, before.rpartition("\n")[2], ground, figures, skip, bad, quoted_wrong, figures_told)


def _roles(
    part: Part, after: Part | None, lead: str, ground: Ground, dates: list[tuple[int, int]],
    skip: list[tuple[int, int]], bad: list[tuple[int, int]], quoted_wrong: bool, figures_told: list[tuple[int, int]],
) -> Iterator[Problem]:  # fmt: skip
    """The names of a part that the source has, but not for what is said of them here. `bad` is what was told
    already, `quoted_wrong` that it was a quotation of this part, `figures_told` which figures were told."""
    every = [one for one in said_of(part, after, lead, ground) if not _covered(one.name, dates)]
    for one, two in itertools.combinations(every, 2):
        span = (two.name.start, two.name.end)
        if one.start != two.start or _within(*span, [*skip, *bad]):
            continue
        if why := beside(one.name, two.name, one.sentence, one.start, ground):
            bad.append(span)
            yield Problem(*span, "name", "warn", why)
    free = [one for one in every if not (one.quotes and quoted_wrong)]
    for one in free:
        if not _within(one.name.start, one.name.end, [*skip, *bad]):
            at, to, why = misnamed(one.name, one.sentence, one.start, one.label, ground, one.told, one.quotes)
            if why:
                bad.append((at, to))
                yield Problem(at, to, "name", "warn", why)
    for one in free:
        others = [each.name for each in free if each.start == one.start]
        found = listed(one.name, others, one.sentence, one.start, ground)
        if found and not _within(found[0], found[1], [*skip, *bad, *figures_told]):
            bad.append(found[:2])
            yield Problem(found[0], found[1], "name", "warn", found[2])
    for one, two in itertools.combinations(free, 2):
        spans = [(each.name.start, each.name.end) for each in (one, two)]
        whole = (one.start, one.start + len(one.sentence))
        if one.sentence != two.sentence or one.start != two.start:
            continue
        if _within(*whole, bad):
            continue
        if turned(one.name, two.name, one.sentence, one.start, ground):
            bad += spans
            why = f"The source has {' '.join(one.name.words)} and {' '.join(two.name.words)} the other way round."
            for start, end in spans:
                yield Problem(start, end, "name", "warn", why)


def _placed(found: Problem, part: Part, ground: Ground, sources: Sequence[str | Transcript]) -> Problem:
    """A problem of a part with its place in the sources; offsets stay those of the part."""
    begin, stop = next(((a, b) for a, b in part.sentences if a <= found.start < b), (0, len(part.text)))
    line = Line(part.text[begin : max(stop, found.end)], part.label, ground)
    shown = placed(replace(found, start=found.start - begin, end=found.end - begin), line, ground, sources)
    return replace(shown, start=found.start, end=found.end)


def _written_in(text: str, language: str) -> str:
    """The language of the post: the source's, unless the small words of another one clearly are more. A translated
    post must not have its nouns taken for names by the source's rules."""
    if language not in TONGUES:
        return language
    low = [word.lower() for word in said(text)]
    counts = {tongue: sum(1 for word in low if word in lexicon(tongue).stop) for tongue in TONGUES}
    best = max(TONGUES, key=lambda tongue: counts[tongue])
    return best if counts[best] >= 8 and counts[best] >= 2 * counts[language] else language


def _labels(part: Part, below: tuple[int, str]) -> bool:
    """Whether a part is the label of the one below it, on the same line."""
    return below[0] == len(part.text) and part.text.rstrip().endswith((":", "："))


def _covered(name: Name, figures: list[tuple[int, int]]) -> bool:
    return any(a <= name.start and name.end <= b for a, b in figures)


def _accepted(pieces: list[Part], ground: Ground) -> frozenset[str]:
    """The words of every full name of the post that the source bears out: its parts may then stand alone."""
    found: set[str] = set()
    for part in pieces:
        for name in names(part.text, ground.language, title_case=part.title_case, firsts=ground.firsts):
            if len(name.words) > 1 and not name_problem(name, ground):
                found.update(name.words)
    return frozenset(found)


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)
