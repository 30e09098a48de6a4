"""Settings as values, as files, or not at all; a wrong one stops the start with a sentence that names it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import KEYS, clean_environment

SECRETS = {
    "SECRET_KEY": "$begins-like-a-reference-" + "k" * 40,
    "SEAL_KEYS": KEYS["LPCONTEXT_SEAL_KEYS"],
    "METRICS_TOKEN": "token-of-sixteen-or-more",
    "DATABASE_URL": "postgres://panel:s3cret@db.example/panel",
    "REDIS_URL": "redis://:s3cret@cache.example:6379/0",
}
PRINT = """
import json
from lpcontext import settings
database = settings.DATABASES["default"]
print(json.dumps({name: getattr(settings, name) for name in ("SECRET_KEY", "METRICS_TOKEN", "REDIS_URL")}
    | {"database": [database["ENGINE"], database["PASSWORD"]], "seal keys": len(settings.SEAL_KEYS)}
    | {"debug": settings.DEBUG, "hosts": settings.ALLOWED_HOSTS, "refresh": settings.REFRESH_SECONDS}))
"""


def start(var: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """An empty value takes the variable away."""
    environment = clean_environment(str(var)) | given
    return subprocess.run(
        [sys.executable, "-c", PRINT],
        env={name: value for name, value in environment.items() if value or name not in KEYS},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_secret_may_come_as_a_file_which_comes_before_its_value(tmp_path: Path) -> None:
    given = {f"LPCONTEXT_{name}": "not this one" for name in SECRETS}
    for name, secret in SECRETS.items():
        (tmp_path / name).write_text(f"{secret}\n")
        given[f"LPCONTEXT_{name}_FILE"] = str(tmp_path / name)

    read = json.loads(start(tmp_path, **given).stdout)

    assert [read[name] for name in ("SECRET_KEY", "METRICS_TOKEN", "REDIS_URL")] == [
        SECRETS[name] for name in ("SECRET_KEY", "METRICS_TOKEN", "REDIS_URL")
    ]
    assert read["database"] == ["django.db.backends.postgresql", "s3cret"]
    assert read["seal keys"] == 1


def test_what_is_empty_counts_as_absent(tmp_path: Path) -> None:
    names = ("DEBUG", "ALLOWED_HOSTS", "REFRESH_SECONDS", "METRICS_TOKEN", "DATABASE_URL", "SECRET_KEY_FILE")

    read = json.loads(start(tmp_path, **{f"LPCONTEXT_{name}": "" for name in names}).stdout)

    assert (read["debug"], read["refresh"], read["METRICS_TOKEN"]) == (False, 5, "")
    assert read["hosts"] == ["localhost", "127.0.0.1", "[::1]"]
    assert read["database"][0] == "django.db.backends.sqlite3"


def test_a_value_is_read_as_what_it_stands_for(tmp_path: Path) -> None:
    given = {
        "LPCONTEXT_DEBUG": "on",
        "LPCONTEXT_ALLOWED_HOSTS": "a.example,b.example",
        "LPCONTEXT_REFRESH_SECONDS": "7.5",
        "LPCONTEXT_SECRET_KEY": SECRETS["SECRET_KEY"],
    }

    read = json.loads(start(tmp_path, **given).stdout)

    assert (read["debug"], read["hosts"], read["refresh"]) == (True, ["a.example", "b.example"], 7.5)
    assert read["SECRET_KEY"] == SECRETS["SECRET_KEY"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": ""}, "LPCONTEXT_SECRET_KEY is not set"),
        ({"SEAL_KEYS": ""}, "LPCONTEXT_SEAL_KEYS is not set"),
        ({"SEAL_KEYS": " , "}, "LPCONTEXT_SEAL_KEYS is empty"),
        ({"SEAL_KEYS": "s3cret"}, "LPCONTEXT_SEAL_KEYS must hold base64 texts"),
        ({"SECRET_KEY_FILE": "/no/such/s3cret"}, "LPCONTEXT_SECRET_KEY_FILE names a file that cannot be read"),
        ({"SEAL_KEYS_FILE": "/"}, "LPCONTEXT_SEAL_KEYS_FILE names a file that cannot be read"),
        ({"METRICS_TOKEN_FILE": sys.executable}, "LPCONTEXT_METRICS_TOKEN_FILE names a file that cannot be read"),
        ({"DATABASE_URL_FILE": "/dev/null"}, "LPCONTEXT_DATABASE_URL_FILE names a file that is empty"),
        ({"DATABASE_URL": "mysql://s3cret@h/db"}, "LPCONTEXT_DATABASE_URL must begin with"),
        ({"HSTS_SECONDS": "s3cret"}, "LPCONTEXT_HSTS_SECONDS cannot be read as int"),
        ({"REFRESH_SECONDS": "soon"}, "LPCONTEXT_REFRESH_SECONDS cannot be read as float"),
        ({"READ_SECONDS": "500"}, "LPCONTEXT_READ_SECONDS must be more than 0 and at most 120"),
        ({"CHAT_REFRESH_SECONDS": "1"}, "LPCONTEXT_CHAT_REFRESH_SECONDS must be at least 2"),
    ],
)
def test_a_wrong_one_is_named_and_never_repeated(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    started = start(tmp_path, **{f"LPCONTEXT_{name}": value for name, value in given.items()})

    assert started.returncode == 1
    assert f"ImproperlyConfigured: {sentence}" in started.stderr.splitlines()[-1]
    assert "s3cret" not in started.stderr
