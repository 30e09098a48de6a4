"""Visits: what LivePerson knows of one monitored session, in plain Python.

Belongs here: the frozen model, reading LivePerson's JSON into it, its codes as words, and questions a visit can answer
by itself: who, where now, their journey, what went wrong, what of it may be shown.
Does not: asking LivePerson, keeping, refreshing, HTML, wording for one screen. No Django, no clock, no settings.
Phone numbers are read by phonenumbers where their digits alone do not say enough.
Looks down on: reading, subjects. May be asked by: masking, snapshots, refresh, panel, api.
"""

from lpcontext.reading import Day
from lpcontext.visits.attention import Attention, find_attention
from lpcontext.visits.codes import (
    FAILED_STATUSES,
    format_channel,
    format_control_group,
    format_conversation_type,
    format_device_family,
    format_engagement_channel,
    format_engagement_state,
    format_engagement_type,
    format_gender,
    format_os,
    format_phone_type,
    format_service_status,
)
from lpcontext.visits.identity import find_display_name
from lpcontext.visits.journey import Journey, PageEvent, PageView, build_journey, find_current_page
from lpcontext.visits.links import format_host_and_path, is_safe_link
from lpcontext.visits.model import (
    Cart,
    Contact,
    Customer,
    Device,
    Engagement,
    EngagementAttribute,
    Geo,
    Lead,
    Marketing,
    Page,
    Person,
    ProductLine,
    Profiles,
    Purchase,
    Service,
    SiteSearch,
    UnknownAttribute,
    ViewedProducts,
    Visit,
    VisitorError,
    WebSearch,
)
from lpcontext.visits.parsing import UnreadableVisit, compute_fingerprint, parse_visit

__all__ = [
    "FAILED_STATUSES",
    "Attention",
    "Cart",
    "Contact",
    "Customer",
    "Day",
    "Device",
    "Engagement",
    "EngagementAttribute",
    "Geo",
    "Journey",
    "Lead",
    "Marketing",
    "Page",
    "PageEvent",
    "PageView",
    "Person",
    "ProductLine",
    "Profiles",
    "Purchase",
    "Service",
    "SiteSearch",
    "UnknownAttribute",
    "UnreadableVisit",
    "ViewedProducts",
    "Visit",
    "VisitorError",
    "WebSearch",
    "build_journey",
    "compute_fingerprint",
    "find_attention",
    "find_current_page",
    "find_display_name",
    "format_channel",
    "format_control_group",
    "format_conversation_type",
    "format_device_family",
    "format_engagement_channel",
    "format_engagement_state",
    "format_engagement_type",
    "format_gender",
    "format_host_and_path",
    "format_os",
    "format_phone_type",
    "format_service_status",
    "is_safe_link",
    "parse_visit",
]
