"""The main job, on the inputs the project came from: each becomes a post in each shape. Properties only."""

import json
import re
from pathlib import Path

import pytest

from composer import cli
from composer.text.style import unstyle
from tests.samples import samples_dir

INPUTS = ("000", "001", "002", "003")
BOLD = re.compile("[\U0001d5d4-\U0001d607\U0001d7ec-\U0001d7f5]")


def draft(number: str, shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    (path,) = (samples_dir() / "seeds").glob(f"{number}_*")
    code = cli.main(["draft", str(path), "--shape", shape, "--json", "--home", str(tmp_path)])
    out = capsys.readouterr()
    assert code == 0, out.err
    return dict(json.loads(out.out), path=path)


def styled(line: str) -> float:
    """The share of the letters and digits of a line that are bold."""
    letters = [c for c in line if c.isalnum()]
    return len(BOLD.findall(line)) / len(letters) if letters else 0.0


@pytest.mark.parametrize("number", INPUTS)
@pytest.mark.parametrize("shape", ["take", "list"])
def test_a_seed_becomes_a_post(number: str, shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = draft(number, shape, tmp_path, capsys)
    text = str(made["text"])
    blocks = text.split("\n\n")
    assert len(text.encode("utf-16-le")) // 2 <= 3000
    assert styled(blocks[0]) == 1.0
    assert styled(blocks[1]) > 0.8
    assert "\n" not in blocks[0]
    tags = text.rstrip().splitlines()[-1]
    assert re.fullmatch(r"(#\w+ ?){3,5}", tags)
    assert not BOLD.search(tags)
    assert 0.15 <= styled(text) <= 0.30
    if shape == "take":
        assert blocks[0].rstrip().endswith("❓")
        assert blocks[1].rstrip().endswith(":")
        # A thin source keeps its few claims for the points: then the opening only says who speaks of what.
        assert len(re.findall(r"[.!?](?=\s|$)", blocks[2])) >= (1 if number == "003" else 2)
        assert sum(1 for line in text.splitlines() if line.startswith("• ") and BOLD.search(line)) >= 3
    else:
        entries = re.findall(r"(?m)^([𝟬-𝟵]+)/ (.+?): (.+)$", text)
        assert [int(unstyle(number)) for number, _, _ in entries] == list(range(1, len(entries) + 1))
        assert len(entries) >= 3
        assert len(entries) == len(made["points"])  # type: ignore[arg-type]


@pytest.mark.parametrize("number", INPUTS)
def test_every_point_leads_back(number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = draft(number, "list", tmp_path, capsys)
    cli.main(["read", str(made["path"]), "--json", "--home", str(tmp_path)])
    segments = json.loads(capsys.readouterr().out)["segments"]
    for point in made["points"]:  # type: ignore[attr-defined]
        # Who said it is part of what was said: comments are told with their author.
        said = " ".join(f"{segments[i]['speaker']}: {segments[i]['text']}" for i in point["segments"]).casefold()
        words = re.findall(r"\w{5,}", point["text"].casefold())
        found = sum(1 for word in words if word[:5] in said)
        assert found >= 0.5 * len(words), (point, said)
        if number in ("000", "001"):
            assert point["start"] is None


def test_a_voice_nobody_names_gets_no_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = draft("003", "take", tmp_path, capsys)
    assert "Zuckerberg" not in str(made["plain"])
    assert "Meta" not in str(made["plain"])


@pytest.mark.parametrize(
    ("example", "wanted"),
    [
        (0, {"#AI", "#ScalingLaws", "#LLM", "#OpenAI", "#Sutskever"}),
        (1, {"#AI", "#ArtificialAnalysis", "#2024", "#Recap"}),
    ],
)
def test_the_tags_of_the_two_examples_are_suggested(
    example: int, wanted: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = (samples_dir() / "seeds").glob("004_*")
    parts = re.split(r"(?m)^Example \d:\s*$", path.read_text("utf-8"))[1:]
    post = tmp_path / "post.txt"
    post.write_text(re.sub(r"(?m)^#\w+( #\w+)*\s*$", "", parts[example]), "utf-8")
    assert cli.main(["hashtags", str(post), "--json", "--home", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert wanted <= set(found[:8])
    assert len(wanted & set(found[:5])) >= len(wanted) - 1
