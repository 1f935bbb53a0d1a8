"""A small source for the writer's tests, and an engine that answers by script inside this process."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from composer.engine import messages as m
from composer.engine.slots import Line, Verdict
from composer.evidence.model import Evidence, Point, Sentence
from composer.sources.model import Chapter, Segment, Transcript

SENTENCES = (
    "The harbour opens before dawn, and nine boats go out.",
    "They come home with about 40 percent of what they brought in 1998.",
    "We measured the water for eleven years.",
    "Nobody believed the first numbers, so we measured again.",
    "What changed is not the weather, it is the season.",
    "A season that starts two weeks early costs a village its school bus.",
    "You can build a bigger boat, or you can ask what else the sea can do.",
    "Mussels need no feed and no fuel.",
    "Kelp grows while you sleep, almost a hand every day.",
    "A tide turns a wheel twice a day.",
    "The question was never whether people would change.",
    "The question was who pays for the first year.",
    "The cooperative in Norlund paid 12,000 crowns to each family.",
    "Start small and write down what fails.",
    "Let the oldest skipper speak first, because he remembers.",
    "As Marit Solheim says, the sea is a slow teacher.",
)


def evidence(
    times: int = 1, *, timed: bool = True, language: str = "en", speaker: str | None = "Marit Solheim"
) -> Evidence:
    """`SENTENCES` as a talk, as often as asked; two chapters; each sentence a segment."""
    texts = SENTENCES * times
    half = len(texts) // 2
    at = [float(6 * i) if timed else None for i in range(len(texts) + 1)]
    segments = tuple(Segment(at[i], at[i + 1], speaker, text) for i, text in enumerate(texts))
    chapters = (Chapter(at[0], "What the water says", 0), Chapter(at[half], "What else the sea can do", half))
    talk = Transcript(
        "vtt", language, "The slow teacher", segments, chapters, duration=at[-1] if timed else None, kind="talk",
        context=(("speaker", speaker),) if speaker else (),
    )  # fmt: skip
    sentences = tuple(
        Sentence(text, text, 0, (i,), at[i], at[i + 1], speaker, int(i >= half)) for i, text in enumerate(texts)
    )
    points = tuple(
        Point(s.text, s.raw, 0, s.segments, 1 / (1 + i % 5), s.start, s.end, s.speaker, s.chapter,
              keyphrase=" ".join(s.text.split()[1:3]).strip(".,"), sentence=i)
        for i, s in enumerate(sentences)
    )  # fmt: skip
    best = tuple(sorted(points, key=lambda point: -point.score))
    return Evidence((talk,), language, sentences, best, chapters=(chapters,), hashtags=("#Sea", "#Harbour", "#Kelp"))


TOKEN = re.compile(r"</?\w+>| ?[^\W_]{1,8}| ?[^\w\s]|_|\s")  # about as models cut text


class Scripted:
    """An engine whose answers are given: a list by slot name (its part before a dot, or `*`), the last one for ever.

    An answer of a list is what the model says for one slot; it goes through the real check of slots. `asked` holds
    the text before each request's first slot.
    """

    def __init__(self, answers: dict[str, Any] | None = None, *, family: str = "qwen3", context: int = 8192) -> None:
        self.answers = {
            name: [given] if isinstance(given, str) else list(given) for name, given in (answers or {}).items()
        }
        self.notices: list[str] = []
        self.asked: list[str] = []
        self.slots: list[m.Slot] = []
        self.seeds: list[int] = []
        self.model = m.Loaded(1, "Scripted", "qwen3", family, context, 40_960, 0, 0, 1, True)

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        return tuple(-(-len(text) // 4) for text in texts)

    def write(
        self, steps: Sequence[m.Piece | m.Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[m.Reading | m.Text | m.Filled | m.Written]:
        self.seeds.append(seed)
        first = next(at for at, step in enumerate(steps) if isinstance(step, m.Slot))
        self.asked.append("".join(step.text for step in steps[:first] if isinstance(step, m.Piece)))
        total = len(self.asked[-1]) // 4
        assert total <= self.model.context, "the prompt is longer than the context"
        for done in (*range(128, total, 128), total):
            yield m.Reading(1, done, total)
        for step in steps[first:]:
            if isinstance(step, m.Slot):
                self.slots.append(step)
                yield from self._fill(step)
        yield m.Written(1, "done")

    def _fill(self, slot: m.Slot) -> Iterator[m.Text | m.Filled]:
        answer = self._next(slot.name)
        if slot.choices:
            yield m.Filled(1, slot.name, answer if answer in slot.choices else slot.choices[0], (1,), "choice")
            return
        line, why = Line(slot), "end"
        for token in TOKEN.findall(answer):
            if (verdict := line.offer(token.encode("utf-8", "replace"))) not in (Verdict.KEEP, Verdict.REJECT):
                why = verdict.value
                break
        yield m.Text(1, slot.name, line.text[:10])
        yield m.Filled(1, slot.name, line.text.strip(), tuple(range(1, 2 + len(line.text) // 4)), why)

    def _next(self, name: str) -> str:
        for key in (name, name.split(".")[0], "*"):
            if given := self.answers.get(key):
                return str(given.pop(0) if len(given) > 1 else given[0])
        return ""


GOOD: dict[str, list[str]] = {
    "headline": ["Who Pays for the First Year"],
    "announcing": ["Marit Solheim on what a warmer sea costs a village"],
    "opening": [
        "In her talk Marit Solheim counts what the boats bring home. It is a season that moved, not the weather."
    ],
    "title": ["What the Water Says", "What Else the Sea Can Do", "How to Begin", "One More"],
    "label": [
        "Fewer Fish",
        "Eleven Years",
        "The Bus",
        "Mussels",
        "Kelp",
        "The Tide",
        "The First Year",
        "Begin Small",
        "The Crowns",
        "A Slow Teacher",
    ],
    "sentence": [
        "The boats come home with about 40 percent of what they brought in 1998.",
        "The water was measured for eleven years before anybody believed the numbers.",
        "A season that starts two weeks early costs a village its school bus.",
        "Mussels need no feed and no fuel, so the first harvest pays for itself.",
        "Kelp grows almost a hand every day while the village sleeps.",
        "A tide turns a wheel twice a day, whatever the weather does.",
        "The question was never whether people change but who pays for the first year.",
        "What fails is written down, and the oldest skipper speaks first.",
        "The cooperative in Norlund paid 12,000 crowns to each family.",
        "The sea is a slow teacher, says Marit Solheim.",
    ],
    "conclusion": ["The sea changes slowly, and a village can learn at the same pace.", "Somebody has to pay first."],
    "shorter": ["Shorter now, and still what the source says."],
    "passage": ["2", "3", "6", "8", "9", "10", "12", "14", "13", "16"],
}

GERMAN: dict[str, list[str]] = {
    "headline": ["Wer bezahlt das erste Jahr"],
    "announcing": ["Marit Solheim darüber, was ein wärmeres Meer ein Dorf kostet"],
    "opening": ["Marit Solheim zählt, was die Boote nach Hause bringen. Nicht das Wetter ist anders, es ist die Zeit."],
    "title": ["Was das Wasser sagt", "Was das Meer noch kann", "Wie man anfängt"],
    "label": ["Weniger Fisch", "Elf Jahre", "Der Schulbus", "Muscheln", "Tang", "Die Flut", "Das erste Jahr", "Klein"],
    "sentence": [
        "Die Boote kommen mit etwa 40 Prozent von dem nach Hause, was sie 1998 noch brachten.",
        "Das Wasser wurde elf Jahre lang gemessen, bevor jemand den Zahlen glaubte.",
        "Eine Zeit, die zwei Wochen zu früh beginnt, kostet ein Dorf seinen Schulbus.",
        "Muscheln brauchen kein Futter und keinen Treibstoff, und das macht sie billig.",
        "Tang wächst jeden Tag fast eine Hand lang, während das Dorf schläft.",
        "Die Flut dreht ein Rad zweimal am Tag, was auch immer das Wetter macht.",
        "Die Frage war nie, ob sich die Menschen ändern, sondern wer das erste Jahr bezahlt.",
        "Was nicht gelingt, wird aufgeschrieben, und der älteste Fischer spricht zuerst.",
    ],
    "conclusion": [
        "Das Meer ändert sich langsam, und ein Dorf kann so schnell lernen wie das Meer.",
        "Einer zahlt zuerst.",
    ],
    "shorter": ["Kürzer und immer noch das, was die Quelle sagt."],
}
