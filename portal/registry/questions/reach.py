"""How far a question reaches: the department and the worker its answer is about, by the asker's own post."""

from __future__ import annotations

from dataclasses import dataclass

from portal.registry.access import May, may
from portal.registry.models import Post


@dataclass(frozen=True, slots=True)
class Reach:
    """`department` "" and `worker` None: all of them. `names`: whether the people behind a figure may be seen."""

    department: str = ""
    worker: int | None = None
    names: bool = False


def reach_of(post: Post) -> Reach:
    """Whoever may not see the department's reports asks about their own work only."""
    worker = None if may(post, May.REPORT) else post.user_id
    return Reach(post.department, worker, may(post, May.NAME))
