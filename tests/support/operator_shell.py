"""What an operator does to a running stack, in another process, as in another terminal."""

from __future__ import annotations

import subprocess
import sys

from tests.support.processes import CHECKOUT
from tests.support.running_stack import RunningStack
from tests.support.waiting import PATIENCE_SECONDS

_BEGIN = """
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from lpcontext.accounts.integration_keys import *
from lpcontext.accounts.models import *
from lpcontext.accounts.registry import *
"""


def run_in_shell(stack: RunningStack, code: str) -> None:
    """Run `code` in `manage.py shell`, with the accounts' room and Django's users at hand."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", _BEGIN + code],
        env=stack.environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
