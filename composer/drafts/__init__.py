"""The drafts, kept for ever: the only place that knows SQLite."""

from composer.drafts.model import Before, Draft, Lines, Revision, Scope, new_id
from composer.drafts.store import Drafts

__all__ = ["Before", "Draft", "Drafts", "Lines", "Revision", "Scope", "new_id"]
