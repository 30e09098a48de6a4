"""All rules over one visit, the most pressing first."""

from __future__ import annotations

from itertools import chain

from lpcontext.visits.attention.carts import find_emptied_cart
from lpcontext.visits.attention.failures import find_errors, find_services
from lpcontext.visits.attention.loops import find_loops
from lpcontext.visits.attention.model import Attention
from lpcontext.visits.attention.offers import find_control_groups, find_unanswered_offers
from lpcontext.visits.model import Visit

_RULES = (find_errors, find_services, find_loops, find_emptied_cart, find_unanswered_offers, find_control_groups)


def find_attention(visit: Visit) -> tuple[Attention, ...]:
    """What the visit proves to have gone wrong: bad before warn, then the latest first, then by rule."""
    found = chain.from_iterable(rule(visit) for rule in _RULES)
    return tuple(sorted(found, key=lambda item: (item.severity != "bad", -(item.at_ms or 0))))
