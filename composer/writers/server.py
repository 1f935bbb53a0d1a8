"""A model on a server, in the place of the engine: the same plan, prompts and proof, and the same skeleton of ours.

A server fills no slots. So each unit of the writer (the head, a point, the end) is one request for a small JSON object
with the unit's fields. Not the whole post at once: a unit that comes back bad is asked for again by itself, the post
grows while it is written, and the talk before it is the same each time, so that the server finds it in its memory. Not
a field at a time either: a request costs a round trip, and label and sentence belong together. The server is asked to
hold the model to the object's form; whether or not it does, what comes is read with distrust.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from composer.engine.messages import Filled, Loaded, Piece, Reading, Slot, Text, Written
from composer.errors import WriterError

CONTEXT = 8192  # tokens, where the server does not tell
LEAST = 1500  # tokens; less holds no draft
TRIES = 3  # requests for one unit
_RESERVE = 0.9  # of the context: tokens are guessed here, not counted
_SPENT = 6.5  # letters a token; no vocabulary reaches so many with a language that has spaces
_LEAST_CHECKED = 8000  # letters; a shorter prompt fits anywhere


class CutOff(WriterError):
    """The server has read only `read` tokens, and did not say so."""

    def __init__(self, read: int, whole: int) -> None:
        self.read, self.whole = read, whole
        super().__init__(
            f"The server has read only {read:,} tokens of a source of about {whole:,}: the rest was cut off there.",
            safe="Your text is safe.",
            do="Give its model a larger context there.",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (CutOff, (self.read, self.whole))


class Line(Protocol):
    """What this needs of the line to a server; `composer.library.server_line.ServerLine` is one."""

    read: int
    cut: bool
    thinks: bool

    def answer(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        most: int,
        seed: int = 0,
        temperature: float = 0.7,
    ) -> Iterator[str | tuple[int, int]]:
        """The answer's text as it comes, and before it how far the prompt is read."""
        ...


def smaller(context: int, error: Exception) -> int:
    """The context to try after a server found a prompt too long, or cut it; 0 where a smaller one is of no use."""
    if isinstance(error, CutOff):
        room = error.read
    elif getattr(error, "kind", "") == "long":
        room = (context or CONTEXT) // 2
    else:
        return 0
    return room if LEAST <= room < (context or CONTEXT) else 0


