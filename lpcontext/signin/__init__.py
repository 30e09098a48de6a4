"""Sign-in: agents and operators by name and password, in a browser.

Belongs here: the page that asks for both, how often it may be tried, what was wished for before it, sessions that are
over. Does not: who may look at what (launch, permissions), users themselves (Django), pages behind it.
Looks down on: snapshots, sealing, settings. May be asked by: launch, panel, urls, celery.

Nothing is kept of somebody who has not signed in: no session, and in memory a keyed hash with an end for each try. A
wish to see something travels sealed, for it holds ids.
"""

from lpcontext.signin.gate import sign_in_first
from lpcontext.signin.next_path import open_next_path, seal_next_path
from lpcontext.signin.tries import NoTriesLeft, give_back, take_try

__all__ = ["NoTriesLeft", "give_back", "open_next_path", "seal_next_path", "sign_in_first", "take_try"]
