"""Run a tool with the settings of a deployment: `python -m tests.support.deployment_check manage.py check --deploy`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.environment import clean_environment

DEPLOYED = {
    "LPCONTEXT_PUBLIC_URL": "https://panel.example",
    "LPCONTEXT_ALLOWED_HOSTS": "panel.example",
    "LPCONTEXT_SSL_REDIRECT": "yes",
}


def main() -> int:
    tool, *rest = sys.argv[1:]
    command = [sys.executable, tool, *rest] if tool.endswith(".py") else [sys.executable, "-m", tool, *rest]
    with tempfile.TemporaryDirectory() as var_dir:
        checkout = Path(__file__).resolve().parents[2]
        return subprocess.call(command, env=clean_environment(var_dir) | DEPLOYED, cwd=checkout)


raise SystemExit(main())
