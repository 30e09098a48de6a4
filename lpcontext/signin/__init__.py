"""Sign-in: agents and operators in a browser, by name and password or by their company's OpenID Connect provider.

Belongs here: the page that asks, how often a password may be tried, the way to the provider and back, whom of those it
names is let in (`identity.py`, `admission.py`), what was asked for before it, sessions that are over.
Does not: who may look at what (launch, permissions), users themselves (Django), pages behind it.
Looks down on: audit, limits, snapshots, accounts, sealing, loopback, settings.
May be asked by: launch, panel, celery, and urls (`views.py`, `provider_views.py`).

Nothing is kept of somebody who has not signed in: no session but of those on their way to the provider, and in memory
a keyed hash with an end for each attempt. The path that was asked for travels sealed, for it holds ids.

Attempts are counted here and not by django-axes: that writes a row of the database for each of them, which a locked
database adds to, shuts a name out for everybody until its cool-off is over, and brings tables to prune. What is needed
of it is a count with an end, and memory has those.
"""

from lpcontext.signin.decorator import HtmxHttpRequest, sign_in_first

__all__ = ["HtmxHttpRequest", "sign_in_first"]
