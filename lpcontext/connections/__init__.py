"""Connections: an account's way to LivePerson, with the credentials it has now.

Belongs here: the long-lived clients of a process, whether a connection works and, in words, why not.
Does not: how LivePerson is asked (liveperson), what is asked when (refresh), who may look (launch), where credentials
rest (accounts).
Looks down on: liveperson, accounts, snapshots, sealing, settings. May be asked by: refresh.
"""

from lpcontext.connections.clients import NoClient, find_client, keep_logins_in_use

__all__ = ["NoClient", "find_client", "keep_logins_in_use"]
