"""English only: the claims at the two ends of a post: the one that its opening leads in with, and those that close it.

Both are picked out of the source's own claims. Where none is good enough there is none.
"""

import re

from composer.post.english.claims.ranking import Claim, alike
from composer.post.english.claims.worth import turns
from composer.post.english.desk import Desk
from composer.post.english.headlines.put import past, rules, striking
from composer.post.english.sentences.sieve import unmoored
from composer.post.english.sentences.standing import idle
from composer.post.english.words.kinds import EMPTY
from composer.post.focus import terms

NEAR = 0.25
"""How near the subject a claim of a conversation must be to close a post."""
FEWEST, CENTRAL = 7, 30
"""Claims of a source of which one may stand in the opening, and how many of the best are looked through."""
LOOSE, AT_IT = 0.3, 0.3
"""What a claim of the opening that does not carry the whole scores at least, and how near to the subject it is."""
CARRIES = 0.6
"""What a claim scores, and how near to the subject it is, that a post may call the centre of its source."""
MANY, GOOD = 8, 0.3
"""Claims of a source that should have a conclusion, and what a claim scores that closes a post."""
PLAIN_NEAR, PLAIN_LATE = 0.4, 0.3
"""How near to the subject, and how late in the source, a claim without a turn stands that closes a post."""


def opening_claim(pool: list[Claim], desk: Desk) -> Claim | None:
    """The claim that the opening leads in with, of claims in order of weight; None in a thin source."""
    if len(pool) < FEWEST:
        return None
    return _lead(pool, desk) or _loose_lead(pool, desk)


def carries(claim: Claim) -> bool:
    """Whether a post may say of a claim that the whole source comes down to it."""
    said = claim.role != "speech" or not _FIRST.search(claim.text)
    general = not re.match(r"(?i)(?:if|when|with|in|at|on|for|by|about|around)\b|\d|[A-Z][a-z]+ly,? ", claim.text)
    central = claim.near >= CARRIES and claim.score >= CARRIES and claim.role == "speech"
    return said and general and (central or claim.role in ("post", "summary"))


def _lead(pool: list[Claim], desk: Desk) -> Claim | None:
    """The claim of the opening: good, near the subject, one short sentence, nobody's remark.

    Of several voices it must speak of a top keyphrase, and of more than "we": there nothing else says what counts.
    """
    short = desk.people.short
    several = desk.people.several
    subjects = " ".join(phrase.text for phrase in desk.evidence.keyphrases[:8])
    about = terms(" ".join((subjects, *(source.title or "" for source in desk.evidence.sources))), "en", EMPTY)
    # A thread opens with its author's argument, a report with what its speaker says.
    posted = any(claim.role == "post" for claim in pool)
    fitting_ones = [
        claim
        for claim in pool[:CENTRAL]
        if claim.role in (("post",) if posted else ("speech", "summary"))
        and not claim.label
        and not re.search(r"[.;] ", claim.text)
        and len(claim.text.split()) <= 24
        and (not about or claim.terms & about)
        and claim.sure
        and not (several and (_ASIDE.search(claim.text) or claim.score < 0.4))
        and not (claim.role == "speech" and (not _central(claim) or notice(claim.text, desk)))
    ]
    if not fitting_ones:
        return None
    return max(
        fitting_ones,
        key=lambda claim: (round(claim.score + 0.6 * claim.near + _by_name(claim, short), 6), claim.text),
    )


def _loose_lead(pool: list[Claim], desk: Desk) -> Claim | None:
    """Where no claim carries the whole, a good one that stands alone."""
    fitting_ones = [
        claim
        for claim in pool[:CENTRAL]
        if claim.role in ("speech", "summary", "post")
        and claim.sure
        and not claim.label
        and not re.search(r"[.;] ", claim.text)
        and 6 <= len(claim.text.split()) <= 24
        and claim.score >= LOOSE
        and claim.near >= AT_IT
        and not _ASIDE.search(claim.text)
        and not re.search(r"(?i)\b(?:it|they|them|this|those|these|he|she|here|my|i|later|ago)\b", claim.text)
        and not _CLOCK.search(claim.text)
        and not _CUT.search(claim.text)
        and not _DEED.match(claim.text)
        and not re.search(r"\b[Tt]he (?:team|speaker)\b", claim.text)
        and not notice(claim.text, desk)
        and not idle(claim.text)
        and not unmoored(claim.text)
        and (turns(claim.text) > 0 or striking(claim.text) or claim.score >= CARRIES)
    ]
    return max(fitting_ones, key=lambda claim: (round(claim.score + 0.6 * claim.near, 6), claim.text), default=None)


