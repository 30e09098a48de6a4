"""API: JSON for CTI and CRM servers.

Belongs here: reading a request strictly, answering in JSON, one view per address. Does not: who may look (launch), keys
(accounts), what an id may be (subjects), fetching. Every error answer is
`{"error": "<one sentence>", "field": "<name>"}`.
Looks down on: launch, refresh, limits, audit, accounts, snapshots. May be asked by: urls.
"""
