"""Each language of the sources gives sensible points and tags, not only no crash."""

from pathlib import Path

import pytest

from composer.evidence import gather
from composer.sources.model import Segment, Transcript


def talks() -> dict[str, tuple[list[str], list[str]]]:
    """Per language: the tags of which one must come, and the lines with their marks."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    language = ""
    for line in (Path(__file__).parent / "languages.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line.startswith("# ") and language and language not in found:
            found[language] = (line[2:].split(), [])
        elif line and language:
            found[language][1].append(line)
    return found


TALKS = talks()


def spoken(language: str) -> Transcript:
    lines = [line.removeprefix("* ").removeprefix("- ") for line in TALKS[language][1]]
    return Transcript(
        "made",
        language,
        None,
        tuple(Segment(9.0 * i, 9.0 * i + 8, None, line) for i, line in enumerate(lines)),
        kind="talk",
    )


@pytest.mark.parametrize("language", sorted(TALKS))
def test_what_an_editor_would_post_comes_first(language: str) -> None:
    marked = [line[2:] for line in TALKS[language][1] if line.startswith("* ")]
    first = [point.raw for point in gather([spoken(language)]).points[:5]]
    held = [claim for claim in marked if any(claim in raw for raw in first)]
    assert len(held) >= 3, first


@pytest.mark.parametrize("language", sorted(TALKS))
def test_greetings_thanks_and_questions_come_last(language: str) -> None:
    hollow = [line[2:] for line in TALKS[language][1] if line.startswith("- ")]
    first = [point.raw for point in gather([spoken(language)]).points[:6]]
    assert not [raw for raw in first if any(line in raw for line in hollow)]


@pytest.mark.parametrize("language", sorted(TALKS))
def test_a_tag_names_the_subject_in_its_own_language(language: str) -> None:
    tags = [tag.lstrip("#").lower() for tag in gather([spoken(language)]).hashtags]
    assert {tag.lower() for tag in TALKS[language][0]} & set(tags), tags


@pytest.mark.parametrize("language", sorted(TALKS))
def test_each_point_leads_back_to_its_line(language: str) -> None:
    source = spoken(language)
    for point in gather([source]).points:
        said = " ".join(source.segments[i].text for i in point.segments)
        assert point.raw.replace(" ", "") in said.replace(" ", "")
        assert point.start == source.segments[point.segments[0]].start
