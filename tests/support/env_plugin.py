"""Loaded by pytest before Django reads its settings: the tests' own environment, nothing of the machine's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.support.environment import clean_environment

# Kept for the whole run; the folder goes when Python ends.
_var = tempfile.TemporaryDirectory(prefix="lpc-tests-")
(Path(_var.name) / "static").mkdir()
for _name in [name for name in os.environ if name.startswith("LPCONTEXT_")]:
    del os.environ[_name]
os.environ.update(clean_environment(_var.name))
# Playwright keeps an event loop in the thread of its tests; Django then takes the next test's database for async use.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
