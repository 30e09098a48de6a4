"""However the broker's address is spelled, an error reply of it is a lost line to Celery, and not the end."""

from __future__ import annotations

import pytest
from redis import exceptions

from lpcontext.celery import app, broker_address

REPLIES = (
    exceptions.ReadOnlyError,
    exceptions.BusyLoadingError,
    exceptions.OutOfMemoryError,
    exceptions.NoPermissionError,
    exceptions.ResponseError,
    exceptions.WatchError,
)


@pytest.mark.parametrize(
    "url",
    [
        "redis://broker.example:6379/0",
        "rediss://broker.example:6379/0?ssl_cert_reqs=required",
        "unix:///run/valkey.sock",
        "sentinel://sentinel.example:26379/0",
    ],
)
def test_error_replies_are_lost_lines(url: str) -> None:
    connection = app.connection_for_read(broker_address(url))

    assert [reply for reply in REPLIES if not issubclass(reply, connection.connection_errors)] == []
    assert issubclass(OSError, connection.connection_errors)
