"""Smaller wishes than a whole draft: other hooks, and a selection said anew. The source stays in the engine's memory,
so each pays for its own words only. Whole variants are drafts with another `variant`."""

from composer.engine.messages import Filled
from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.model import Brief
from composer.writers import manners, prompts
from composer.writers.desk import HINTS, Asked, Desk
from composer.writers.plan import harmless, ranked
from composer.writers.talk import Engine

WAYS = ("rewrite", "shorter", "sharper", "plainer")
_TRIES = 2


def hooks(engine: Engine, evidence: Evidence, brief: Brief, count: int = 3, variant: int = 0) -> tuple[str, ...]:
    """Up to `count` headlines that differ, without their closing mark.

    Fewer where the model repeats itself. Raises `WriterError` and what the engine raises.
    """
    writing = Desk(engine, evidence, brief, variant, 0)
    _open(writing, "", [f"Write {count} headlines that differ. Fill in each on one line."])
    found: list[str] = []
    for number in range(1, count + _TRIES):
        slot = writing.slot("headline", writing.board.size.headline, 8)
        filled = _run(writing.ask(f"HEADLINE {number}, unlike the others:\n", slot, "\n"))
        text, cut = writing.made(filled["headline"], manners.headline)
        known = any(manners.alike(text, other) for other in found)
        if writing.usable(text) and not cut and not known and not writing.findings(text):
            found.append(text)
        if len(found) == count:
            break
    return tuple(found)


def rewrite(
    engine: Engine, evidence: Evidence, brief: Brief, selection: str, way: str = "rewrite", variant: int = 0
) -> str:
    """A selection of the post, one line, said anew: another way, shorter, sharper or plainer.

    Numbers, quotations and names that the source does not hold are refused. Raises `WriterError` where the model
    finds nothing usable, or `way` is none of `WAYS`, and what the engine raises.
    """
    plain = " ".join(selection.split())
    if way not in WAYS or not plain:
        raise WriterError("There is nothing to rewrite.", safe="Your text is safe.")
    writing = Desk(engine, evidence, brief, variant, 0)
    most = max(24, len(plain) * 4 // 5 if way == "shorter" else len(plain) * 6 // 5)
    _open(writing, plain, [prompts.words("rewrite", way), f"The text: {harmless(plain)}"])
    for number in range(_TRIES):
        filled = _run(
            writing.ask(
                "SENTENCE:\n" if not number else "SENTENCE, another way:\n", writing.sentence("new", most), "\n"
            )
        )
        whole = plain[-1] in ".!?…。！？"
        make = (lambda said: manners.sentence(said, most, writing.language)) if whole else manners.label
        text, cut = writing.made(filled["new"], make)
        if writing.usable(text) and not cut and text != plain and _same_matter(writing, text, plain):
            return text
    raise WriterError(
        "The model found no other way to say this that the source supports.",
        safe="Your text is unchanged.",
        do="Select more of the text, or write it yourself.",
    )


def _open(writing: Desk, about: str, lines: list[str]) -> None:
    shown = writing.fitting(about)
    best = ranked(writing.evidence, shown)[:HINTS]
    before = prompts.prefix(writing.model.family, writing.evidence, shown, best)
    writing.open(before, prompts.instructions(writing.form), [*writing.asks(None)[:-1], *lines])


def _same_matter(writing: Desk, text: str, plain: str) -> bool:
    """Whether a line says what another says, as far as words can tell, and nothing the source does not hold."""
    if manners.shouted(text) and not manners.shouted(plain):
        return False
    return not writing.findings(text) and writing.proof.touches(text, plain)


def _run(asked: Asked) -> dict[str, Filled]:
    """Let a question run to its end; nobody watches its progress."""
    while True:
        try:
            next(asked)
        except StopIteration as end:
            return dict(end.value)
