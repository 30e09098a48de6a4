"""One thing that happened on a page, as one line: an icon, what it was, how often, when."""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString

from lpcontext.panel.contexts.fact_words import kind_of, tell_fact
from lpcontext.panel.contexts.offers import OfferMoment
from lpcontext.panel.veil import Veil
from lpcontext.visits import PageEvent


class Row(msgspec.Struct, frozen=True, gc=False):
    """`kind` is what the filters ask for: error, cart, offer or about. `tone` is "" or "bad"."""

    id: str
    kind: str
    tone: str
    icon: str
    text: str
    times: str
    when: SafeString


def tell_happening(happening: PageEvent, row_id: str, when: SafeString, veil: Veil) -> Row:
    event, count = happening.event, happening.count
    icon, text, tone = tell_fact(event.kind, event.attribute)
    times = f"× {count:,}" if count > 1 else ""
    return Row(row_id, kind_of(event.attribute), tone, icon, veil.text(text), times, when)


def tell_offer(offer: OfferMoment, row_id: str, when: SafeString, veil: Veil) -> Row:
    times = f"× {offer.count:,}" if offer.count > 1 else ""
    return Row(row_id, "offer", "", "offer", veil.text(offer.text), times, when)
