"""The web's way in: the tick's middleware in front, then the one that reads bodies, Django behind them."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lpcontext.settings")
# A page or tick waits no longer for memory than this; a worker has more patience.
os.environ.setdefault("LPCONTEXT_MEMORY_SECONDS", "0.3")

django_application = get_wsgi_application()

from lpcontext import celery  # noqa: E402, F401 - tasks asked for here must know their broker; needs settings
from lpcontext.intake import BodyMiddleware  # noqa: E402 - needs settings
from lpcontext.launch import RightsCache  # noqa: E402 - needs Django set up
from lpcontext.panel import prepare_rendering  # noqa: E402 - needs Django set up
from lpcontext.panel.tick import TickMiddleware  # noqa: E402 - needs Django set up
from lpcontext.refresh import StatusCache  # noqa: E402 - needs Django set up

prepare_rendering()  # takes half a second: not in the first agent's request
gc.freeze()  # what was loaded so far stays for good; collections need not walk it
application = TickMiddleware(
    BodyMiddleware.of_four_threads(django_application), statuses=StatusCache(), rights=RightsCache()
)
