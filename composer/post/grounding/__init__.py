"""A post held against its source: numbers, dates, per cents, names and quotations, each looked up where it was said."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from composer.post.grounding.checking import check, check_many

__all__ = ["check", "check_many"]


def __getattr__(name: str) -> Any:
    # What it takes to check loads with the first check: the writers know some of these rooms long before.
    if name in __all__:
        from composer.post.grounding import checking

        return getattr(checking, name)
    raise AttributeError(name)
