"""Refresh: the heartbeat that keeps the memory young.

Belongs here: when a subject is asked for again, one flight per subject, the circuit, what an answer or a failure makes
of a snapshot, Celery's tasks. Does not: how to ask (liveperson), how it is kept (snapshots), how it looks (panel).
Looks down on: liveperson, visits, accounts, snapshots. May be asked by: panel, api, cli, celery.

Nobody looks, nothing is fetched: a tick asks for the next refresh, once per due time whatever the number of panels.
"""

from lpcontext.refresh.asking import ask_for, look_at
from lpcontext.refresh.schedule import next_tick_ms, state_at

__all__ = ["ask_for", "look_at", "next_tick_ms", "state_at"]
