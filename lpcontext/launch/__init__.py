"""Launch: who may look, at which subject, framed where.

Belongs here: one file per way in (ticket, login), each verifying first and giving a Launch; the sealed panel token
that carries it from tick to tick; whether the right behind it still stands. Does not: pages, HTTP, what is shown.
Looks down on: accounts, snapshots, sealing, subjects. May be asked by: panel, api, cli.
"""

from lpcontext.launch.held_right import HeldRight, RightUnknown
from lpcontext.launch.login import admit_agent
from lpcontext.launch.model import (
    Launch,
    LaunchEnded,
    LaunchExpired,
    LaunchForged,
    LaunchRefused,
    LaunchSpent,
    Ticket,
)
from lpcontext.launch.rights_book import RightsBook
from lpcontext.launch.telling import tell_of_changes
from lpcontext.launch.ticket import issue_ticket, read_ticket, spend_ticket
from lpcontext.launch.token import open_token, seal_token

__all__ = [
    "HeldRight",
    "Launch",
    "LaunchEnded",
    "LaunchExpired",
    "LaunchForged",
    "LaunchRefused",
    "LaunchSpent",
    "RightUnknown",
    "RightsBook",
    "Ticket",
    "admit_agent",
    "issue_ticket",
    "open_token",
    "read_ticket",
    "seal_token",
    "spend_ticket",
    "tell_of_changes",
]
