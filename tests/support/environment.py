"""The environment tests run in: fixed keys, a throw-away var folder, nothing of the machine's own."""

from __future__ import annotations

import base64
import os

KEYS = {
    "LPCONTEXT_SECRET_KEY": "tests-only-" + "k" * 50,
    "LPCONTEXT_SEAL_KEYS": base64.urlsafe_b64encode(b"tests only, thirty-two bytes key").decode(),
    # Tests knock at one door far more often than people; those of the limits set their own.
    **{f"LPCONTEXT_LIMIT_{name}": "0" for name in ("PER_KEY", "PER_ACCOUNT", "PER_AGENT", "UNPROVEN")},
    "LPCONTEXT_LIMIT_TICKS": "1000000",
}


def clean_environment(var_dir: str) -> dict[str, str]:
    """The machine's environment without any lpcontext setting, with ours instead."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LPCONTEXT_")}
    return kept | KEYS | {"LPCONTEXT_VAR_DIR": var_dir, "DJANGO_SETTINGS_MODULE": "lpcontext.settings"}
