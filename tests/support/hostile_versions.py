"""`python -m tests.support.hostile_versions N`: draws N versions of one visit, each as large and as new as one can be.

Prints how many bytes the process has grown, and how many its cache says it holds.
"""

from __future__ import annotations

import json
import resource
import sys

import tests.support.env_plugin  # noqa: F401 - before Django reads its settings
from tests.support.viewers import viewer

ERRORS = 40


def main(versions: int) -> None:
    import django

    django.setup()
    from lpcontext.panel.caching import render_cache

    _draw(-1)
    before = _most_resident_bytes()
    for number in range(versions):
        _draw(number)
    grown = _most_resident_bytes() - before
    print(json.dumps({"grown_bytes": grown, "cached_bytes": render_cache.rendered_pieces.count_bytes()}))


def _draw(number: int) -> None:
    """Every error is a new one, and each is a long one."""
    from lpcontext.panel.rendering import render_body
    from lpcontext.snapshots import VisitSnapshot
    from lpcontext.subjects import State
    from lpcontext.visits import Page, Visit, VisitorError

    errors = tuple(VisitorError(message=f"{number} {rank} " + "x" * 1000, code=f"{rank}") for rank in range(ERRORS))
    pages = tuple(Page(id=str(rank), title=f"{number} {rank}", url="https://shop.example/") for rank in range(5))
    visit = Visit(errors=errors, pages=pages)
    snapshot = VisitSnapshot(state=State.LIVE, first_seen_ms=1, version=str(number), visit=visit)
    render_body(snapshot, viewer=viewer())


def _most_resident_bytes() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
