"""Audit: who opened, revealed, copied, reported, exported or was refused what; append-only.

Belongs here: the record, writing it so that a database that is away delays it and loses none, the operators' search and
export, how long it is kept, `rotate_keys`, where a request came from. Does not: deciding who may (launch, accounts),
what is shown.
Looks down on: snapshots, accounts, sealing, settings, subjects. May be asked by: panel, launch, signin, api, cli,
celery (`tasks.py`), and settings by name: `middleware.py`.

A Django app, so nothing is imported here: other rooms import from `actions.py`, `recording.py`, `request_origin.py`;
the command line from `pruning.py`.
"""
