"""Ops: what machines and operators ask of a running lpcontext.

Belongs here: liveness, readiness, metrics, keeping addresses out of the log. Does not: anything an agent sees, anything
about one visitor; no answer of this room holds an id.
Looks down on: accounts, snapshots, settings. May be asked by: urls, and settings by name: `middleware.py`, `logs.py`.
"""
