"""Visits: what LivePerson knows of one monitored session, in plain Python.

Belongs here: the frozen model, reading LivePerson's JSON into it, its codes as words, and questions a visit can answer
by itself: who, where now, the way they went, what went wrong, what of it may be shown.
Does not: asking LivePerson, keeping, refreshing, HTML, wording for one screen. No Django, no clock, no settings.
Looks down on: reading, subjects. May be asked by: snapshots, refresh, launch, panel, api.
"""

from lpcontext.reading import Day
from lpcontext.visits.attention import Attention, find_attention
from lpcontext.visits.identity import display_name
from lpcontext.visits.journey import Happening, Journey, Stop, current_page, tell_journey
from lpcontext.visits.links import is_safe_link, shown_path
from lpcontext.visits.masking import Secrets, find_secrets, mask_email, mask_emails, mask_in_text, mask_phone
from lpcontext.visits.model import (
    Acceptance,
    Cart,
    Contact,
    Customer,
    Device,
    Engagement,
    Event,
    Fact,
    Geo,
    Lead,
    Line,
    Marketing,
    Page,
    Person,
    Product,
    Profiles,
    Purchase,
    Service,
    SiteSearch,
    Skill,
    UnknownFact,
    ViewedProducts,
    Visit,
    VisitorError,
    WebSearch,
)
from lpcontext.visits.parsing import ParsedVisit, UnreadableVisit, parse_visit
from lpcontext.visits.words import (
    channel_word,
    control_group_word,
    conversation_type_word,
    device_word,
    engagement_channel_word,
    engagement_state_word,
    engagement_type_word,
    gender_word,
    os_word,
    phone_type_word,
    service_status_word,
)

__all__ = [
    "Acceptance",
    "Attention",
    "Cart",
    "Contact",
    "Customer",
    "Day",
    "Device",
    "Engagement",
    "Event",
    "Fact",
    "Geo",
    "Happening",
    "Journey",
    "Lead",
    "Line",
    "Marketing",
    "Page",
    "ParsedVisit",
    "Person",
    "Product",
    "Profiles",
    "Purchase",
    "Secrets",
    "Service",
    "SiteSearch",
    "Skill",
    "Stop",
    "UnknownFact",
    "UnreadableVisit",
    "ViewedProducts",
    "Visit",
    "VisitorError",
    "WebSearch",
    "channel_word",
    "control_group_word",
    "conversation_type_word",
    "current_page",
    "device_word",
    "display_name",
    "engagement_channel_word",
    "engagement_state_word",
    "engagement_type_word",
    "find_attention",
    "find_secrets",
    "gender_word",
    "is_safe_link",
    "mask_email",
    "mask_emails",
    "mask_in_text",
    "mask_phone",
    "os_word",
    "parse_visit",
    "phone_type_word",
    "service_status_word",
    "shown_path",
    "tell_journey",
]
