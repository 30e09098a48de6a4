"""Panel: what the agent sees.

Belongs here: wording, masking and the order of what is known (contexts), HTML (rendering, weaving), the pages and the
tick's door. Does not: asking LivePerson, deciding who may look, keeping anything.
Looks down on: launch, signin, refresh, snapshots, visits, chats, accounts, subjects. May be asked by: urls, wsgi.

A context is one frozen type per part; its template holds no decision. A body is a pure function of the snapshot and the
viewer: no clock, no token, no agent, so that an unchanged visit is an unchanged text.
"""

from lpcontext.panel.contexts import PanelPage, StateWords, state_words
from lpcontext.panel.rendering import Viewer, render_body

__all__ = ["PanelPage", "StateWords", "Viewer", "render_body", "state_words"]
