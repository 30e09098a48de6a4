"""What an operator does to a running house, in another process, as in another terminal."""

from __future__ import annotations

import subprocess
import sys

from tests.support.house import CHECKOUT, House

_BEGIN = """
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from lpcontext.accounts import *
"""


def operate(house: House, code: str) -> None:
    """Run `code` in `manage.py shell`, with the accounts' room and Django's users at hand."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _BEGIN + code],
        env=house.environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
