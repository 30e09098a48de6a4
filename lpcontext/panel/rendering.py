"""A snapshot as the body of the panel: the one fragment that refreshes.

A pure function of the snapshot and the viewer: no clock, no token, no agent. Parts and rows are kept for a while, by a
digest of exactly what they were shown, so a change costs only the parts and rows it touches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from lpcontext.panel.chat_drawing import draw_chat, draw_no_visit, forget_rows
from lpcontext.panel.contexts.attention import NeedsAttention
from lpcontext.panel.contexts.attributes import tell_attributes
from lpcontext.panel.contexts.brief import Brief
from lpcontext.panel.contexts.chat import tell_alone
from lpcontext.panel.contexts.commerce import Commerce
from lpcontext.panel.contexts.identity import Identity
from lpcontext.panel.contexts.notice import Notice
from lpcontext.panel.contexts.now import Now, Presence
from lpcontext.panel.contexts.offers import Offers, find_moments, name_pages
from lpcontext.panel.contexts.session import tell_campaign, tell_session
from lpcontext.panel.contexts.timeline import Strays, Timeline
from lpcontext.panel.part_drawing import draw, draw_context, forget_parts
from lpcontext.panel.stop_drawing import draw_stops
from lpcontext.panel.veil import Veil
from lpcontext.panel.weaving import draw_template, join_drawings
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State
from lpcontext.visits import Cart, Visit, build_journey, find_attention, find_current_page, find_display_name

_NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, as far as it changes what is shown."""

    masked: bool


def render_body(
    snapshot: VisitSnapshot | None, *, viewer: Viewer, chat: ChatSnapshot | None = None, version: str | None = None
) -> str:
    """`<div id="panel-body" data-version="…">` and all that is in it: a visit, a chat, or both.

    `version` names what both show together; a visit alone has its own. Raises ValueError when there is neither.
    """
    if chat is not None:
        return _draw_with_chat(snapshot, chat, viewer, version or "")
    if snapshot is None:
        raise ValueError("neither a visit nor a chat to show")
    visit = snapshot.visit
    if visit is None:
        return _draw_without_visit(snapshot)
    veil = Veil.of(visit, masked=viewer.masked)
    presence = _find_presence(snapshot)
    return draw_template(
        "panel/_body.html",
        version=snapshot.version,
        notice=_NOTHING if snapshot.state == State.LIVE else draw_context(Notice.of(snapshot)),
        left=_draw_left(visit, presence, veil),
        right=_draw_way(visit, presence, veil),
        more=_draw_more(visit, veil),
    )


def forget_drawings() -> None:
    """As in a process that has drawn nobody yet."""
    forget_parts()
    forget_rows()


def _draw_with_chat(snapshot: VisitSnapshot | None, chat: ChatSnapshot, viewer: Viewer, version: str) -> str:
    """Either may fail alone, so that what is wrong with the visit is said beside it and not above both."""
    if snapshot is None and chat.chat is None:
        return _draw_alone(chat, version)
    visit = snapshot.visit if snapshot else None
    veil = Veil.of(visit or Visit(), masked=viewer.masked)
    told, right, more = [], [draw_chat(chat, veil)], _NOTHING
    if snapshot is None or snapshot.state == State.WAITING:
        told.append(draw_no_visit(chat, veil))
    elif snapshot.state != State.LIVE:
        notice = Notice.of(snapshot)
        told.append(draw_context(replace(notice, word=f"Visit: {notice.word.lower()}")))
    if snapshot and visit:
        presence = _find_presence(snapshot)
        told.append(_draw_left(visit, presence, veil))
        right.append(_draw_way(visit, presence, veil))
        more = _draw_more(visit, veil)
    left = join_drawings(told)
    return draw_template(
        "panel/_body.html", version=version, notice=_NOTHING, left=left, right=join_drawings(right), more=more
    )


def _draw_alone(chat: ChatSnapshot, version: str) -> str:
    if chat.state == State.WAITING:
        return draw_template("panel/_waiting.html", version=version)
    return draw_template("panel/_bare.html", version=version, notice=draw_context(tell_alone(chat)))


def _draw_without_visit(snapshot: VisitSnapshot) -> str:
    if snapshot.state == State.WAITING:
        return draw_template("panel/_waiting.html", version=snapshot.version)
    notice = draw_context(Notice.of(snapshot))
    return draw_template("panel/_bare.html", version=snapshot.version, notice=notice)


def _find_presence(snapshot: VisitSnapshot) -> Presence:
    if snapshot.state == State.ENDED:
        return Presence("gone", snapshot.ended_at_ms)
    if snapshot.state != State.LIVE:
        return Presence("held", snapshot.as_of_ms)
    return Presence("here") if snapshot.present else Presence("quiet", snapshot.active_at_ms)


def _draw_left(visit: Visit, presence: Presence, veil: Veil) -> SafeString:
    page, name, person = find_current_page(visit), find_display_name(visit), visit.person
    attention = find_attention(visit)
    brief = Brief.of(name, visit.customer, visit.geo, page, presence, attention, visit.cart, visit.purchases, veil=veil)
    language = person.language if person else None
    changed_at_ms = _find_cart_change(visit)
    drawn = (
        draw(Identity.of, name, person, visit.customer, brief, veil),
        draw(Now.of, page, presence, visit.started_at_ms, visit.geo, language, visit.device, veil),
        draw(NeedsAttention.of, attention, veil),
        draw(Commerce.of, visit.cart, changed_at_ms, visit.purchases, visit.viewed, visit.leads, visit.services, veil),
    )
    return join_drawings(drawn)


def _draw_way(visit: Visit, presence: Presence, veil: Veil) -> SafeString:
    """Pages with their events, then the events of no page."""
    journey = build_journey(visit)
    stops = [stop for stop in journey.page_views if stop.page is not None]
    strays = [draw(Strays.of, stop, veil) for stop in journey.page_views if stop.page is None]
    place = "here" if presence.kind == "here" else "last"
    drawn, offered = draw_stops(stops, find_moments(visit.engagements), journey.hidden_page_views, place, veil)
    timeline = Timeline.of(journey, offered, stops=drawn, drawn=len(stops))
    return join_drawings([draw_context(timeline), *strays] if timeline else strays)


def _draw_more(visit: Visit, veil: Veil) -> SafeString:
    page = find_current_page(visit)
    drawn = (
        draw(Offers.of, visit.engagements, name_pages(visit.engagements, visit.pages), veil),
        draw(
            tell_session,
            visit.started_at_ms,
            visit.app_session_count,
            visit.device,
            visit.geo,
            visit.web_search,
            visit.external_referrer,
            veil,
        ),
        draw(tell_campaign, visit.marketing, veil),
        draw(
            tell_attributes,
            visit.person,
            visit.customer,
            visit.control_group,
            visit.visitor_id,
            visit.session_id,
            page.id if page else None,
            visit.profiles,
            veil,
        ),
    )
    return join_drawings(drawn)


def _find_cart_change(visit: Visit) -> int | None:
    """When the cart was last reported."""
    for event in reversed(visit.events):
        if isinstance(event.attribute, Cart):
            return event.at_ms
    return None
