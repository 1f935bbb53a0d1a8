"""Reading: a five-hour transcript of 80,000 words in every text family, against the fastest parser's bare parse.

Ours is the whole way from a file to a Transcript: decoding, detection, parsing, repair, folding, speakers, language.
The peer only parses. Where several peers read a family, the fastest of them in this run is the one compared with; a
peer has to find all cues. Where no other parser makes cues of a family, the peer parses the same cues written as SRT.
Rows marked `bare` stand beside those: JSON, XML and CSV as the standard library's C parsers leave them, which is before
any cue is made. They have no goal.
"""

import csv
import importlib
import io
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.harness import Row, bench, best_of, compare
from composer.sources import read

WORDS = 80_000
HOURS = 5
GOAL = 0.4

Cue = tuple[float, float, str, str]
Peer = Callable[[str], object]

STEMS = """
the of and to in that it is was for on with as they at be this have from or had by but not what all were we
when your can said there use an each which she do how their if will up other about out many then them these so
some her would make like him into time has look two more write go see number no way could people my than first
water been call who oil its now find long down day did get come made may part mill tide stone gate pond wheel
grain sack flour winter ice harbour moon river channel sluice miller bell night lantern rope sail wind silt
dredge timber oak iron hinge key
""".split()  # noqa: SIM905


def talk(words: int, seed: int = 7) -> list[Cue]:
    """Cues of about nine words (start, end, speaker, text) over a length in proportion to the words."""
    dice = random.Random(seed)
    step = HOURS * 3600 / WORDS
    cues: list[Cue] = []
    said = 0
    at = 0.0
    left = 0
    who = "Ada Quill"
    while said < words:
        n = min(dice.randint(5, 13), words - said)
        text = " ".join(dice.choices(STEMS, k=n))
        left -= n
        if left <= 0:
            who = dice.choice(("Ada Quill", "Bo Tern", "Cy Marsh"))
            left = dice.randint(40, 160)
            text = text.capitalize()
        if dice.random() < 0.4:
            text += dice.choice((".", ".", "?", ","))
        end = round(at + n * step * 0.95, 2)
        cues.append((round(at, 2), end, who, text))
        at += n * step
        said += n
    return cues


def clock(seconds: float, mark: str = ".") -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{mark}{ms % 1000:03d}"


def turns(cues: list[Cue]) -> list[tuple[float, str, str]]:
    """Neighbouring cues of one speaker as paragraphs."""
    out: list[tuple[float, str, str]] = []
    for start, _, who, text in cues:
        if out and out[-1][1] == who and len(out[-1][2]) < 900:
            out[-1] = (out[-1][0], who, f"{out[-1][2]} {text}")
        else:
            out.append((start, who, text))
    return out


def srt(cues: list[Cue]) -> str:
    return "\n".join(f"{n}\n{clock(a, ',')} --> {clock(b, ',')}\n{t}\n" for n, (a, b, _, t) in enumerate(cues, 1))


