"""Sign-in: agents and operators by name and password, in a browser.

Belongs here: the page that asks for both, how often a password may be tried, what was asked for before it, sessions
that are over. Does not: who may look at what (launch, permissions), users themselves (Django), pages behind it.
Looks down on: audit, limits, snapshots, sealing, settings.
May be asked by: launch, panel, celery, and urls (`views.py`).

Nothing is kept of somebody who has not signed in: no session, and in memory a keyed hash with an end for each try. The
path that was asked for travels sealed, for it holds ids.

Attempts are counted here and not by django-axes: that writes a row of the database for each of them, which a locked
database adds to, shuts a name out for everybody until its cool-off is over, and brings tables to prune. What is needed
of it is a count with an end, and memory has those.
"""

from lpcontext.signin.decorator import HtmxHttpRequest, sign_in_first

__all__ = ["HtmxHttpRequest", "sign_in_first"]
