"""Limits: how often a door may be used, by one key, one agent, for one account, and unproven from one network.

Belongs here: what is counted at which door, how many a minute (settings), when whoever was refused may come back.
Does not: counting itself (snapshots), the refusal's words (each door's own), wrong passwords (signin), ticks: each
panel's are bounded in its web process (panel/tick).
Looks down on: snapshots, settings. May be asked by: launch, signin, panel, api.

The numbers are far above what a thousand agents need; they bound what one key that leaked, or one script that has gone
wrong, can cost the others. Each door counts for itself, so that looking up too often leaves revealing alone. A door
opens to everybody while memory is away: limits protect from load, rights are looked at all the same.
"""

from lpcontext.limits.doors import Door, LimitReached, count_unproven, limit_unproven, limit_use
from lpcontext.limits.networks import find_network

__all__ = ["Door", "LimitReached", "count_unproven", "find_network", "limit_unproven", "limit_use"]
