"""Parts: one file for each `data-section`, and the table that is their order.

Belongs here: what a part selects of what is known, and the frozen context its template knows as `part`: masking,
wording, money, links and order are settled in it. Does not: the lines within a part (rows), words that several parts
share (wording). What a part does not select it cannot show, which lets its HTML be kept by a digest of its pieces.
"""

from typing import Any

from lpcontext.panel.parts.attention import build_attention, select_attention
from lpcontext.panel.parts.attributes import build_attributes, select_attributes
from lpcontext.panel.parts.campaign import build_campaign, select_campaign
from lpcontext.panel.parts.chat import build_chat, select_chat
from lpcontext.panel.parts.commerce import build_commerce, select_commerce
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.parts.engagements import build_engagements, select_engagements
from lpcontext.panel.parts.events import build_events, select_events
from lpcontext.panel.parts.identity import build_identity, select_identity
from lpcontext.panel.parts.now import build_now, select_now
from lpcontext.panel.parts.pages import build_pages, select_pages
from lpcontext.panel.parts.part import Part
from lpcontext.panel.parts.session import build_session, select_session
from lpcontext.panel.parts.visit import build_visit, select_visit

PARTS: tuple[Part[Any], ...] = (
    Part("visit", "left", select_visit, build_visit),
    Part("identity", "left", select_identity, build_identity),
    Part("now", "left", select_now, build_now),
    Part("attention", "left", select_attention, build_attention),
    Part("commerce", "left", select_commerce, build_commerce),
    Part("chat", "right", select_chat, build_chat, keeps_rows=True),
    Part("pages", "right", select_pages, build_pages, keeps_rows=True),
    Part("events", "right", select_events, build_events),
    Part("engagements", "more", select_engagements, build_engagements),
    Part("session", "more", select_session, build_session),
    Part("campaign", "more", select_campaign, build_campaign),
    Part("attributes", "more", select_attributes, build_attributes),
)

__all__ = ["PARTS", "PanelContent", "Part"]
