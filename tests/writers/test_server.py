"""The writer on a server: the skeleton, the proof and the limit are ours, whatever comes back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from composer.engine.messages import Filled, Piece, Reading, Slot, Text
from composer.errors import WriterError
from composer.post.layout import lay
from composer.post.model import Brief, Finished, Partial
from composer.text.networks import measure
from composer.writers.model import ModelWriter
from composer.writers.redraft import hooks, rewrite
from composer.writers.server import CONTEXT, ServerEngine
from tests.writers.harbour import SENTENCES, evidence

WANTED = re.compile(r'^"(\w+)": (.+)$', re.MULTILINE)


class Scripted:
    """A line whose answers are made by `make`, from the messages; `asked` keeps those."""

    def __init__(self, make: Any, read: int = 0) -> None:
        self.make, self.read, self.cut, self.thinks = make, read, False, False
        self.asked: list[Sequence[Mapping[str, str]]] = []
        self.schemas: list[Mapping[str, Any]] = []

    def answer(self, messages, schema, *, most, seed=0, temperature=0.7) -> Iterator[str | tuple[int, int]]:
        self.asked.append(messages)
        self.schemas.append(schema)
        made = self.make(self, messages)
        text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
        yield 10, 20
        for at in range(0, len(text), 9):
            yield text[at : at + 9]


def good(_line: Scripted, messages: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What a well-behaved model says: words of the passage it chose."""
    shown = dict(re.findall(r"^\[(\d+)\] (?:Marit Solheim: )?(.+)$", messages[1]["content"], re.MULTILINE))
    chosen = re.findall(r"SOURCE \d+:\n(\d+)", messages[2]["content"]) if len(messages) > 2 else []
    out: dict[str, str] = {}
    for name, about in WANTED.findall(messages[-1]["content"]):
        if found := re.search(r"one number of (\d+)", about):
            out[name] = found.group(1)
        else:
            words = shown.get(out.get("passage", chosen[-1] if chosen else "1"), "The harbour opens before dawn.")
            long = name in ("sentence", "opening") or "conclusion" in name
            out[name] = words if long else " ".join(words.split()[:4])
    return out


def draft(make: Any, brief: Brief | None = None, *, context: int = 32_000, times: int = 1, variant: int = 0):
    line = Scripted(make)
    events = list(ModelWriter(ServerEngine(line, "m", context)).write(evidence(times), brief or Brief(), variant))
    assert isinstance(events[-1], Finished)
    return line, events, events[-1].post


@pytest.mark.parametrize("shape", ["take", "list"])
def test_a_post_of_our_shape_from_small_requests(shape: str) -> None:
    line, events, post = draft(good, Brief(shape=shape))
    assert post.shape == shape
    assert len(post.points) >= 3
    assert all(point.trace.segments for point in post.points)
    assert any(isinstance(event, Partial) for event in events)
    assert max(use.used - use.limit for use in measure(lay(post).text, "linkedin")) <= 0
    assert not any("server" in notice for notice in post.notices)
    # The source stands in front and stays the same, so that a server finds it in its memory.
    firsts = {(messages[0]["content"], messages[1]["content"]) for messages in line.asked[1:]}
    assert len(firsts) == 1
    assert line.asked[0][1]["content"].startswith(next(iter(firsts))[1])
    assert [message["role"] for message in line.asked[-1]] == ["system", "user", "assistant", "user"]
    # No control tokens of any family go out.
    assert "<|" not in json.dumps([*line.asked])


def test_what_the_source_does_not_hold_is_asked_again_and_said() -> None:
    def lies(line: Scripted, messages: Sequence[Mapping[str, str]]) -> dict[str, str]:
        out = good(line, messages)
        if "sentence" in out:
            out["sentence"] = "Exactly 77 percent of the boats sank in 2031."
        return out

    line, _, post = draft(lies)
    assert any("77" in notice for notice in post.notices)
    assert any("That does not hold" in messages[-1]["content"] for messages in line.asked)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: f"```json\n{text}\n```",
        lambda text: f"Sure! Here it is:\n{text}\nLet me know {{if}} you want more.",
        lambda text: f"<think>First {{try}} \"label\": \"no\"</think>\n{text}",
        lambda text: json.dumps({"answer": json.loads(text)}),
        lambda text: text[:-1],  # the last brace is missing
        lambda text: text.replace(", ", ",\n  "),
        lambda text: "\n".join(f"{name}: {value}" for name, value in json.loads(text).items()),
    ],
)  # fmt: skip
def test_the_object_is_found_in_what_models_put_around_it(wrap: Any) -> None:
    _, _, post = draft(lambda line, messages: wrap(json.dumps(good(line, messages))))
    assert len(post.points) >= 3
    assert not [notice for notice in post.notices if "left" in notice]
    said = " ".join(SENTENCES)
    assert all(point.text.rstrip(".") in said for point in post.points)


@pytest.mark.parametrize(
    "answer",
    ["", "no", "{", "{}", "null", "[1, 2]", '{"headline": null}', '{"sentence": {"a": 1}}', "{" * 5000,
     '{"passage": "999999999999999999999", "label": [], "sentence": 7.5}', "I cannot help with that.", "\x00\x1b[2J",
     '{"label": "‮‮‮", "sentence": "\ud83d"}'],
)  # fmt: skip
def test_babble_ends_in_the_sources_own_words(answer: str) -> None:
    line, _, post = draft(lambda *_: answer)
    text = lay(post).text
    assert len(post.points) >= 3
    assert any("empty or unusable" in notice for notice in post.notices)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
    assert len(line.asked) < 120


