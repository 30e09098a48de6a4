"""Intake: what a request carries, read and bounded before Django sees it, so that nobody can hold the server's threads.

Belongs here: how long a body may be and take, how many threads may wait for one, that its text is UTF-8, what is
refused and in which words, answers handed to the server whole. Does not: what a body means, who may ask, ticks (they
are answered in front).
Looks down on: settings, problems. May be asked by: wsgi.

The server gives each request one of four threads, and a read of a body can neither be ended nor given a time: it is
done in a thread of its own, and ended by breaking off the connection (`refusal_response.py`).
"""

from lpcontext.intake.middleware import BodyMiddleware

__all__ = ["BodyMiddleware"]
