"""The pages of a visit as HTML: the visitor goes on at the newest end, the rest is drawn and kept in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from lpcontext.panel.contexts.offers import OfferMoment
from lpcontext.panel.contexts.stop import StopContext
from lpcontext.panel.drawing_cache import digest_of
from lpcontext.panel.part_drawing import draw, draw_context, parts
from lpcontext.panel.veil import Veil
from lpcontext.panel.weaving import join_drawings
from lpcontext.visits import PageView

_BLOCK = 8
_NEWEST = 4  # so many at least are drawn one by one: late words come about the page before
_Numbered = tuple[PageView, int, tuple[OfferMoment, ...]]


def draw_stops(
    stops: Sequence[PageView], offers: Mapping[str, tuple[OfferMoment, ...]], hidden: int, place: str, veil: Veil
) -> tuple[SafeString, int]:
    """The stops, which are newest first and all have a page, and how many offers were made on them.

    `hidden` is how many older ones are left out; `place` says where the visitor is, at the newest.
    """
    numbered: list[_Numbered] = []
    number = hidden + len(stops)
    for stop in stops:
        page_id = stop.page.id if stop.page else None
        numbered.append((stop, number, offers.get(page_id, ()) if page_id else ()))
        number -= 1
    newest = _NEWEST + (hidden + len(stops)) % _BLOCK  # so that blocks stay the same while newer pages come
    drawn = [
        draw(StopContext.of, stop, number, moments, "" if rank else place, veil)
        for rank, (stop, number, moments) in enumerate(numbered[:newest])
    ]
    drawn += [_draw_block(numbered[at : at + _BLOCK], veil) for at in range(newest, len(numbered), _BLOCK)]
    return join_drawings(drawn), sum(len(moments) for _, _, moments in numbered)


def _draw_block(block: list[_Numbered], veil: Veil) -> SafeString:
    key = digest_of(veil.mark, "stops", block)
    drawn = parts.find(key)
    if drawn is None:
        drawn = join_drawings(
            draw_context(StopContext.of(stop, number, moments, "", veil)) for stop, number, moments in block
        )
        parts.keep(key, drawn)
    return drawn
