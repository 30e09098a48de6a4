"""Panel: what the agent sees.

Belongs here: the parts and their order (`parts/`), their lines (`rows/`), how things are said (`wording/`), masking,
HTML, whole pages (`whole_pages.py`), and the tick (`tick/`). Does not: asking LivePerson, deciding who may look,
keeping anything.
Looks down on: launch, limits, signin, audit, refresh, snapshots, masking, visits, chats, accounts, reading, subjects.
May be asked by: urls, wsgi.

A body is a pure function of the snapshot and the viewer: no clock, no token, no agent, so that an unchanged visit is an
unchanged text. A part has one name: its file in `parts/`, its template, its `data-section`, its test. Its template
decides nothing: all is settled in the context that its file builds.
"""

from lpcontext.panel.rendering import prepare_rendering

__all__ = ["prepare_rendering"]
