"""Refresh: the heartbeat that keeps the memory young.

Belongs here: when a subject is asked for again, one flight per visit, one round for the chats of an account, the
circuit, what an answer or a failure makes of a snapshot, Celery's tasks. Does not: how to ask (liveperson), how it is
kept (snapshots), how it looks (panel).
Looks down on: liveperson, visits, chats, accounts, snapshots. May be asked by: panel, api, cli, celery.

Nobody looks, nothing is fetched. The worker asks for the next refresh by itself while somebody watches, once per due
time whatever the number of panels; a look only starts it, hurries it, or mends it when a worker was lost.
"""

from lpcontext.refresh.looking import Look, Subject, look_at_subject, name_of_subject

__all__ = ["Look", "Subject", "look_at_subject", "name_of_subject"]
