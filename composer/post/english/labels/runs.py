"""Labels from runs of content words, and what else a sentence offers where the grammar names nothing."""

import re

from composer.post.english.words.kinds import (
    COUNTS,
    EMPTY,
    FIGURES,
    TOKEN,
    Words,
    acts,
    article,
    closes,
    content,
    inner,
)
from composer.post.lexis import word_list

_LATE = word_list("labels_late")
_MANNER = re.compile(
    r"(?i)\b(?:(?:more|less|most|far|much|very|extremely|incredibly|still|never|always|no longer|not|too|"
    r"inherently|completely|"
    r"surprisingly|particularly|entirely|fully|highly|hardly|increasingly|strangely|radically) )(?:[a-z]+(?:able|"
    r"ible|ive|ous|ful|"
    r"less|ing|al|ant|ent|ic|ile)|\w+)\b"
)


def manners(text: str, known: Words) -> list[str]:
    """What is said of the subject, as two words: "more unpredictable", "still learning"."""
    found: list[str] = []
    for match in _MANNER.finditer(text):
        if match.group().lower().startswith(("not ", "very ")):
            continue
        last = match.group().split()[-1].lower()
        formed = re.search(r"(?:able|ible|ive|ous|ful|less|ing|ant|ic|ile)$", last) and len(last) > 5
        if (
            (formed or last in known.adjective)
            and last not in known.stop
            and not _noun_follows(text[match.end() :], known)
        ):
            found.append(match.group())
    return found


def _noun_follows(rest: str, known: Words) -> bool:
    found = re.match(r" ([\w-]+)", rest)
    return found is not None and found[1].lower() not in known.stop


_COUNTED = re.compile(
    r"(?i)\b(?:no|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|more|less|fewer|"
    r"every|\d[\d.,]*(?: (?:percent|%))?)(?: (?:percent|hundred|thousand|million|billion))?(?: more| less|"
    r" fewer)? [a-z][\w-]+(?= |[.,;]|$)"
)


def counted(text: str, known: Words) -> list[str]:
    """A figure with what it counts: "three hours", "half a loaf", "thirty percent more bread"."""
    found: list[str] = []
    for match in _COUNTED.finditer(text):
        last = match.group().split()[-1].lower()
        if last in _LATE or last in COUNTS:
            continue
        if not acts(last, known) and last not in known.stop and closes(last, known) and not last.endswith("ly"):
            following = re.match(r" ([a-z]+)", text[match.end() :])
            if following and content(following[1], known) and closes(following[1], known):
                continue
            found.append(match.group())
    return found


def clauses(text: str) -> list[str]:
    """A short clause that ends where the sentence breaks: "where work waits"."""
    found = re.findall(r"(?i)\b((?:where|why|how|when) (?:[a-z-]+ ){1,2}[a-z-]+)(?=(?: and| but| or|[,.;]))", text)
    return [
        clause for clause in found if not re.search(r"(?i)\b(?:it|they|we|you|he|she|i|that|this|is|are)\b", clause)
    ]


def phrases(text: str, known: Words) -> list[tuple[int, str, bool]]:
    """Every run of one to four content words, with its token's number and whether a word for nouns comes before."""
    tokens = TOKEN.findall(text)
    found: list[tuple[int, str, bool]] = []
    for start, token in enumerate(tokens):
        prior = tokens[start - 1].lower() if start else ""
        if not content(token, known) or token.lower() in COUNTS | FIGURES or token[0].isdigit() or prior in FIGURES:
            continue
        for end in range(start + 1, min(start + 5, len(tokens)) + 1):
            run = tokens[start:end]
            if any(not inner(item, known) and not article(run, nth) for nth, item in enumerate(run)):
                break
            if len(run) > 4 or not content(run[-1], known):
                continue
            following = tokens[end] if end < len(tokens) else ""
            ends = not following or not following[0].isalnum()
            if not closes(run[-1], known) and not (
                ends and prior in ("the", "a", "an", "of") and run[-1].lower() in known.adjective
            ):
                continue
            if sum(content(item, known) for item in run) < max(1, len(run) - 2):
                continue
            goes_on = content(following.lower(), known) and not acts(following.lower(), known)
            if goes_on and following[:1].isalpha() and len(run) < 4:
                continue  # the noun goes on: not "neural" of "neural network"
            found.append((start, " ".join(run), prior in known.before))
    return found


def score(phrase: str, start: int, preceded: bool, text: str, keyphrase: str, known: Words) -> float:
    items = phrase.split()
    low = phrase.lower()
    size = len(items)
    score = {1: -0.5, 2: 1.0, 3: 1.1, 4: 0.6}.get(size, 0.0)
    telling = [item for item in items if item.lower() not in known.small]
    # Words the source repeats are its subject; a word it uses once is what is particular here. Both help.
    score += sum(0.35 if known.count.get(item.lower(), 0) > 2 else 0.25 for item in telling) / len(telling)
    score += 0.3 * sum(len(item) > 4 for item in telling) / len(telling)
    if keyphrase and (low == keyphrase.lower() or set(low.split()) <= set(keyphrase.lower().split())):
        score += 0.5
    score += max((0.5 * weight for name, weight in known.keyphrases if name == low or name in low), default=0.0)
    if any(re.search(r"[A-Z]", item[1:]) or (item[:1].isupper() and start > 0) for item in telling):
        score += 0.4
    score += 0.35 if preceded else 0.0
    if re.match(rf"(?i)(?:the |a |an |our |your )?{re.escape(phrase)}\b", text):
        score -= 1.3  # a label that only repeats how the sentence begins says nothing more
    elif start < 3:
        score -= 0.15
    if items[-1].lower() in EMPTY or low in ("human beings", "human being", "team"):
        score -= 0.6
    if items[0].lower() in ("such", "own", "same", "other"):
        score -= 0.8
    if re.search(r"ing$", items[-1].lower()) and size == 1:
        score -= 0.1
    return score
