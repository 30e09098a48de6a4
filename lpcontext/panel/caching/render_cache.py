"""What was rendered lately, found again by a digest of what it was made of: what is the same is not rendered again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from lpcontext.panel.caching.bounded_cache import BoundedCache, digest_of

MOST_BYTES = 32 * 1024 * 1024  # some 400 visits with 50 pages, or 60 long chats, in either half


def render_once(*pieces: Any, render: Callable[[], SafeString]) -> SafeString:
    """What `render` makes of the pieces, which are all that it looks at. Among them is the masker's digest."""
    key = digest_of(*pieces)
    rendered = rendered_pieces.find(key)
    if rendered is None:
        rendered = render()
        rendered_pieces.keep(key, rendered)
    return rendered


def forget_rendered() -> None:
    """As in a process that has rendered nobody yet."""
    rendered_pieces.forget()


rendered_pieces: BoundedCache[SafeString] = BoundedCache(most_bytes=MOST_BYTES)