def vtt(cues: list[Cue]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{clock(a)} --> {clock(b)}\n<v {w}>{t}</v>\n" for a, b, w, t in cues)


def zoom(cues: list[Cue]) -> str:
    rows = (f"{n}\n{clock(a)} --> {clock(b)}\n{w}: {t}\n" for n, (a, b, w, t) in enumerate(cues, 1))
    return "WEBVTT\n\n" + "\n".join(rows)


def rolling(cues: list[Cue]) -> str:
    rows = []
    before = " "
    for a, b, _, t in cues:
        first, _, rest = t.partition(" ")
        tagged = first + "".join(f"<{clock(a)}><c> {word}</c>" for word in rest.split())
        rows.append(f"{clock(a)} --> {clock(b - 0.01)} align:start position:0%\n{before}\n{tagged}\n")
        rows.append(f"{clock(b - 0.01)} --> {clock(b)} align:start position:0%\n{t}\n \n")
        before = t
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(rows)


def sbv(cues: list[Cue]) -> str:
    return "\n".join(f"{clock(a)[1:]},{clock(b)[1:]}\n{t}\n" for a, b, _, t in cues)


def ttml(cues: list[Cue]) -> str:
    rows = "\n".join(f'<p begin="{clock(a)}" end="{clock(b)}">{t}</p>' for a, b, _, t in cues)
    return f'<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body><div>\n{rows}\n</div></body></tt>'


def srv3(cues: list[Cue]) -> str:
    rows = "\n".join(f'<p t="{round(a * 1000)}" d="{round((b - a) * 1000)}">{t}</p>' for a, b, _, t in cues)
    return f'<?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><body>\n{rows}\n</body></timedtext>'


def ass(cues: list[Cue]) -> str:
    head = "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n"
    form = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    return (
        head
        + form
        + "\n".join(f"Dialogue: 0,{clock(a)[1:-1]},{clock(b)[1:-1]},Default,{w},0,0,0,,{t}" for a, b, w, t in cues)
    )


def console(cues: list[Cue]) -> str:
    head = "whisper_init_from_file: loading model from 'models/ggml-base.bin'\n\n"
    return head + "\n".join(f"[{clock(a)} --> {clock(b)}]   {t}" for a, b, _, t in cues)


def brackets(cues: list[Cue]) -> str:
    return "\n".join(f"[{a:.2f} --> {b:.2f}]  {t}" for a, b, _, t in cues)


def whisper_json(cues: list[Cue]) -> str:
    """As openai-whisper writes it, with tokens and figures for each segment."""
    rows = [
        {"id": n, "seek": n // 6 * 3000, "start": a, "end": b, "text": f" {t}", "tokens": list(range(50_000, 50_012)),
         "temperature": 0.0, "avg_logprob": -0.21384, "compression_ratio": 1.6181, "no_speech_prob": 0.0123}
        for n, (a, b, _, t) in enumerate(cues)
    ]  # fmt: skip
    return json.dumps({"text": " ".join(t for *_, t in cues), "segments": rows, "language": "en"})


def whisper_words(cues: list[Cue]) -> str:
    """As WhisperX and faster-whisper write it, with a time for every word."""
    rows = []
    for a, b, w, t in cues:
        words = t.split()
        step = (b - a) / len(words)
        timed = [{"word": x, "start": round(a + i * step, 3), "end": round(a + (i + 1) * step, 3), "score": 0.871}
                 for i, x in enumerate(words)]  # fmt: skip
        rows.append({"start": a, "end": b, "text": f" {t}", "words": timed, "speaker": w})
    return json.dumps({"segments": rows, "language": "en"})


def whisper_cpp_json(cues: list[Cue]) -> str:
    rows = [
        {"timestamps": {"from": clock(a, ","), "to": clock(b, ",")},
         "offsets": {"from": round(a * 1000), "to": round(b * 1000)}, "text": f" {t}"}
        for a, b, _, t in cues
    ]  # fmt: skip
    return json.dumps({"systeminfo": "", "result": {"language": "en"}, "transcription": rows}, indent="\t")


def podcast_json(cues: list[Cue]) -> str:
    rows = [{"speaker": w, "startTime": a, "endTime": b, "body": t} for a, b, w, t in cues]
    return json.dumps({"version": "1.0.0", "segments": rows})


def json3(cues: list[Cue]) -> str:
    rows = [
        {"tStartMs": round(a * 1000), "dDurationMs": round((b - a) * 1000), "segs": [{"utf8": t}]}
        for a, b, _, t in cues
    ]
    return json.dumps({"wireMagic": "pb3", "events": rows})


def google_json(cues: list[Cue]) -> str:
    rows = []
    for start, who, text in turns(cues):
        del who
        words = [{"startTime": f"{start + i * 0.2:.3f}s", "endTime": f"{start + i * 0.2 + 0.2:.3f}s", "word": x}
                 for i, x in enumerate(text.split())]  # fmt: skip
        rows.append(
            {"alternatives": [{"transcript": text, "confidence": 0.91, "words": words}], "languageCode": "en-us"}
        )
    return json.dumps({"results": rows}, indent=2)


def tsv(cues: list[Cue]) -> str:
    return "start\tend\ttext\n" + "\n".join(f"{round(a * 1000)}\t{round(b * 1000)}\t{t}" for a, b, _, t in cues)


def otter(cues: list[Cue]) -> str:
    return "\n".join(f"{w}  {clock(a)[:8]}  \n{t}\n" for a, w, t in turns(cues)) + "\nTranscribed by https://otter.ai\n"


def bold(cues: list[Cue]) -> str:
    return "\n".join(f"**{w}:** {t}\n" for _, w, t in turns(cues))


def yt2doc(cues: list[Cue]) -> str:
    parts = ["# Harbour lectures\n", "https://example.org/watch\n"]
    for n, (_, _, text) in enumerate(turns(cues)):
        if n % 12 == 0:
            parts.append(f"## Part {n // 12 + 1} of the lecture\n")
        parts.append(text + "\n")
    return "\n".join(parts)


def plain(cues: list[Cue]) -> str:
    return "\n\n".join(text for _, _, text in turns(cues))


def module(name: str) -> object | None:
    """A peer's module, or None where the group `bench` is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def subtitle_peers(form: str) -> dict[str, Peer]:
    """The parsers that read a subtitle format, by name."""
    import pysubs2

    peers: dict[str, Peer] = {"pysubs2": lambda text: pysubs2.SSAFile.from_string(text, format_=form)}
    srt_module, webvtt = module("srt"), module("webvtt")
    if form == "srt" and srt_module:
        peers["srt"] = lambda text: list(srt_module.parse(text))  # type: ignore[attr-defined]
    if form in ("srt", "vtt", "sbv") and webvtt:
        reader = webvtt.WebVTT  # type: ignore[attr-defined]
        peers["webvtt-py"] = lambda text: reader.from_buffer(io.StringIO(text), form)
    if form == "sbv":
        del peers["pysubs2"]
    return peers


def whisper_peers() -> dict[str, Peer]:
    import pysubs2

    return {"json + pysubs2": lambda text: pysubs2.load_from_whisper(json.loads(text))}


def markdown_peers() -> dict[str, Peer]:
    from markdown_it import MarkdownIt

    return {"markdown-it-py": MarkdownIt().parse}


def nobody() -> dict[str, Peer]:
    return {}


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


BARE: dict[str, tuple[str, Peer]] = {
    "json": ("json.loads", json.loads),
    "json3": ("json.loads", json.loads),
    "ttml": ("ElementTree", ElementTree.fromstring),
    "srv3": ("ElementTree", ElementTree.fromstring),
    "tsv": ("csv.reader", rows_of),
}

FAMILIES: dict[str, tuple[Callable[[list[Cue]], str], str, Callable[[], dict[str, Peer]]]] = {
    "srt": (srt, "srt", lambda: subtitle_peers("srt")),
    "vtt": (vtt, "vtt", lambda: subtitle_peers("vtt")),
    "vtt zoom": (zoom, "vtt", lambda: subtitle_peers("vtt")),
    "vtt rolling": (rolling, "vtt", lambda: subtitle_peers("vtt")),
    "sbv": (sbv, "sbv", lambda: subtitle_peers("sbv")),
    "ass": (ass, "ass", lambda: subtitle_peers("ass")),
    "ttml": (ttml, "ttml", lambda: subtitle_peers("ttml")),
    "srv3": (srv3, "srv3", nobody),
    "json3": (json3, "json3", nobody),
    "whisper json": (whisper_json, "json", whisper_peers),
    "whisper json with words": (whisper_words, "json", whisper_peers),
    "whisper.cpp json": (whisper_cpp_json, "json", nobody),
    "podcast json": (podcast_json, "json", nobody),
    "google json": (google_json, "json", nobody),
    "whisper tsv": (tsv, "tsv", nobody),
    "whisper.cpp console": (console, "txt", nobody),
    "seconds in brackets": (brackets, "txt", nobody),
    "otter": (otter, "txt", markdown_peers),
    "bold turns": (bold, "md", markdown_peers),
    "yt2doc": (yt2doc, "md", markdown_peers),
    "plain text": (plain, "txt", markdown_peers),
}


@bench("sources")
def sources() -> Iterator[Row]:
    """For each family a row against its peer, one against the bare C parser where there is one, and its growth."""
    cues = talk(WORDS)
    small, large = talk(WORDS // 4), talk(WORDS * 2)
    same = srt(cues)
    with tempfile.TemporaryDirectory() as folder:
        for name, (write, suffix, find_peers) in FAMILIES.items():
            path = Path(folder) / f"talk.{suffix}"
            text = write(cues)
            path.write_text(text, encoding="utf-8")
            assert read(path).segments, name
            label, peer = fastest(find_peers(), text, len(cues))
            if peer is None:
                label, peer = fastest(subtitle_peers("srt"), same, len(cues))
                label, text, bare = f"{label}, same cues as SRT", same, text
            else:
                bare = text
            if peer is None:
                yield Row.skipped(f"read {name}", "no peer installed")
                continue
            ours, theirs = compare(lambda path=path: read(path), lambda peer=peer, text=text: peer(text), repeat=7)
            yield Row.ratio_of(f"read {name}, 80,000 words", ours, theirs, peer=label, goal=GOAL)
            if suffix in BARE:
                label, peer = BARE[suffix]
                theirs = best_of(lambda peer=peer, text=bare: peer(text), repeat=5)
                yield Row.ratio_of(f"read {name}, bare", ours, theirs, peer=label)
            yield growth(name, write, path, small, large)


def fastest(peers: dict[str, Peer], text: str, cues: int) -> tuple[str, Peer | None]:
    """The peer that parses `text` in the least time; one that fails on it or loses half of it is none."""
    tried: list[tuple[float, str]] = []
    for label, peer in peers.items():
        try:
            found = peer(text)
        except Exception:  # a peer that cannot read the family
            continue
        if label != "markdown-it-py" and len(found) < cues / 2:  # type: ignore[arg-type]
            continue
        tried.append((best_of(lambda peer=peer: peer(text)), label))
    return (min(tried)[1], peers[min(tried)[1]]) if tried else ("", None)


def worked(path: Path) -> float:
    """Processor seconds of reading a file."""
    begin = time.process_time()
    read(path)
    return time.process_time() - begin


def growth(name: str, write: Callable[[list[Cue]], str], path: Path, small: list[Cue], large: list[Cue]) -> Row:
    """How much longer eight times the words take: 8 is linear, 64 would be quadratic.

    The two are read in turn and the least processor times compared: what else the machine does weighs little.
    """
    other = path.with_stem("small")
    path.write_text(write(large), encoding="utf-8")
    other.write_text(write(small), encoding="utf-8")
    long, short = [], []
    for _ in range(6):
        long.append(worked(path))
        short.append(worked(other))
    return Row.at_most(f"read {name}, 8 times the words", min(long) / min(short), "times", 12.0)