def test_a_taken_passage_is_chosen_for_the_model_and_then_written_about() -> None:
    def stubborn(line: Scripted, messages: Sequence[Mapping[str, str]]) -> dict[str, str]:
        out = good(line, messages)
        if "passage" in out:
            out["passage"] = "1"
        return out

    line, _, post = draft(stubborn)
    traces = [point.trace.segments for point in post.points]
    assert len(set(traces)) == len(traces)
    settled = [m for m in line.asked if '"label"' in m[-1]["content"] and '"passage"' not in m[-1]["content"]]
    assert settled
    assert all(re.search(r"SOURCE \d+:\n\d+", messages[2]["content"]) for messages in settled)


def test_numbers_of_passages_in_any_form() -> None:
    forms = iter([2, "[3]", "passage 4", "5.", 6.0, "#7"] * 10)

    def any_form(line: Scripted, messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        out: dict[str, Any] = good(line, messages)
        if "passage" in out:
            out["passage"] = next(forms)
        return out

    line, _, _ = draft(any_form)
    passage = [m for m in line.asked if '"passage"' in m[-1]["content"]]
    assert not any("could not be used" in m[-1]["content"] for m in passage[:6])


def test_a_source_that_does_not_fit_is_read_by_parts() -> None:
    line, _, post = draft(good, context=3000, times=12)
    assert any("parts" in notice for notice in post.notices)
    assert len(post.points) >= 3
    longest = max(sum(len(m["content"]) for m in messages) for messages in line.asked)
    assert longest / 4 < 3000


def test_a_prompt_that_the_server_cut_is_noticed() -> None:
    line = Scripted(good, read=500)
    with pytest.raises(WriterError, match=r"has read only 500 tokens of a source of about [\d,]+"):
        list(ModelWriter(ServerEngine(line, "m", 60_000)).write(evidence(20), Brief()))


def test_an_unknown_context_is_said() -> None:
    engine = ServerEngine(Scripted(good), "m", 0)
    assert engine.model is not None
    assert engine.model.context < engine.model.trained == CONTEXT
    post = list(ModelWriter(engine).write(evidence(), Brief()))[-1].post  # type: ignore[union-attr]
    assert any("does not tell" in notice for notice in post.notices)


def test_hooks_and_rewrites() -> None:
    heads = iter(["Nine boats go out", "Who pays for the first year", "The sea is slow", "Again", "Again"])
    engine = ServerEngine(Scripted(lambda *_: {"headline": next(heads)}), "m", 32_000)
    assert hooks(engine, evidence(), Brief()) == ("Nine boats go out", "Who pays for the first year", "The sea is slow")
    engine = ServerEngine(Scripted(lambda *_: {"new": "Nine boats leave before dawn."}), "m", 32_000)
    before = "The harbour opens before dawn, and nine boats go out."
    assert rewrite(engine, evidence(), Brief(), before, "shorter") == "Nine boats leave before dawn."


def test_slots_are_kept_in_their_bounds() -> None:
    steps = [
        Piece("S", special=True), Piece("be brief"), Piece("U", special=True), Piece("the source"),
        Piece("A", special=True), Piece("HEADLINE:\n"), Slot("headline", max_chars=20, forbid="*#"),
        Piece("\nSENTENCE:\n"), Slot("sentence.0", max_chars=60, soft=20, sentences=2), Piece("\n"),
    ]  # fmt: skip
    made = {"HEADLINE": "**A *very* long headline that goes on**", "sentence_0": "One is long enough here. Two. Three."}
    line = Scripted(lambda *_: made)
    events = list(ServerEngine(line, "m", 9000).write(steps))
    filled = {event.slot: event for event in events if isinstance(event, Filled)}
    assert filled["headline"].text == "A very long headline"
    assert filled["sentence.0"].text == "One is long enough here."
    assert all(event.tokens for event in filled.values())
    assert isinstance(events[0], Reading)
    shown = "".join(event.text for event in events if isinstance(event, Text) and event.slot == "sentence.0")
    assert shown == "One is long enough here. Two. Three."
    assert line.asked == [
        [
            {"role": "system", "content": "be brief"},
            {
                "role": "user",
                "content": "the source\n\nAnswer with one JSON object and nothing else. Its fields, each a text on one "
                'line:\n"headline": HEADLINE, at most 20 characters\n"sentence_0": SENTENCE, at most 60 characters',
            },
        ]
    ]
    assert line.schemas[0]["required"] == ["headline", "sentence_0"]


def test_tokens_are_rather_overcounted() -> None:
    engine = ServerEngine(Scripted(good), "m", 9000)
    # Counts of a common vocabulary: 10, 11 and 12 tokens.
    texts = (
        "The harbour opens before dawn, and nine boats.",
        "Größere Fische über Bord werfen",
        "今日は海がとても静かです",
    )
    told = engine.count(texts)
    assert [count >= least for count, least in zip(told, (10, 11, 9), strict=True)] == [True] * 3
    assert engine.count(("",)) == (1,)