def _central(claim: Claim) -> bool:
    """Whether a claim carries an opening: it would be a good point itself, with a turn, and nothing trivial."""
    leans = re.search(r"(?i)\b(?:it|they|them|this|those|these|he|she|here)\b|^\d|\b(?:later|ago)\b", claim.text)
    leans = leans or _CLOCK.search(claim.text)  # what happens at an hour is a detail
    leans = leans or re.search(r"\b[Tt]he (?:team|speaker)\b", claim.text)  # what somebody did once
    leans = leans or _SUPPOSED.search(claim.text) or _CUT.search(claim.text)
    return not leans and claim.score >= 0.4 and claim.near >= 0.15 and turns(claim.text) > 0 and not idle(claim.text)


_CLOCK = re.compile(r"(?i)\b(?:half|quarter) (?:past|to)\b|o['’]clock\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b")
# What several voices say of themselves, to somebody, or by the way.
_ASIDE = re.compile(r"(?i)\b(?:we|us|our|your|you|can be|for example|probably|there (?:is|are|was))\b")
_FIRST = re.compile(r"(?i)\b(?:I|we|us|our|my|me)\b")
# What did not happen: an episode, told as if.
_SUPPOSED = re.compile(r"(?i)\b(?:could|would|should|might)(?: not| never)? have \w+(?:ed|en|t|ne|d)\b")


# An order to a listener, and a sentence that was cut behind an abbreviation.
_CUT = re.compile(r"(?i)^(?:keep|remember|note|notice|look|imagine|let)\b|\b(?:st|mr|ms|mrs|dr|vs|no)\.$")


def _by_name(claim: Claim, short: str | None) -> float:
    """In a report the one it reports on comes first; in speech a claim is stronger without "she thinks" and "we"."""
    if claim.role == "summary":
        return 0.6 if short and short in " ".join(claim.text.split()[:3]) else 0.0
    return (-0.2 if claim.named else 0.0) - (0.15 if _FIRST.search(claim.text) else 0.0)


_NOTICE = re.compile(
    r"(?i)\b(?P<what>briefings?|press|"
    r"agenda|q&a|transcripts?|recordings?|slides?|videos?|episodes?|remarks|participating|dropping by|in person|"
    r"reporters?|on background|tomorrow|tonight|next (?:time|week|month|video)|"
    r"this (?:afternoon|morning|week|evening))\b|"
    r"\b(?:this|today['’]s|our|your|next|bilateral|virtual|weekly|separate) (?:[\w-]+ ){0,2}"
    r"(?P<occasion>calls?|meetings?|sessions?|lectures?|lessons?|talks?|events?|schedule|questions?)\b"
)
_OURS_TO_DO = re.compile(
    r"(?i)\bwe (?:are|['’]re|will|have|are now)(?: now| also)? (?:be able to|be|going to|to (?:remove|look|go|do)|"
    r"expecting|planning|working|looking|launching|excited|prepared|see|get|go|talk|look|have|spend|move|start|come)\b"
)


def notice(text: str, desk: Desk) -> bool:
    """Whether a text tells of the occasion, what happens in it or next to it, and not of the subject."""
    about = " ".join(desk.subjects).lower()
    found = [(word["what"] or word["occasion"]).lower() for word in _NOTICE.finditer(text)]
    return bool(_OURS_TO_DO.search(text)) or any(word.rstrip("s") not in about for word in found)


def closing_claims(pool: list[Claim], desk: Desk) -> list[Claim]:
    """Claims that sum up or look ahead, rather from the last part of the source; at most as many as the shape closes
    with, none where none could close a post."""
    if len(pool) < 5:
        return []
    own = [claim for claim in pool if claim.role != "comment" and not claim.label and claim.sure]
    own = [claim for claim in own if not notice(claim.text, desk) and not claim.text.endswith("says the speaker.")]
    if not desk.form.opening:
        own = [claim for claim in own if not claim.text.startswith("“")] or own  # a note is the writer's own line
    if desk.people.several:
        best = [claim for claim in own if _concludes(claim)]
        best = [claim for claim in best if not re.search(r"(?i)\bfor example\b", claim.text)] or best
    else:
        best = [claim for claim in own if " also " not in claim.text and (claim.role != "speech" or _ends_talk(claim))]
    # What is said to "you" mostly rests on a condition that stood before it.
    best = [claim for claim in best if not re.match(r"Your?\b", claim.text)] or best
    best = [claim for claim in best if not _CLOCK.search(claim.text)]
    if desk.people.kind == "talk":
        # A late one that is not good enough keeps no better one from closing the post.
        best = [claim for claim in best if claim.score > GOOD]
    late = [claim for claim in best if claim.share >= 0.5] or best
    late = [claim for claim in late if claim.score > GOOD and not _long(claim)]
    chosen: list[Claim] = []
    for claim in sorted(late, key=lambda claim: (-round(_fits(claim), 6), claim.at, claim.text)):
        if len(chosen) >= (desk.form.conclusions if len(pool) >= 9 else 1):
            break
        if not any(alike(claim, other) for other in chosen):
            chosen.append(claim)
    if not chosen and len(pool) >= MANY:
        plain = [claim for claim in own if _plainly(claim)]
        chosen = sorted(plain, key=lambda claim: (-round(_fits(claim), 6), claim.at, claim.text))[:1]
    return sorted(chosen, key=lambda claim: (claim.at, claim.text))


