"""The command line's contract: verbs, JSON shapes, exit codes, one clear line for what fails."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from composer import cli, paths
from composer.post.layout import lay  # noqa: F401  the room must import without the session

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = str(paths.sample())

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process with a home of its own: (exit code, stdout, stderr)."""

    def go(*words: str, stdin: str | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        code = cli.main(["--home", str(tmp_path / "home"), *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return go


def parsed(run: Run, *words: str, stdin: str | None = None) -> Any:
    code, out, err = run(*words, "--json", stdin=stdin)
    assert code == 0, err
    return json.loads(out)


def test_read(run: Run) -> None:
    data = parsed(run, "read", SAMPLE)
    assert list(data) == ["format", "language", "title", "duration", "segments", "chapters", "notices"]
    assert (data["format"], data["language"]) == ("vtt", "en")
    assert set(data["segments"][0]) == {"start", "end", "speaker", "text"}
    assert data["segments"][0]["start"] == 1.5
    assert {segment["speaker"] for segment in data["segments"]} == {"Host", "Baker"}
    code, out, _ = run("read", SAMPLE)
    assert code == 0
    assert "Host, Baker" in out


def test_points(run: Run) -> None:
    data = parsed(run, "points", SAMPLE, "-n", "5")
    assert len(data) == 5
    segments = parsed(run, "read", SAMPLE)["segments"]
    for point in data:
        assert set(point) == {"text", "raw", "start", "end", "segments", "score"}
        said = " ".join(segments[index]["text"] for index in point["segments"])
        assert point["raw"].split()[0] in said
        assert point["start"] == segments[point["segments"][0]]["start"]
    words = sum(len(point["text"].split()) for point in parsed(run, "points", SAMPLE, "--words", "80"))
    assert 40 <= words <= 110


def test_hashtags_of_a_file_and_of_standard_input(run: Run) -> None:
    for tags in (parsed(run, "hashtags", SAMPLE), parsed(run, "hashtags", "-", stdin="Bakeries and #Bread in 2026")):
        assert 0 < len(tags) <= 8
        assert all(tag.startswith("#") for tag in tags)
    assert len(parsed(run, "hashtags", SAMPLE, "-n", "2")) == 2


@pytest.mark.parametrize("shape", ["take", "list"])
def test_draft(run: Run, shape: str) -> None:
    data = parsed(run, "draft", SAMPLE, "--shape", shape)
    assert set(data) == {
        "text", "plain", "shape", "writer", "network", "count", "limit", "hashtags", "sources", "points", "notices",
    }  # fmt: skip
    assert (data["shape"], data["writer"], data["network"], data["limit"]) == (shape, "builtin", "linkedin", 3000)
    assert data["count"] == len(data["text"].encode("utf-16-le")) // 2 <= 3000
    assert [set(source) for source in data["sources"]] == [{"id", "title", "path"}]
    count = len(parsed(run, "read", SAMPLE)["segments"])
    assert 3 <= len(data["points"]) <= 15
    for point in data["points"]:
        assert set(point) == {"text", "source", "start", "segments"}
        assert point["segments"]
        assert all(0 <= index < count for index in point["segments"])
        assert point["text"] in data["plain"]
    assert all(tag in data["text"] for tag in data["hashtags"])


def test_draft_prints_the_post_and_keeps_it(run: Run) -> None:
    code, out, err = run("draft", SAMPLE)
    assert code == 0
    assert "Saved as draft" in err
    name = err.rsplit("draft ", 1)[1].strip(" .\n")
    assert run("drafts", "show", name)[1] == out
    rows = parsed(run, "drafts", "list")
    assert [set(row) for row in rows] == [{"id", "title", "updated", "shape", "state"}]
    assert parsed(run, "drafts", "search", "bakery") == rows
    assert parsed(run, "drafts", "search", "no such words") == []


def test_drafts_are_exported_and_never_overwritten(run: Run, tmp_path: Path) -> None:
    run("draft", SAMPLE)
    (written,) = parsed(run, "drafts", "export", str(tmp_path / "out"))
    assert Path(written).read_text("utf-8").strip()
    code, _, err = run("drafts", "export", str(tmp_path / "out"))
    assert code == 1
    assert "nothing was overwritten" in err


def test_several_sources_in_one_draft(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "A ferry that waits for one late car makes two hundred people late. "
        "Punctuality is a promise to those who are already on board. "
        "The harbour at Tarn measured this for nine months and moved the last sailing by 12 minutes.",
        "utf-8",
    )
    data = parsed(run, "draft", SAMPLE, str(other))
    assert [source["path"] for source in data["sources"]] == [SAMPLE, str(other)]
    assert {point["source"] for point in data["points"]} <= {0, 1}


def test_the_same_file_gives_the_same_post(run: Run) -> None:
    assert parsed(run, "draft", SAMPLE) == parsed(run, "draft", SAMPLE)


def test_style_and_unstyle(run: Run) -> None:
    assert run("style", "sans_bold", "This")[1] == "𝗧𝗵𝗶𝘀\n"
    assert parsed(run, "style", "sans_bold", "This") == {"text": "𝗧𝗵𝗶𝘀", "count": 8}
    assert run("unstyle", "𝗧𝗵𝗶𝘀")[1] == "This\n"
    assert run("style", "sans_bold", stdin="Th\nis")[1] == "𝗧𝗵\n𝗶𝘀"
    code, _, err = run("style", "comic", "x")
    assert code == 2
    assert "sans_bold" in err


def test_check(run: Run, tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_text("The second oven sold 77 percent more bread.\n\n#2026 #Bread\n", "utf-8")
    data = parsed(run, "check", str(post), "--against", SAMPLE)
    assert set(data) == {"problems", "count", "limit"}
    for problem in data["problems"]:
        assert set(problem) == {"line", "start", "end", "kind", "severity", "why", "fix", "segments", "seconds"}
    assert any(problem["line"] == 1 and problem["kind"] in ("percent", "number") for problem in data["problems"])


def test_prompts_are_changed_and_taken_back(run: Run, tmp_path: Path) -> None:
    names = [row["name"] for row in parsed(run, "prompts", "list")]
    _, ours, _ = run("prompts", "show", "system.txt")
    own = tmp_path / "own.txt"
    own.write_text(ours + "Write no more than one idea in a sentence.\n", "utf-8")
    assert run("prompts", "edit", "system.txt", str(own))[0] == 0
    assert [row["name"] for row in parsed(run, "prompts") if row["changed"]] == ["system.txt"]
    assert "one idea in a sentence" in run("prompts", "show", "system.txt")[1]
    assert run("prompts", "show", "system.txt", "--original")[1] == ours
    assert run("prompts", "reset", "system.txt")[0] == 0
    assert run("prompts", "show", "system.txt")[1] == ours
    for name in names:
        assert run("prompts", "edit", name, "-", stdin=" ")[0] == 1, "an empty prompt changes nothing"
    assert run("prompts", "reset", "--all")[0] == 0
    assert not any(row["changed"] for row in parsed(run, "prompts"))
    assert run("prompts", "reset")[0] == 2
    assert run("prompts", "show", "nothing.txt")[0] == 1


def test_options_go_before_and_after_the_verb(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--json", "drafts", "list", "--home", str(tmp_path / "a")]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert cli.main(["drafts", "list", "--json", "--home", str(tmp_path / "a")]) == 0
    assert cli.main(["--home", str(tmp_path / "a"), "drafts", "--json"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["draft"],
        ["draft", SAMPLE, "--shape", "round"],
        ["draft", SAMPLE, "--writer", "ghost"],
        ["draft", SAMPLE, "--tone", "warm"],
        ["draft", SAMPLE, "--network", "myspace"],
        ["points", SAMPLE, "-n", "-3"],
        ["points", SAMPLE, "-n", "2", "--words", "5"],
        ["drafts", "burn"],
    ],
)
def test_usage_is_exit_code_2_and_one_line(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert err.startswith("post-composer: ")
    assert err.count("\n") == 1


def test_expected_failures_are_exit_code_1_and_one_line(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.vtt"
    empty.touch()
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x20ftypisom" + bytes(2000))
    lie = tmp_path / "model.gguf"
    lie.write_bytes(b"not a model")
    for words in (
        ["read", str(empty)],
        ["read", str(tmp_path)],
        ["read", str(tmp_path / "absent.vtt")],
        ["draft", str(film)],
        ["check", str(tmp_path / "absent.txt")],
        ["check", str(empty)],
        ["drafts", "show", "absent"],
        ["draft", SAMPLE, "--writer", "model"],
        ["draft", SAMPLE, "--writer", "model", "--model", str(lie)],
        ["draft", SAMPLE, "--writer", "model", "--model", str(tmp_path / "absent.gguf")],
    ):
        code, out, err = run(*words)
        assert code == 1, words
        assert out == ""
        assert err.startswith("post-composer: ")
        assert err.count("\n") == 1, err
        assert "Traceback" not in err


def test_a_bug_is_one_line_and_a_log(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("composer.cli.show.drafts", lambda rows, query: 1 / 0)
    code, out, err = run("drafts", "list")
    assert code == 1
    assert out == ""
    assert err.count("\n") == 1
    assert "ZeroDivisionError" in (tmp_path / "home/data/logs/post-composer.log").read_text("utf-8")


def test_without_a_display_the_job_is_done_in_the_terminal(tmp_path: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "composer", "--home", str(tmp_path / "home")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=bare,
        cwd=ROOT,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert "Saved as draft" in done.stderr
    assert "❓" in done.stdout.splitlines()[0]


def test_the_reference_is_true_to_the_code() -> None:
    if sys.version_info >= (3, 13):
        pytest.skip("argparse prints its help differently since 3.13; the reference is made with 3.11 or 3.12")
    done = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
