"""Names that the source has, but says something else of."""

from composer.post.binding import context, hits, homes, near_pull, pull
from composer.post.fact import Fact
from composer.post.ground import Called, Ground
from composer.post.names import Name
from composer.post.terms import fold, stem


def misnamed(name: Name, others: list[Name], sentence: str, start: int, label: str, ground: Ground) -> str:
    """Why a name of a sentence is not the one the source has there, or "". `start` is the sentence's offset.

    "The Elba line" where the source speaks of the Oder line, and of the Elba elsewhere. Voices are left alone: they may
    say anything anywhere.
    """
    words = {fold(word) for word in name.words}
    if any(words & {fold(part) for part in who.split()} for who in ground.speakers):
        return ""
    if sum(len(ground.called_by.get(word, ())) for word in words) > 3 * len(words) or ground.told & words:
        return ""
    mine = [place for word in name.words for place in ground.places.get(stem(word, ground.language), ())]
    if not mine:
        return ""
    here = Fact(name.start - start, name.end - start, "number", 0.0, ())
    around = context(sentence, here, [], label, ground)
    known = sum(one.telling for one in around.pulls) + around.unknown
    said = {fold(word) for other in others for word in other.words}
    best = homes(around)
    own_pull = max(pull(around, place) for place in mine)
    own_near = max(near_pull(around, place) for place in mine)
    for rival in [name for index in best for name in ground.called_in.get(index, ())]:
        if said & set(rival.words) or _voice(rival, ground):
            continue
        near = near_pull(around, rival.place)
        if near < 1.8 or hits(around, rival.place) < max(2, 0.6 * known):
            continue
        if near > 3 * own_near + 0.5 and pull(around, rival.place) > 1.5 * own_pull:
            return f"The source has {' '.join(name.words)} for something else, not for this."
    return ""


def _voice(rival: Called, ground: Ground) -> bool:
    return any(set(rival.words) & {fold(part) for part in who.split()} for who in ground.speakers)
