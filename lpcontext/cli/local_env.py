"""The settings of this machine that nobody gave: its own secrets, and where what runs here is to be found.

`var/local.env` holds a secret key and a seal key, made once. `var/running.env` exists while `up` or `demo` runs.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from lpcontext.accounts.database_file import restrict_to_owner

_LOCAL = "local.env"
_RUNNING = "running.env"


def prepare_local_env() -> None:
    """Make what settings need and nobody gave: only on first use, only for this machine."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lpcontext.settings")
    path = var_dir() / _LOCAL
    _make_var_dir()
    if path.exists() or (_is_set("SECRET_KEY") and _is_set("SEAL_KEYS")):
        return
    seal_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    _write(path, {"LPCONTEXT_SECRET_KEY": secrets.token_urlsafe(48), "LPCONTEXT_SEAL_KEYS": seal_key})


def _make_var_dir() -> None:
    """For the owner alone, unless it was there before and holds nothing of ours: it may be somebody else's, too."""
    var_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
    (var_dir() / "static").mkdir(exist_ok=True)
    if (var_dir() / _LOCAL).exists():
        restrict_to_owner(var_dir())


def var_dir() -> Path:
    """`LPCONTEXT_VAR_DIR`, else `var` in the checkout or here: as settings have it, which may not be read yet."""
    if chosen := os.environ.get("LPCONTEXT_VAR_DIR"):
        return Path(chosen)
    checkout = Path(__file__).resolve().parents[2]
    return checkout / "var" if (checkout / "manage.py").exists() else Path.cwd() / "var"


@contextmanager
def running_env(values: Mapping[str, str]) -> Iterator[None]:
    """While this lasts, `lpcontext ticket` and the like in another terminal find what runs here."""
    path = var_dir() / _RUNNING
    _write(path, values)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def _is_set(name: str) -> bool:
    return bool(os.environ.get(f"LPCONTEXT_{name}") or os.environ.get(f"LPCONTEXT_{name}_FILE"))


def _write(path: Path, values: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    fresh.replace(path)
