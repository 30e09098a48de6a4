"""API: JSON for CTI and CRM servers.

Belongs here: one view per address, what is read and answered there, the OpenAPI document, errors in JSON below /api/
whatever goes wrong. Does not: who may look (launch), keys and whose policy hides what (accounts), what an id may be
(subjects), hiding it (masking), fetching (refresh).
Looks down on: launch, refresh, connections, limits, audit, snapshots, masking, visits, chats, accounts, sealing,
reading, problems, subjects. May be asked by: urls, and settings by name: `middleware.py`.

Nothing here waits for LivePerson but `POST /sessions`, which makes something there. Writes may carry an
`Idempotency-Key`, so that a server that heard no answer sends the same once more.
"""
