"""Whether a post fits its network and how much of it is bold, and what may go where it does not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from composer.post import layout
from composer.post.model import Post
from composer.post.shapes import Shape
from composer.post.sheet import Sheet
from composer.text.access import styled_share
from composer.text.networks import measure

MOST_STYLED = 0.30
"""The share of letters in bold above which the rest of a post looks like its footnote."""


def bold(post: Post, form: Shape) -> float:
    """The share of the letters of a post, laid out, that are styled: 0 to 1."""
    return styled_share(layout.lay(post, form).text)


def fits(post: Post, form: Shape, network: str) -> bool:
    """Whether a post, laid out, is within every limit of its network."""
    return all(use.used <= use.limit for use in measure(layout.lay(post, form).text, network))


S = TypeVar("S", bound=Sheet)


def narrowed(post: Post, sheet: S, points: int, line: Callable[[S, int], str]) -> tuple[Post, S]:
    """Where few points are left, the bold lines weigh too much: the announcing `line` names fewer subjects."""
    for names in (2, 1):
        if bold(post, sheet.form) > MOST_STYLED and len(sheet.subjects) > names:
            sheet = replace(sheet, subjects=sheet.subjects[:names])
            post = replace(post, announcing=line(sheet, points))
    return post, sheet


def unlabelled(post: Post) -> Post:
    """A post of a line or two, whose labels would be as long as what they say, without them."""
    bare = tuple(
        replace(part, points=tuple(replace(point, label="") for point in part.points)) for part in post.sections
    )
    return replace(post, sections=bare)


def stripped(post: Post, form: Shape, network: str) -> Post:
    """The closing goes first, then the opening and the tags, and the announcing line last, until the post fits."""
    without: tuple[dict[str, Any], ...] = (
        {"conclusion": ()},
        {"opening": ()},
        {"hashtags": post.hashtags[:2]},
        {"hashtags": ()},
        {"announcing": ""},
    )
    for part in without:
        if fits(post, form, network):
            break
        post = replace(post, **part)
    return post
