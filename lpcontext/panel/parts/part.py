"""A part of the panel: which pieces of what is known it may see, and what it makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.caching.render_cache import render_once
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.templating import render_template

Column = Literal["left", "right", "more"]
Pieces = TypeVar("Pieces")
NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Part(Generic[Pieces]):
    """`section` is its `data-section`, its module here, and its template, which knows what `build` makes as `part`.

    `select` picks the pieces; the same pieces give the same HTML, which is kept under their digest. Both may say that
    there is nothing to show. A part that `keeps_rows` is made anew each time, out of rows that are kept one by one.
    """

    section: str
    column: Column
    select: Callable[[PanelContent], Pieces | None]
    build: Callable[[Pieces, Masker], Any]
    keeps_rows: bool = False

    @property
    def template(self) -> str:
        return f"panel/{self.section}.html"

    def render(self, content: PanelContent, masker: Masker) -> SafeString:
        pieces = self.select(content)
        if pieces is None:
            return NOTHING
        if self.keeps_rows:
            return self._render(pieces, masker)
        return render_once(masker.digest, self.section, pieces, render=lambda: self._render(pieces, masker))

    def _render(self, pieces: Pieces, masker: Masker) -> SafeString:
        context = self.build(pieces, masker)
        return NOTHING if context is None else render_template(self.template, part=context)
