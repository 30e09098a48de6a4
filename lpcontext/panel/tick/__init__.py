"""Tick: the one address open panels ask every few seconds, answered in front of Django.

Belongs here: opening the panel token, what is known of its subject as headers ready to be sent, the rendered body and
its cache, the few responses there are. Does not: rendering (panel's parts), whole pages, who may look (launch).
May be asked by: wsgi; panel's pages, for the body they put a page around.
"""

from lpcontext.panel.tick.bodies import find_or_render_body, render_bare_body, unpack_body
from lpcontext.panel.tick.cached_answer import format_as_of
from lpcontext.panel.tick.middleware import TickMiddleware

__all__ = ["TickMiddleware", "find_or_render_body", "format_as_of", "render_bare_body", "unpack_body"]
