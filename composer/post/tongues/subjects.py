"""What a source is about, in the languages of `resources/tongues`: its subjects, as they stand in a phrase."""

import re
from collections import Counter

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.post.tongues.nouns import Known, bent, dressed, kinds, whole

_MIXED = re.compile(r"[\u4e00-\u9fff][きしちみりいけせてねめれえげ][\u4e00-\u9fff](?![\u4e00-\u9fff])[げめりきけえれ]?")


def subjects(
    evidence: Evidence, known: Known, count: int, paid: frozenset[int] = frozenset(), least: int = 2
) -> tuple[str, ...]:
    """At most `count` subjects of a source, best first, each with its article where the source shows one.

    `paid` are the sentences of adverts. In a script without spaces a subject stands `least` times in the source.
    """
    size = len(evidence.sentences)
    ranked: list[str] = []
    # What is said at the door, in greetings and thanks, is no subject.
    idle = {index for index, sentence in enumerate(evidence.sentences) if known.form.moment.search(sentence.text)}
    paid |= frozenset(idle) if len(idle) * 2 < size else frozenset()
    for phrase in evidence.keyphrases:
        at = [index for index in phrase.sentences if index not in paid]
        if phrase.sentences and len(at) * 2 < len(phrase.sentences):
            continue
        if size >= 150 and at and (max(at) - min(at)) * 4 < size:
            continue
        ranked.append(phrase.text)
    if known.form.unspaced:
        ranked = [*_mixed(known, ranked), *ranked]
    ranked += [word for word, _ in sorted(known.nouns.items(), key=lambda item: (-item[1], item[0]))[:12]]
    chosen: list[str] = []
    for name in ranked:
        subject = _subject(name, known, least)
        bare = without_article(subject, known).lower()
        if subject and not any(_near(bare, without_article(other, known).lower()) for other in chosen):
            chosen.append(subject)
        if len(chosen) == count:
            break
    return tuple(chosen)


def _mixed(known: Known, ranked: list[str]) -> list[str]:
    """Nouns of characters with a syllable between ("空き家") that stand in the source oftener than all others."""
    most = max((known.text.count(name) for name in ranked[:3]), default=0)
    found = Counter(_MIXED.findall(known.text))
    return [word for word, times in sorted(found.items(), key=lambda row: (-row[1], row[0])) if times >= max(4, most)]


def _subject(phrase: str, known: Known, least: int) -> str:
    form = known.form
    low = phrase.lower()
    words = phrase.split()
    if form.moment.search(phrase) or low in form.nouns.empty:
        return ""
    if any(word in known.people for word in [low, *low.split()]):
        return ""
    if form.unspaced:
        fits = 2 <= len(phrase) <= 8 and known.text.count(phrase) >= least and not form.nouns.verb.search(phrase)
        return phrase if fits and whole(phrase, known) else ""
    if any(word.lower() in form.nouns.number or word.isdigit() for word in words):
        return ""
    if len(words) == 1:
        noun = next((word for word in (phrase, phrase.capitalize(), low) if known.nouns.get(word, 0) > 1), "")
        if not noun or len(noun) < 3 or bent(noun, known) or noun.lower() in lexicon(form.language).stop:
            return ""
        subject = _with_article(noun, known)
        common = noun.islower() and bool(form.nouns.article)
        return "" if common and subject == noun else subject  # between others with theirs it would read broken
    tagged = kinds(" ".join(("x", phrase)), form, frozenset(known.nouns))[1:]
    if form.nouns.capitals:
        names = all(kind == "N" for _, kind in tagged)
        return phrase if names and phrase in known.text and len(words) < 3 and known.text.count(phrase) > 1 else ""
    return ""


def _with_article(noun: str, known: Known) -> str:
    article, uses, with_it = known.articles.get(noun, ""), known.uses[noun], known.led[noun]
    name = noun[:1].isupper() and not known.form.nouns.capitals
    if not article or with_it * (2 if name else 3 if known.form.nouns.capitals else 8) < uses:
        return noun
    return dressed([article, noun], "", known)


def _near(a: str, b: str) -> bool:
    if a in b or b in a:
        return True
    one, two = ({word[:5] for word in re.findall(r"\w{4,}", text)} for text in (a, b))
    return bool(one & two)


def without_article(subject: str, known: Known) -> str:
    """A subject without its article."""
    first, _, rest = subject.partition(" ")
    if rest and first.lower() in known.form.nouns.article:
        return rest
    short = known.form.nouns.elided[1]
    return subject[len(short) :] if short and subject.startswith(short) else subject
