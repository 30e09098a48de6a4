"""Give the account the slug that tokens minted by the panels' own process name. Run in the stack's environment."""

from __future__ import annotations

import django

django.setup()

from lpcontext.accounts.models import Account  # noqa: E402 - Django must be set up before models are imported
from tests.bench.panel_tokens import SLUG  # noqa: E402
from tests.bench.visits import ACCOUNT  # noqa: E402

Account.objects.filter(pk=ACCOUNT).update(slug=SLUG)
