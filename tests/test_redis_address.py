"""One spelling of `ssl_cert_reqs` that both libraries read alike, or a refusal by name at the start."""

from __future__ import annotations

import ssl
import subprocess
import sys
from typing import Any

import kombu
import pytest
import redis
from celery import Celery
from django.core.exceptions import ImproperlyConfigured

from lpcontext.celery import broker_address
from lpcontext.settings import normalize_redis_url
from tests.support.environment import clean_environment

SPELLINGS = {
    "required": ssl.CERT_REQUIRED,
    "CERT_REQUIRED": ssl.CERT_REQUIRED,
    "Required": ssl.CERT_REQUIRED,
    "cert_required": ssl.CERT_REQUIRED,
    "optional": ssl.CERT_OPTIONAL,
    "CERT_OPTIONAL": ssl.CERT_OPTIONAL,
    "Cert_Optional": ssl.CERT_OPTIONAL,
    "none": ssl.CERT_NONE,
    "None": ssl.CERT_NONE,
    "NONE": ssl.CERT_NONE,
    "CERT_NONE": ssl.CERT_NONE,
    "cert%5Fnone": ssl.CERT_NONE,
}


def spell(url: str) -> str:
    return normalize_redis_url(url, variable="REDIS_URL")


def as_redis_reads(url: str) -> redis.SSLConnection:
    connection = redis.Redis.from_url(url).connection_pool.make_connection()
    assert isinstance(connection, redis.SSLConnection)
    return connection


def as_kombu_reads(url: str) -> dict[str, Any]:
    with kombu.Connection(url) as connection:
        return read_ssl(connection)


def as_celery_reads(url: str) -> dict[str, Any]:
    with Celery(broker=url).connection_for_write() as connection:
        return read_ssl(connection)


def read_ssl(connection: kombu.Connection) -> dict[str, Any]:
    assert connection.transport_cls == "rediss"
    assert isinstance(connection.ssl, dict)
    return connection.ssl


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_means_the_same_to_both_libraries(spelling: str) -> None:
    url = spell(f"rediss://:secret@cache.example:6380/1?ssl_cert_reqs={spelling}")

    assert as_redis_reads(url).cert_reqs == SPELLINGS[spelling]
    assert as_kombu_reads(broker_address(url)) == {"ssl_cert_reqs": SPELLINGS[spelling]}
    assert as_celery_reads(broker_address(url)) == {"ssl_cert_reqs": SPELLINGS[spelling]}


def test_an_address_that_says_nothing_trusts_nobody_unproven() -> None:
    url = spell("rediss://cache.example:6380/0")

    assert as_redis_reads(url).cert_reqs == as_kombu_reads(url)["ssl_cert_reqs"] == ssl.CERT_REQUIRED


def test_whatever_else_an_address_says_stays() -> None:
    url = spell("rediss://user:p%40ss@cache.example:6380/3?ssl_cert_reqs=CERT_NONE&ssl_ca_certs=%2Fetc%2Fca.pem")

    connection = as_redis_reads(url)
    assert (connection.host, connection.port, connection.db) == ("cache.example", 6380, 3)
    assert (connection.username, connection.password) == ("user", "p@ss")
    assert connection.ca_certs == as_kombu_reads(url)["ssl_ca_certs"] == "/etc/ca.pem"


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost:6379/0",
        "redis://h/0?health_check_interval=3",
        "unix:///run/valkey.sock?db=1",
        "amqp://h//",
        "",
    ],
)
def test_an_address_without_tls_is_left_alone(url: str) -> None:
    assert spell(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "rediss://h/0?ssl_cert_reqs=maybe",
        "rediss://h/0?ssl_cert_reqs=",
        "rediss://h/0?ssl_cert_reqs=2",
        "rediss://h/0?ssl_cert_reqs=none&ssl_cert_reqs=required",
        "redis://h/0?ssl_cert_reqs=none",
    ],
)
@pytest.mark.parametrize("variable", ["REDIS_URL", "BROKER_URL"])
def test_any_other_is_refused_by_the_name_of_its_variable(url: str, variable: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"LPCONTEXT_{variable} .*ssl_cert_reqs"):
        normalize_redis_url(url, variable=variable)


@pytest.mark.parametrize("variable", ["LPCONTEXT_REDIS_URL", "LPCONTEXT_BROKER_URL"])
def test_a_wrong_one_stops_the_start(variable: str, tmp_path: Any) -> None:
    environment = clean_environment(str(tmp_path)) | {variable: "rediss://:secret@h/0?ssl_cert_reqs=perhaps"}

    started = subprocess.run(
        [sys.executable, "-c", "import lpcontext.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert variable in started.stderr.splitlines()[-1]
    assert "secret" not in started.stderr