class ServerEngine:
    """What `ModelWriter` takes for an engine. `name` is the model's; `context` in tokens, 0 where it is not known."""

    def __init__(self, line: Line, name: str, context: int) -> None:
        self._line = line
        self._number = 0
        self.notices: list[str] = []
        if not context:
            self.notices.append(
                f"The server does not tell how much its model reads at once; {CONTEXT:,} tokens are taken."
            )
        known = context or CONTEXT
        # The marks of the family are never sent: only where they stand is of use. Any with a system role will do.
        self._model = Loaded(0, name, "", "qwen2", int(known * _RESERVE), known, 0, 0, 0, rewinds=True)

    @property
    def model(self) -> Loaded | None:
        """The model on the server."""
        return self._model

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        """How many tokens each text is, guessed and rather too many: a token has about four letters of a language with
        spaces, and one of any other."""
        return tuple(_tokens(text) for text in texts)

    def write(
        self, steps: Sequence[Piece | Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[Reading | Text | Filled | Written]:
        """Have the slots filled by requests for JSON. Raises what the line raises, and WriterError where the server has
        read only a part of the source."""
        self._number += 1
        number, unit = self._number, _Unit.of(steps)
        filled: dict[str, str] = {}
        total = sum(self.count(_texts(unit.messages({}))))
        for attempt in range(TRIES):
            missing = unit.missing(filled)
            if not missing:
                break
            answer = ""
            shown: dict[str, int] = {}
            messages = unit.messages(filled, again=attempt > 0)
            most = sum(slot.max_tokens for slot in missing) + 40 * len(missing) + 60
            for piece in self._line.answer(
                messages, _schema(missing), most=most, seed=seed + attempt, temperature=temperature
            ):
                if isinstance(piece, tuple):
                    yield Reading(number, *piece)
                    continue
                if not answer:
                    yield Reading(number, total, total)
                answer += piece
                if attempt == 0:
                    yield from _grown(number, answer, missing, shown)
                if _enough(answer, missing):
                    break
            self._whole(messages)
            filled |= _accepted(answer, missing)
            if attempt == TRIES - 2:
                filled = unit.settled(filled, answer)
        for slot in unit.slots:
            text = filled.get(slot.name, "")
            # A server gives no tokens; one stands for the answer, so that the talk knows it for one.
            yield Filled(number, slot.name, text or unit.forced(slot, ""), (0,), "end" if text else "forced")
        yield Written(number, "done")

    def _whole(self, messages: Sequence[Mapping[str, str]]) -> None:
        """See that the server has read all of it: some cut a prompt that is too long, and do not say so."""
        text = "".join(_texts(messages))
        if self._line.read and len(text) > _LEAST_CHECKED and len(text) / self._line.read > _SPENT and not _wide(text):
            raise CutOff(self._line.read, _tokens(text))


@dataclass(frozen=True)
class _Unit:
    """One request of the writer: what the model knows, what is written so far, and fixed text between the slots.

    `fixed[i]` stands before slot `i`; the last of it after all.
    """

    system: str
    user: str
    said: str
    fixed: tuple[str, ...]
    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, steps: Sequence[Piece | Slot]) -> "_Unit":
        """The steps' parts: marks of the template part system, user and answer; what follows the last thing the model
        wrote is new."""
        parts: list[list[Piece]] = [[]]
        fixed, slots = [""], []
        for step in steps:
            if isinstance(step, Slot):
                slots.append(step)
                fixed.append("")
            elif slots:
                fixed[-1] += step.text
            elif step.special:
                parts.append([])
            else:
                parts[-1].append(step)
        answer = parts[3] if len(parts) > 3 else []
        ends = max((at + 1 for at, piece in enumerate(answer) if piece.tokens), default=0)
        fixed[0] = "".join(piece.text for piece in answer[ends:])
        system, user = ("".join(piece.text for piece in part) for part in (*parts[1:3], [], [])[:2])
        return cls(system, user, "".join(piece.text for piece in answer[:ends]), tuple(fixed), tuple(slots))

    def missing(self, filled: Mapping[str, str]) -> tuple[Slot, ...]:
        """The slots that are still empty, in order."""
        return tuple(slot for slot in self.slots if slot.name not in filled)

    def messages(self, filled: Mapping[str, str], *, again: bool = False) -> list[dict[str, str]]:
        """The talk, and as its end what is wanted now."""
        note, said = self._note(), self.said
        for at, slot in enumerate(self.slots):
            if slot.name in filled:
                said += f"\n{self._title(at)}:\n{filled[slot.name]}"
        asked = [note] if note else []
        if again:
            asked.append("The last answer could not be used.")
        asked.append("Answer with one JSON object and nothing else. Its fields, each a text on one line:")
        asked += [
            f'"{_key(slot)}": {self._title(at)}{_limits(slot)}'
            for at, slot in enumerate(self.slots)
            if slot.name not in filled
        ]
        wanted = "\n".join(asked)
        system = [{"role": "system", "content": self.system}]
        if not said.strip():
            return [*system, {"role": "user", "content": f"{self.user}\n\n{wanted}"}]
        return [
            *system,
            {"role": "user", "content": self.user},
            {"role": "assistant", "content": said.strip()},
            {"role": "user", "content": wanted},
        ]

    def _title(self, at: int) -> str:
        """The words by which the prompts call a slot: those of the line before it."""
        lines = self.fixed[at].strip().splitlines()
        return lines[-1].strip().rstrip(":") if lines else self.slots[at].name.upper()

    def _note(self) -> str:
        """What else is said to the model before the first slot."""
        return " ".join(line.strip() for line in self.fixed[0].strip().splitlines()[:-1])

    def settled(self, filled: dict[str, str], answer: str) -> dict[str, str]:
        """After the tries but one: a choice that is still open is made for the model, and what it wrote beside the
        wrong one is asked for again, about the one that was made."""
        for slot in self.slots:
            if slot.choices and slot.name not in filled:
                return {slot.name: self.forced(slot, str(_values(answer, (slot,)).get(_key(slot), "")))}
        return filled

    @staticmethod
    def forced(slot: Slot, said: str) -> str:
        """The choice nearest to what was said; nothing for a slot without choices."""
        if not slot.choices:
            return ""
        found = re.search(r"\d{1,6}", said)
        if found is None or not all(choice.isdigit() for choice in slot.choices):
            return slot.choices[0]
        return min(slot.choices, key=lambda choice: (abs(int(choice) - int(found.group())), int(choice)))


def _key(slot: Slot) -> str:
    return slot.name.replace(".", "_")


def _limits(slot: Slot) -> str:
    if not slot.choices:
        return f", at most {slot.max_chars} characters"
    if all(choice.isdigit() for choice in slot.choices):
        return f", one number of {_ranges([int(choice) for choice in slot.choices])}"
    return f", one of {', '.join(slot.choices)}"


def _ranges(numbers: Sequence[int]) -> str:
    """`1-4, 6, 9-12`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _schema(slots: Sequence[Slot]) -> dict[str, Any]:
    """The JSON schema of the object. Lengths are left out: servers turn them into grammars that take seconds."""
    fields: dict[str, Any] = {}
    for slot in slots:
        fields[_key(slot)] = {"type": "string", "enum": list(slot.choices)} if slot.choices else {"type": "string"}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


# ---------------------------------------------------------------------------------------------- what comes back

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_STRING = r'"((?:[^"\\]|\\.)*)'


def _values(answer: str, slots: Sequence[Slot]) -> dict[str, object]:
    """The fields of an answer, however it is wrapped: a fence, words around it, a list, an object cut off, plain lines
    in the form of the prompts, or, where one field was asked for, the bare text."""
    text = _THOUGHT.sub("", answer).strip()
    decoder = json.JSONDecoder(strict=False)
    for start in [found.start() for found in re.finditer(r"\{", text)][:8]:
        try:
            data = decoder.raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            inner = [data, *(value for value in data.values() if isinstance(value, dict))]
            best = max(inner, key=lambda one: sum(_field(one, slot) is not None for slot in slots))
            found_fields = {_key(slot): value for slot in slots if (value := _field(best, slot)) is not None}
            if found_fields:
                return found_fields
    loose: dict[str, object] = {}
    for slot in slots:
        if found := re.search(rf'"{re.escape(_key(slot))}"\s*:\s*(?:{_STRING}"|(-?\d+))', text, re.IGNORECASE):
            loose[_key(slot)] = found.group(2) or _plain(found.group(1))
        elif found := re.search(rf"^\W*{re.escape(_key(slot))}\W*:\s*(\S.*)$", text, re.IGNORECASE | re.MULTILINE):
            loose[_key(slot)] = found.group(1)
    if not loose and len(slots) == 1 and "{" not in text and len(text.splitlines()) == 1:
        loose[_key(slots[0])] = text
    return loose


def _field(data: Mapping[str, Any], slot: Slot) -> object | None:
    """A field by its key, in any case."""
    wanted = _key(slot).casefold()
    return next((value for key, value in data.items() if str(key).strip().casefold() == wanted), None)


def _plain(text: str) -> str:
    """A JSON string's letters, as far as they can be read."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text.replace('\\"', '"').replace("\\n", " ").rstrip("\\")


def _accepted(answer: str, slots: Sequence[Slot]) -> dict[str, str]:
    """What of an answer can stand, by slot."""
    values, out = _values(answer, slots), {}
    for slot in slots:
        value = values.get(_key(slot))
        if isinstance(value, list):
            value = " ".join(str(item) for item in value if isinstance(item, str | int))
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(int(value)) if float(value).is_integer() else str(value)
        if not isinstance(value, str):
            continue
        good = _choice(value, slot) if slot.choices else _fit(value, slot)
        if good:
            out[slot.name] = good
    return out


def _choice(value: str, slot: Slot) -> str:
    """The choice that was made, or nothing."""
    bare = value.strip().strip("[]()#. ")
    if bare in slot.choices:
        return bare
    numbers = re.findall(r"\d+", value)
    return numbers[0] if len(numbers) == 1 and numbers[0] in slot.choices else ""


def _fit(value: str, slot: Slot) -> str:
    """A text as the engine would have let it through: one line, no forbidden marks, not too long, few sentences."""
    text = " ".join("".join(c for c in value if c not in slot.forbid and (c.isprintable() or c.isspace())).split())
    # A mark inside a number or a word is no end; a space after it makes one.
    ends = [found.end() for found in re.finditer(r"[.!?…]+(?=\s|$)|[。！？]", text)]
    if slot.sentences and len(ends) > slot.sentences:
        text = text[: ends[slot.sentences - 1]]
    if slot.soft:
        enough = next((end for end in ends if end > slot.soft), len(text))
        text = text[:enough]
    if len(text) > slot.max_chars:
        whole = [end for end in ends if slot.max_chars // 2 <= end <= slot.max_chars]
        cut = text[: whole[-1]] if whole else text[: slot.max_chars]
        # A sentence is cut at a clause by the writer; what is none ends with a whole word.
        clean = whole or slot.soft or slot.sentences or text[slot.max_chars].isspace()
        text = cut if clean else cut.rpartition(" ")[0] or cut
    return text.strip() if any(c.isalnum() for c in text) else ""


def _grown(number: int, answer: str, slots: Sequence[Slot], shown: dict[str, int]) -> Iterator[Text]:
    """What has come of each text since the last time."""
    for slot in slots:
        if slot.choices:
            continue
        found = re.search(rf'"{re.escape(_key(slot))}"\s*:\s*{_STRING}', answer)
        if found is None:
            continue
        text = _plain(found.group(1))[: slot.max_chars]
        if len(text) > (before := shown.get(slot.name, 0)):
            shown[slot.name] = len(text)
            yield Text(number, slot.name, text[before:])


def _enough(answer: str, slots: Sequence[Slot]) -> bool:
    """Whether a model that does not end has said more than it was asked for."""
    most = 8 * sum(slot.max_chars if not slot.choices else 12 for slot in slots) + 2000
    return len(answer) > most and len(_THOUGHT.sub("", answer)) > most


# -------------------------------------------------------------------------------------------------------- counting


def _tokens(text: str) -> int:
    wide = sum(c >= "\u1100" for c in text)
    other = sum("\u0080" <= c < "\u1100" for c in text)
    return 1 + round((len(text) - wide - other) / 3.5 + other / 1.6 + wide * 1.2)


def _wide(text: str) -> bool:
    return sum(c >= "\u1100" for c in text) * 3 > len(text)


def _texts(messages: Sequence[Mapping[str, str]]) -> list[str]:
    return [message["content"] for message in messages]
