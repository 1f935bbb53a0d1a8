"""Figures read in posts as they are written and in sources as they are said: true lines pass, changed ones are told."""

import tomllib
from pathlib import Path

import pytest

from composer.post.grounding import check
from composer.sources import read_text
from composer.text.problems import Problem

CASES = tomllib.loads((Path(__file__).parent / "fixtures" / "reading.toml").read_text(encoding="utf-8"))["case"]
TRUE = [(case["source"], line) for case in CASES for line in case["true"]]
FALSE = [(case["source"], line) for case in CASES for line in case["false"]]


def figures(line: str, source: str) -> list[Problem]:
    return [problem for problem in check(line, read_text(source)) if problem.kind in ("number", "percent", "date")]


@pytest.mark.parametrize(("source", "line"), TRUE, ids=[line for _, line in TRUE])
def test_what_stands_or_follows_is_left_alone(source: str, line: str) -> None:
    assert figures(line, source) == []


@pytest.mark.parametrize(("source", "line"), FALSE, ids=[line for _, line in FALSE])
def test_a_changed_figure_is_told(source: str, line: str) -> None:
    assert figures(line, source) != []
