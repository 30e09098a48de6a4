"""Accounts: whom we serve, and on whose word.

Belongs here: one LivePerson site's sealed credentials, the CRM origins that may frame it, its masking policy, the keys
its servers show us, what a right is worth now, what an operator must know of its connection, who may read the
database's file.
Does not: what credentials must look like (liveperson), who may look at a visit (launch), anything about visitors.
Looks down on: checks, settings, sealing, reading, subjects, loopback.
May be asked by: audit, connections, signin, refresh, launch, panel, api, ops, cli.

A Django app, so nothing is imported here: Django imports this package before models may be. Other rooms import from the
file that has the name: `models/`, `registry.py`, `credentials.py`, `framing.py`, `origins.py`, `integration_keys.py`,
`launch_keys.py`, `rights.py`, `short_writes.py`, `signals.py`, `errors.py`; the command line also from
`database_file.py`, before Django is set up.
"""