def _long(claim: Claim) -> bool:
    return claim.text.startswith("“") and len(claim.text.split()) > 24


def _fits(claim: Claim) -> float:
    """How well a claim closes a post: late, looking ahead or summing up; no definition, no step of a way."""
    value = claim.score + 0.5 * claim.share
    if re.search(
        r"(?i)\b(?:will|future|should|must|must not|needs? to|have to|has to|cannot|never|always|only|most|"
        r"more than|rather than|not .+ but|lesson|means|end|better)\b",
        claim.text,
    ):
        value += 0.25
    if claim.role == "summary":
        value += 0.1
    value -= 0.3 if re.match(r"(?i)[“]?(?:if|when|there|for|for our|in (?!the end))\b", claim.text) else 0.0
    value -= 0.4 if _DEFINES.match(claim.text) else 0.0
    return value


# What somebody did once ends no post, unless it is what came of it all.
_DEED = re.compile(
    r"(?:(?:In|On|At|After|Last|Over) [^,]{2,40}, )?(?:[Tt]he (?:team|speaker)|[A-Z][\w’]+|We) "
    r"(?:\w+ly )?(?:had |has |have )?(?:\w{2,}ed|went|came|got|took|made|saw|met|told|said|gave|found|built|began)\b"
)
_DEFINES = re.compile(
    r"(?i)(?!there\b)(?:the |an? )?[\w-]+(?: [\w-]+){0,7} (?:is|are) "
    r"(?:just |simply |basically |technically |an example )?"
    r"(?:an?|the (?:input|output|name|set)|called|known as|defined|a (?:kind|type|sort|set|collection) of|of)\b(?! not)"
)
# Steps of a way, and what is so in one example of many.
_STEP = re.compile(
    r"(?i)^(?:so |now |then |first |next )?(?:the team\b|the speaker (?!thinks|believes|argues|expects)|notice\b|"
    r"we (?:call|might)\b|[A-Z]+ is working\b|"
    r"(?:if|when) you (?!are\b|do not\b|cannot\b|.+, you (?:should|must|need to|have to)\b)|"
    r"for (?:our|this|example)\b|(?:break|keep|remember|note|look)\b)|"
    r"\b(?:example|instance|here)\b|\b(?:a few|one of them|that one)\.$|\b(?:times|plus|minus) [a-z]\b"
)
# "That is a type of document": nothing follows from it.
_SORT = re.compile(r"(?i)\b(?:is|are) an? (?:[\w.-]+ ){0,3}(?:type|kind|sort|form|piece) of\b")


def _ends_talk(claim: Claim) -> bool:
    """Whether one speaker's claim can close a post: on the subject, with a turn, and nothing that was done once."""
    summed = re.match(r"In the end|Ultimately|Finally", claim.text)
    if claim.near < NEAR or _SORT.search(claim.text) or _DEFINES.match(claim.text):
        return False
    told = past(claim.text) and not re.search(r"\b(?:is|are|will|should|must|can|would)\b", claim.text)
    once = told or any(row.search(claim.text) for row in (_CUT, _STEP, _SUPPOSED)) or _DEED.match(claim.text)
    return bool(summed or (turns(claim.text) > 0 and not once))


def _concludes(claim: Claim) -> bool:
    """Whether what somebody in a conversation says can close a post: on the subject, a turn, nobody's own affair."""
    said = claim.text.split("”")[0].strip("“ ")
    return (
        claim.near >= NEAR
        and len(said.split()) >= 8
        and turns(said) > 0
        and not re.search(r"\b(?:I|[Mm]y|me)\b|(?i:\bone speaker\b)", said)
        and not re.match(r"(?i)(?:some(?:times|one|body)?|there|if|every single time)\b", said)
        and not re.search(r"(?i)\b(?:was|were) (?:probably|maybe)\b", said)
        and not _STEP.search(said)
        and not _CUT.search(said)
        and not unmoored(said)
    )


def _plainly(claim: Claim) -> bool:
    """Whether a claim without a turn can close a post: general, on the subject, and nothing in it leans."""
    text = claim.text
    several = text.startswith("“") or re.search(r"(?i)\b(?:I|my|me|one speaker|the speaker|the team)\b", text)
    leans = re.match(
        r"(?i)(?:it|this|that|they|these|those|some|there|you|if|when|in|at|on|the (?:first|second))\b", text
    )
    return (
        claim.score > GOOD
        and claim.near >= PLAIN_NEAR
        and claim.share >= PLAIN_LATE
        and 7 <= len(text.split()) <= 26
        and not (several or past(text) or leans or claim.named)
        and (rules(text) or striking(text))
        and not _DEED.match(text)
        and not _STEP.search(text)
        and not _SORT.search(text)
        and not _DEFINES.match(text)
        and not _CLOCK.search(text)
        and not idle(text)
        and not unmoored(text)
    )
