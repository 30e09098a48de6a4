"""The web's way in: the tick's middleware in front, then the one that reads bodies, Django behind them."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from lpcontext.panel.tick import TickMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lpcontext.settings")
# A page or tick waits no longer for memory than this; a worker has more patience.
os.environ.setdefault("LPCONTEXT_MEMORY_SECONDS", "0.3")


def build_application() -> TickMiddleware:
    """Django is set up first: what is imported here needs its settings."""
    django_application = get_wsgi_application()
    import_module("lpcontext.celery")  # tasks asked for here must know their broker
    from lpcontext.intake import BodyMiddleware
    from lpcontext.launch import RightsCache
    from lpcontext.panel import prepare_rendering
    from lpcontext.panel.tick import TickMiddleware
    from lpcontext.refresh import StatusCache

    prepare_rendering()  # takes half a second: not in the first agent's request
    behind = BodyMiddleware.of_four_threads(django_application)
    return TickMiddleware(behind, statuses=StatusCache(), rights=RightsCache())


application = build_application()
gc.freeze()  # what was loaded so far stays for good; collections need not walk it
