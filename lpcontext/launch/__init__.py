"""Launch: who may look, at which subject, framed where.

Belongs here: one file per host a panel is opened from (hosts/), each verifying first and giving a Launch; their
addresses and the one view they share; the sealed panel token that carries a launch from tick to tick; whether the right
behind it still stands. Does not: what is shown; urls hands it the pages to show (`views.py`).
Looks down on: connections, signin, audit, limits, accounts, snapshots, sealing, reading, problems,
subjects.
May be asked by: panel, api, cli, urls, wsgi, and settings by name: `middleware.py`.
"""

from lpcontext.launch.cached_right import CachedRight, RightUnknown
from lpcontext.launch.hosts.login import build_login_address
from lpcontext.launch.hosts.ticket import issue_ticket
from lpcontext.launch.model import (
    Launch,
    LaunchEnded,
    LaunchExpired,
    LaunchForged,
    LaunchRefused,
    LaunchTooLong,
)
from lpcontext.launch.opening_records import actor_of
from lpcontext.launch.rights import confirm_right, find_hidden
from lpcontext.launch.rights_cache import RightsCache
from lpcontext.launch.rights_notifications import connect_rights_notifications
from lpcontext.launch.ticket_request import InvalidRequest, TicketRequest, read_session_request, read_ticket_request
from lpcontext.launch.token import open_token, seal_token

__all__ = [
    "CachedRight",
    "InvalidRequest",
    "Launch",
    "LaunchEnded",
    "LaunchExpired",
    "LaunchForged",
    "LaunchRefused",
    "LaunchTooLong",
    "RightUnknown",
    "RightsCache",
    "TicketRequest",
    "actor_of",
    "build_login_address",
    "confirm_right",
    "connect_rights_notifications",
    "find_hidden",
    "issue_ticket",
    "open_token",
    "read_session_request",
    "read_ticket_request",
    "seal_token",
]
