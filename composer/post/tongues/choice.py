"""Which claims of a source become points, which close the post, and which one opens it."""

import re
from dataclasses import replace

from composer.post.english.claims.ranking import Claim, alike
from composer.post.english.sentences.spoken import count_words
from composer.post.tongues.bench import Bench
from composer.post.tongues.nouns import named
from composer.post.tongues.told import SENTENCE

UNNAMED = 0.3
"""What a claim loses of its score as a point where nothing in it makes a label."""
FLOOR = 0.16
"""The score below which a sixth point and the ones after it are left out."""


_NAMED = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][\w-]+ [A-ZÀ-Þ][\w-]+")
_COUNTED = re.compile(r"\d|百分之|パーセント|[一二三四五六七八九十百千万两]+[个人年月天元块次倍割円度棟軒本所家戸件]")


def select(found: list[Claim], desk: Bench) -> tuple[list[Claim], list[Claim], Claim | None]:
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
        left = [claim for claim in pool if lead is None or not said(claim, lead)]
        closing = _closing(left, desk)
        if len(_points(left, closing, desk)) < 4:
            closing = []
        chosen = _points(left, closing, desk)
        for claim in [*chosen, *closing, *([lead] if lead else [])]:
            used[claim.text] = used.get(claim.text, 0) + 1
    chosen.sort(key=lambda claim: (claim.at, claim.text))
    return chosen, closing, lead


def said(claim: Claim, other: Claim) -> bool:
    """Whether two claims tell the same sentence, or say the same."""
    return alike(claim, other) or claim.at == other.at or claim.text in other.text or other.text in claim.text


def _points(pool: list[Claim], closing: list[Claim], desk: Bench) -> list[Claim]:
    fewest, most = desk.form.points[desk.brief.length]
    fewest = min(fewest, 3)
    chosen: list[Claim] = []
    homes: dict[tuple[int, int | None], int] = {}
    told: set[int] = set()
    # A claim in which nothing makes a label closes a post better than it fills a line.
    pool = [c if named(c.text, c.keyphrase, desk.known) else replace(c, score=c.score - UNNAMED) for c in pool]
    left = [claim for claim in pool if not any(said(claim, other) for other in closing)]
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
        left = [claim for claim in left if claim is not best and not said(claim, best) and not _covers(claim) & told]
    return chosen


def _covers(claim: Claim) -> set[int]:
    """The sentences a claim tells: one, or two where it has the next as well."""
    base = claim.at[0] * 1_000_000 + claim.at[1]
    return {base, base + 1} if len([part for part in SENTENCE.split(claim.text) if part]) > 1 else {base}


def _closing(pool: list[Claim], desk: Bench) -> list[Claim]:
    """Claims from the last part that look ahead or sum up; at most as many as the shape closes with. What happened once
    is a proof or an aside: what concludes holds on."""
    if len(pool) < 5:
        return []
    speech = desk.speech
    language, least = speech.language, 12 if desk.speech.unspaced else 6
    own = [claim for claim in pool if claim.role != "comment" and claim.sure and not claim.named]
    own = [claim for claim in own if count_words(claim.text, language) >= least]
    own = [claim for claim in own if not desk.speech.event.search(claim.text) and claim.score > 0.3] or own
    late = [claim for claim in own if claim.share >= 0.55] or own

    def fit(claim: Claim) -> float:
        ahead = bool(desk.speech.ahead.search(claim.text))
        value = claim.score + 0.5 * claim.share + 0.3 * ahead - 0.2 * (figures(claim.text, desk) and not ahead)
        value -= 0.4 * bool(_NAMED.search(claim.text)) * (not speech.unspaced and not speech.nouns.capitals)
        return value + 0.4 * claim.near + 0.25 * bool(desk.speech.nouns.contrast.search(claim.text))

    chosen: list[Claim] = []
    most = desk.form.conclusions if len(pool) >= 9 else 1
    for claim in sorted(late, key=lambda claim: (-round(fit(claim), 6), claim.at, claim.text)):
        if len(chosen) >= most:
            break
        if claim.score > 0.3 and not any(said(claim, other) or _covers(claim) & _covers(other) for other in chosen):
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
        and not re.search(r"[:：;；„“”«»「」\"]", claim.text)
        and len([part for part in SENTENCE.split(claim.text) if part]) == 1
        and count_words(claim.text, speech.language) <= 26
        and any(pattern.search(claim.text) for pattern in speech.strong)
    ]

    def turns(claim: Claim) -> int:
        return sum(bool(row.search(claim.text)) for row in speech.strong)

    # What begins with a time or a place tells a case, what happened once is a proof: neither carries the whole.
    fit = [claim for claim in fit if not speech.idle.search(claim.text.rstrip(".。"))]
    fit = [claim for claim in fit if not speech.event.search(claim.text)]
    fit = [
        claim
        for claim in fit
        if speech.nouns.contrast.search(claim.text) or turns(claim) > 1 + figures(claim.text, desk)
    ]

    def carries(claim: Claim) -> float:
        """What sets one thing against another carries a talk; a figure is one of its proofs."""
        value = claim.score + 0.6 * claim.near + 0.3 * bool(speech.nouns.contrast.search(claim.text))
        return value - 0.3 * figures(claim.text, desk)

    return max(fit, key=lambda claim: (round(carries(claim), 6), claim.text), default=None)


def figures(text: str, desk: Bench) -> bool:
    """Whether a claim rests on a figure."""
    numbers = desk.speech.nouns.number & set(re.findall(r"[^\W_]+", text.lower()))
    return bool(numbers or _COUNTED.search(text))
