"""A model that is played: its answers stand in a file, one for each slot, and everything it is shown is kept.

    # flow: take
    # plays: a 1B model that chats before it answers
    @@ headline
    Sure! Here is a headline:

    **Why the chair stays**
    @@ point 1 source
    4
    @@ point * sentence
    The chair was the repair.

An answer is raw: whatever stands between two `@@` lines is what the model would say there if nobody stopped it, and
goes through the same check of every token as a real model's words. `point * sentence` serves every point that has no
answer of its own, `*` every slot that has none. A slot without any answer is left empty.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from composer.engine import messages as m
from composer.engine.slots import Line, Verdict
from composer.evidence.model import Evidence
from composer.post.model import Brief, Post
from composer.writers.base import Finished
from composer.writers.model import ModelWriter
from composer.writers.redraft import hooks, rewrite

TOKEN = re.compile(r"</?\w+>| ?[^\W_]{1,8}| ?[^\w\s]|_|\s")  # about as models cut text
FIELDS = {
    name.upper(): name
    for name in ("headline", "subject", "opening", "section", "source", "label", "sentence", "conclusion", "keep")
}
Answer = Callable[[str, m.Slot], str]


@dataclass
class Asked:
    """One slot: its name here, what stood before it since the last slot, the slot, what was said and what was kept."""

    key: str
    before: str
    slot: m.Slot
    said: str = ""
    kept: str = ""


@dataclass
class Request:
    """One request to the engine: the whole text before its first slot, and its slots."""

    prompt: str
    slots: list[Asked] = field(default_factory=list)


class Player:
    """An engine that asks `answer` for every slot."""

    def __init__(self, answer: Answer, *, family: str = "qwen3", context: int = 8192) -> None:
        self.answer = answer
        self.notices: list[str] = []
        self.requests: list[Request] = []
        self.model = m.Loaded(1, "Played", family, family, context, 40_960, 0, 0, 1, True)
        self._point = ""

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        return tuple(-(-len(text) // 4) for text in texts)

    def write(
        self, steps: Sequence[m.Piece | m.Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[m.Reading | m.Text | m.Filled | m.Written]:
        first = next(at for at, step in enumerate(steps) if isinstance(step, m.Slot))
        request = Request("".join(step.text for step in steps[:first] if isinstance(step, m.Piece)))
        self.requests.append(request)
        total = max(1, len(request.prompt) // 4)
        assert total <= self.model.context, "the prompt is longer than the context"
        yield m.Reading(1, total, total)
        before, again = request.prompt, False
        for step in steps[first:]:
            if isinstance(step, m.Piece):
                before += step.text
                continue
            again = again or "\nThat does not hold" in before[-700:]
            asked = Asked(self._key(before, again), before, step)
            request.slots.append(asked)
            asked.said = self.answer(asked.key, step)
            filled = fill(step, asked.said)
            asked.kept = filled.text
            before = ""
            yield filled
        yield m.Written(1, "done")

    def _key(self, before: str, again: bool) -> str:
        last = before.rstrip("\n").rpartition("\n")[2]
        found = re.match(r"([A-Z]+)(?: (\d+))?", last)
        name, number = (FIELDS.get(found.group(1), "other"), found.group(2) or "") if found else ("other", "")
        if "characters too long. In at most" in before[-700:]:
            return "shorter"
        if name == "source":
            self._point = number
        if name in ("source", "label") or (name == "sentence" and self._point):
            return f"point {self._point} {name}" + (" again" if again else "")
        more = " again" if again or ", another way" in last else " 2" if ", one more" in last else ""
        return f"{name} {number}".strip() + more


def fill(slot: m.Slot, said: str) -> m.Filled:
    """What becomes of an answer in a slot, by the engine's own check."""
    if slot.choices:
        choice = next((word for word in re.findall(r"\d+", said) if word in slot.choices), slot.choices[0])
        return m.Filled(1, slot.name, choice, (1,), "choice")
    line, why, space = Line(slot), "end", ""
    for token in TOKEN.findall(said):
        # A token that is refused is drawn again: the next word then brings the space the refused one had.
        token = space + token if token[:1].isalnum() else token
        verdict = line.offer(token.encode("utf-8", "replace"))
        space = " " if verdict is Verdict.REJECT and token[:1] == " " else ""
        if verdict not in (Verdict.KEEP, Verdict.REJECT):
            why = verdict.value
            break
    return m.Filled(1, slot.name, line.text.strip(), tuple(range(1, 2 + len(line.text) // 4)), why)


@dataclass(frozen=True)
class Play:
    """A file of answers: the flow it belongs to, whom it plays, and the answers by slot."""

    flow: str
    plays: str
    answers: dict[str, str]

    def answer(self, key: str, slot: m.Slot) -> str:
        """The answer for a slot; "" where there is none."""
        wild = re.sub(r"\d+", "*", key)
        tries = [key, wild]
        if key.endswith(" again"):
            tries += [key.removesuffix(" again"), wild.removesuffix(" again")]
        return next((self.answers[name] for name in [*tries, "*"] if name in self.answers), "")


def parse(text: str) -> Play:
    """Read a file of answers."""
    head, *parts = re.split(r"(?m)^@@[ \t]*(.*)$\n?", text)
    facts = dict(re.findall(r"(?m)^#\s*(flow|plays):\s*(.*?)\s*$", head))
    answers = {
        " ".join(name.split()): said.removesuffix("\n") for name, said in zip(parts[::2], parts[1::2], strict=True)
    }
    return Play(facts.get("flow", "take"), facts.get("plays", ""), answers)


def parrot(evidence: Evidence) -> Answer:
    """A model that says the source's sentences one after another: it shows the prompts of a draft without faults."""
    texts = [sentence.text for sentence in evidence.sentences]
    turn = iter(range(10**6))

    def answer(key: str, slot: m.Slot) -> str:
        if slot.choices:
            return slot.choices[min(len(slot.choices) - 1, next(turn) % 7)]
        text = texts[next(turn) % len(texts)]
        return text if len(text) <= slot.max_chars else text[: slot.max_chars - 1].rpartition(" ")[0]

    return answer


def _brief(evidence: Evidence, flow: str) -> Brief:
    other = "en" if evidence.language != "en" else "de"
    return {
        "list": Brief(shape="list"),
        "parts": Brief(shape="list", length="short"),
        "dry": Brief(tone="dry", audience="people who run a small shop"),
        "language": Brief(language=other),
        "limit": Brief(shape="list", network="mastodon"),
    }.get(flow, Brief())


FLOWS = ("take", "list", "parts", "dry", "language", "limit", "hooks", "rewrite", "shorter")


# What was selected when the answers were written; the ranking of points goes on, and other words would be another play.
SELECTED = (
    "Nobody had ever asked the night nurse. She told the apprentice that they had reported the four seconds twice, on a"
    " form that goes to purchasing.",
    "I talked to the island. They do not need the late boat every day, they need it on Fridays and on Sundays.",
)


def selection(evidence: Evidence) -> str:
    """The words a rewrite is asked for: those that were played with, else the first point."""
    said = " ".join(sentence.text for sentence in evidence.sentences)
    return next((text for text in SELECTED if text in said), evidence.points[0].text)


def perform(flow: str, evidence: Evidence, player: Player) -> Post | tuple[str, ...]:
    """Run a flow: the post, or the hooks, or the selection said anew. Raises what the writer raises."""
    brief = _brief(evidence, flow)
    if flow == "hooks":
        return hooks(player, evidence, brief)
    if flow in ("rewrite", "shorter"):
        return (rewrite(player, evidence, brief, selection(evidence), flow),)
    most = 350 if flow == "parts" else 0
    last = [*ModelWriter(player, most=most).write(evidence, brief)][-1]
    assert isinstance(last, Finished)
    return last.post


def brief_of(flow: str, evidence: Evidence) -> Brief:
    """The brief a flow asks with."""
    return _brief(evidence, flow)


def load(path: Path) -> Evidence:
    """The evidence of a transcript file."""
    from composer.evidence import gather
    from composer.sources import read

    return gather([read(path)])


def shown(requests: Sequence[Request]) -> str:
    """What a model sees in a flow: the first prompt whole, then what comes after each answer."""
    out: list[str] = []
    seen = ""
    for number, request in enumerate(requests, 1):
        fresh = request.prompt[len(seen) :] if seen and request.prompt.startswith(seen) else request.prompt
        if number > 1 and fresh == request.prompt:
            out.append(f"\n\n~~~~~~~~ request {number}: a new prompt ~~~~~~~~\n")
        out.append(fresh)
        seen = request.prompt
        for at, asked in enumerate(request.slots):
            out.append(("" if at == 0 else asked.before) + _place(asked))
            seen += ("" if at == 0 else asked.before) + asked.kept
    return "".join(out) + "\n"


def _place(asked: Asked) -> str:
    slot = asked.slot
    if slot.choices:
        ask = f"a number of {slot.choices[0]} to {slot.choices[-1]}"
    else:
        ask = f"one line, at most {slot.max_chars} characters"
        ask += f", at most {slot.sentences} sentences" if slot.sentences else ""
    return f"⟨{asked.key}: {ask}⟩"
