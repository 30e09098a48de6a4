"""Connections: an account's way to LivePerson, with the credentials it has now.

Belongs here: the long-lived clients of a process; whether a connection works and, in words, why not; the operators'
pages about it; what a launch asks while somebody waits.
Does not: how LivePerson is asked (liveperson), what is asked when (refresh), who may look (launch), where credentials
rest (accounts).
Looks down on: liveperson, accounts, snapshots, sealing, settings. May be asked by: api, launch, refresh, cli, and urls
(`urls.py`).
"""

from lpcontext.connections.building import NoClient
from lpcontext.connections.clients import find_client, keep_logins_in_use
from lpcontext.connections.connection_check import Finding, check_connection
from lpcontext.connections.engagements import CannotAsk, SessionRefused, Validity, create_session, validate_engagement

__all__ = [
    "CannotAsk",
    "Finding",
    "NoClient",
    "SessionRefused",
    "Validity",
    "check_connection",
    "create_session",
    "find_client",
    "keep_logins_in_use",
    "validate_engagement",
]
