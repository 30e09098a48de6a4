"""Whatever is logged, by whichever library: no address with an id in it, no header value, no password."""

import io
import logging
from collections.abc import Callable

import pytest
from django.test import Client

from lpcontext.ops.logs import WithoutAddresses, hide_addresses
from tests.support.growth import measure_growth

VISITOR = "cyNGViYjc4MmU2MzEzZThm"


@pytest.fixture
def written() -> Callable[[logging.LogRecord], str]:
    """The text a record ends up as, behind our filter."""

    def write(record: logging.LogRecord) -> str:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.addFilter(WithoutAddresses())
        handler.handle(record)
        return stream.getvalue()

    return write


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            f"https://lo.v.liveperson.net/api/account/1/monitoring/visitors/{VISITOR}?sid=x failed",
            "https://lo.v.liveperson.net/… failed",
        ),
        (
            f"Max retries exceeded with url: /api/account/1/monitoring/visitors/{VISITOR} (Caused by x)",
            "Max retries exceeded with url: /api/… (Caused by x)",
        ),
        (f"Not Found: /visits/12345678/{VISITOR}/?sid=qCsU", "Not Found: /visits/…"),
        ("Cannot connect to redis://:s3cret@cache.example:6379/0.", "Cannot connect to redis://cache.example:6379/…"),
        (f"'/launch/ticket/{VISITOR}'", "'/launch/…'"),
        ("worker ready", "worker ready"),
        ('File "/srv/lpcontext/api/views.py", line 10', 'File "/srv/lpcontext/api/views.py", line 10'),
    ],
)
def test_addresses_lose_what_could_name_somebody(text: str, kept: str) -> None:
    assert hide_addresses(text) == kept


def test_arguments_of_a_log_line_are_hidden_too(written: Callable[[logging.LogRecord], str]) -> None:
    record = logging.LogRecord("urllib3", logging.WARNING, "", 0, "Retrying: %s", (f"/api/account/1/{VISITOR}",), None)

    assert written(record) == "Retrying: /api/…\n"


def test_a_traceback_is_hidden_too(written: Callable[[logging.LogRecord], str]) -> None:
    error = ValueError(f"no host in https://x.liveperson.net/visitors/{VISITOR}")
    record = logging.LogRecord("lpcontext", logging.ERROR, "", 0, "oops", (), (ValueError, error, None))

    text = written(record)

    assert "ValueError: no host in https://x.liveperson.net/…" in text
    assert VISITOR not in text


def test_djangos_request_log_shows_status_and_route_alone(
    client: Client, caplog: pytest.LogCaptureFixture, written: Callable[[logging.LogRecord], str]
) -> None:
    client.post("/livez")
    client.get(f"/no-such-door/{VISITOR}?sid=qCsU", headers={"host": "localhost"})

    lines = [written(record) for record in caplog.records if record.name.startswith("django")]

    assert any(line.startswith("404 at ") for line in lines)
    assert VISITOR not in "".join(lines)


def test_a_strange_host_header_is_not_repeated(written: Callable[[logging.LogRecord], str]) -> None:
    said = "Invalid HTTP_HOST header: %r."
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 0, said, (VISITOR,), None)

    assert written(record) == "django.security.DisallowedHost at no known address\n"


@pytest.mark.parametrize("piece", ["a", "http", "a.", "://", "://:a@", "/api", "/api/", "x@", "a:/", "+-."])
def test_a_hostile_line_is_hidden_in_linear_time(piece: str) -> None:
    lines = {size: piece * (size // len(piece)) for size in (20_000, 200_000)}

    assert measure_growth(lambda size: hide_addresses(lines[size]), small=20_000) <= 15


@pytest.mark.parametrize("password", ["p@ss", "p?ss", "p#ss", "@"])
def test_a_password_with_odd_letters_is_hidden_whole(password: str) -> None:
    assert hide_addresses(f"redis://user:{password}@cache.example:6379/0") == "redis://cache.example:6379/…"
