"""A part as HTML, kept for a while by a digest of what it was made of: what is the same is not drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, ParamSpec, Protocol, cast

from django.utils.safestring import SafeString

from lpcontext.panel.drawing_cache import BoundedCache, digest_of
from lpcontext.panel.veil import Veil
from lpcontext.panel.weaving import draw_template

MOST_BYTES = 32 * 1024 * 1024  # some 400 visits with 50 pages, in either half
_NOTHING = SafeString("")

P = ParamSpec("P")


class Context(Protocol):
    """What one template may know; it finds it under the name `part`."""

    template: ClassVar[str]


def draw(tell: Callable[P, Context | None], *seen: P.args, **named: P.kwargs) -> SafeString:
    """The part that `tell` makes of what it is shown, the veil last; "" where it makes none."""
    *others, veil = seen
    key = digest_of(cast("Veil", veil).mark, tell.__qualname__, others)
    drawn = parts.find(key)
    if drawn is None:
        context = tell(*seen, **named)
        drawn = _NOTHING if context is None else draw_context(context)
        parts.keep(key, drawn)
    return drawn


def draw_context(context: Context) -> SafeString:
    return draw_template(context.template, part=context)


def forget_parts() -> None:
    """As in a process that has drawn no part yet."""
    parts.forget()


parts: BoundedCache[SafeString] = BoundedCache(most_bytes=MOST_BYTES)
