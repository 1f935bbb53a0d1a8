"""English only: the whole clauses inside a spoken sentence that is not whole itself.

Speech runs on: a start that is dropped, a good clause, another start. Where a sentence cannot be told, a clause of it
that is whole may be, as long as nothing outside the clause turns what it says: no condition, no doubt, no denial.
"""

import re
from collections.abc import Iterator

LEAST, MOST = 7, 30
"""Words of a clause worth telling."""
_TRIES = 8

# A place where a clause may begin or end: a comma or a dash with its "and", or a bare "and", "but", "so" before a
# subject.
_JOINT = re.compile(
    r"\s*(?:,(?!\d)|[;:]|—|–|\.\.\.|…| -- )\s*(?:(?:and|but|so|because|like|or|well|now|yeah|you know|i mean|"
    r"right)\b,?\s*)*"
    r"|\s(?:and|but|so|because)(?: also)?\s+(?=(?:the|a|an|you|we|they|it|there|people|this|that|i|if|"
    r"when|most|every|any ?time|nobody|no one|everybody|everyone|"
    r"\w+ (?:is|are|will|can|has|have|was|were))\b)",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"(?i)\b(?:if|unless|whether|wonder|no|not|nobody|nothing|none|neither|nor|hardly|cannot|"
    r"do not|don['’]t|didn['’]t|doesn['’]t|never|imagine|suppose|"
    r"say|says|said|ask|asks|asked|like|told|tell|"
    r"tempting|conclude|easy to|used to|thought|believed|assumed?|"
    r"pretend|wish|hope|would|could|maybe|might|until|before|than|instead|rather|even though|although|though|while)\b"
)
_FRAMED = re.compile(
    r"(?i)\b(?:i (?:do |really |also )?(?:think|believe|guess|know|feel|find|found|would say|mean)(?: that)?|"
    r"(?:thing|point|problem|idea|truth|reality|fact|key|"
    r"trick|lesson|goal|difference|frustration|mistake|advice|advantage|surprise) (?:[\w'’]+ ){0,8}?"
    r"(?:is|was)(?: that)?|it turns out(?: that)?|which means(?: that)?|"
    r"(?:has|have) (?:proven|proved|shown|demonstrated) that|"
    r"(?:i|we) (?:have |had )?(?:also |really |always |just )?(?:learned|learnt|realized|realised|noticed|discovered|"
    r"know|found out)(?: over time)? that|"
    r"(?:important|good|nice|helpful|useful|worth|key|crucial|vital) (?:to (?:remember|know|note|reali[sz]e|"
    r"recogni[sz]e|keep in mind|understand)|remembering|knowing|noting)(?: that)?|"
    r"\bwhat (?:i|we) [^,]{3,60} (?:is|was) that)\s+"
)


def pieces(text: str) -> Iterator[str]:
    """Clauses of a sentence that could stand alone, longest first, none of them the whole sentence.

    `text` has its contractions written out. What is yielded is only a candidate: whether it is whole is for the
    grammar to say.
    """
    text = text.strip(" .!")
    joints = [(found.start(), found.end()) for found in _JOINT.finditer(text)]
    starts = [0, *(end for _, end in joints), *(found.end() for found in _FRAMED.finditer(text))]
    ends = [*(start for start, _ in joints), len(text)]
    options: list[tuple[int, int, str]] = []
    for start in sorted(set(starts)):
        if start and not _free(text[:start]):
            continue
        if start and (_rowed(text[:start], text[start:]) or _VERBS.search(text[:start])):
            continue
        for end in ends:
            piece = text[start:end].strip(" ,;:—–-")
            if end <= start or (start == 0 and end == len(text)):
                continue
            size = len(piece.split())
            if LEAST <= size <= MOST and _free_end(piece, text[end:]) and not _LEANS.match(piece):
                options.append((-size, start, piece))
    seen: set[str] = set()
    for _, _, piece in sorted(options)[:_TRIES]:
        if piece not in seen:
            seen.add(piece)
            yield piece[:1].upper() + piece[1:]


_LEANS = re.compile(
    r"(?i)(?:it|they|this|that|these|those|he|she|even|albeit|though|otherwise|which|who|or|than|to|of|"
    r"i (?:think|mean|guess|know)|is|are|was|were|not|how|why|where)\b"
)


_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|whether|any ?time|every time|whenever|assuming|provided|given that|"
    r"suppose|would (?:normally|usually|mean)|by default|"
    r"for (?:the |a |your )?\w+ to)\b"
)


# "We test, check and mend": the second of a row of verbs is no order.
_VERBS = re.compile(r"(?i)\b(?:I|you|we|they|to|he|she|it|people) [a-z]+,\s*(?:and\s+)?$")


def _rowed(before: str, piece: str) -> bool:
    """Whether a clause begins with the last of a row: "far more rope, far longer masts have to come"."""
    last = before.lower().rstrip(" ,").split()[-8:]
    first = piece.lower().split()[:2]
    return before.rstrip().endswith(",") and any(last[at : at + 2] == first for at in range(len(last)))


def _free(before: str) -> bool:
    """Whether what stands before a clause leaves it as it is: no condition, and no doubt since the last joint."""
    last = re.split(r"[;—…]|\.\.\.|, (?:and|but|so) ", before.strip(" ,"))[-1]
    return not _TURNS.search(" ".join(last.split()[-9:])) and not _CONDITION.search(before)


def _free_end(piece: str, after: str) -> bool:
    """Whether a clause may stop here, and is not said anew."""
    return _ends(after) and not _corrected(piece, after)


def _corrected(piece: str, after: str) -> bool:
    """Whether what follows a dash says the end of a clause anew: "was for the rope -- the wet rope to be dried"."""
    dash = re.match(r"\s*(?:—|–|--|\.\.\.|…)\s*(?P<next>(?:[\w’'-]+ ?){1,4})", after)
    return dash is not None and piece.split()[-1].lower() in dash["next"].lower().split()


def _ends(after: str) -> bool:
    """Whether a clause may stop here: what follows adds, and does not limit; no row goes on."""
    return not _LIMITS.match(after) and not _ROW.match(after)


_ROW = re.compile(r"\s*,\s*[\w’'-]+(?:, [\w’'-]+)*,? (?:and|or) [\w’'-]+(?:[.,;]|$)")


_LIMITS = re.compile(
    r"(?i)[\s,]*(?:but|instead|rather|though|although|if|unless|except|or|than|when|until|as long as|only|not|right\?|"
    r"at least|even|and if|and when|that|of|because of|depending|assuming|provided|to)\b"
)
