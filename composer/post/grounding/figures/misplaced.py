"""Whether a figure that the source has is at the wrong event, by the form in which both say it: no odds are weighed."""

from composer.post.grounding.figures.contrasted import contrasted
from composer.post.grounding.figures.former import former
from composer.post.grounding.figures.labelled import mislabelled, transposed
from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.misdated import misdated
from composer.post.grounding.figures.nouns import miscounted
from composer.post.grounding.figures.ousted import ousted
from composer.post.grounding.figures.paired import APART, unpaired
from composer.post.grounding.figures.strangers import stranger
from composer.post.grounding.figures.strayed import strayed
from composer.post.grounding.values.fact import Fact


def misplaced(fact: Fact, line: Line) -> bool:
    """Whether the source has a figure of a sentence, but not where the sentence has it; or none, but another one there.

    It stands beside another figure that the source says with another one; beside words that the source has with another
    date; it counts what the source counts by others; or the source speaks of something else wherever it has it.
    """
    if not line.where(fact):
        return ousted(fact, line) or transposed(fact, line) or unpaired(fact, line) or misdated(fact, line)
    if unpaired(fact, line) or misdated(fact, line) or mislabelled(fact, line):
        return True
    if former(fact, line) or contrasted(fact, line) or strayed(fact, line):
        return True
    # "300,000 more than a year before" is worked out, whatever else has that number.
    return not APART.match(line.text, fact.end) and (miscounted(fact, line) or stranger(fact, line))
