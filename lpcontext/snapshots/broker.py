"""Celery's connection to its broker: a broker that fails, or refuses, is one to come back to.

kombu takes an error reply (READONLY during fail-over, OOM, UNBLOCKED …) for a fault in the program, and Celery ends the
worker for it. For us each of them says that the broker is not well, and the connection is opened anew. kombu's own
modules stay as they are: these transports take the place of its two only where Celery is given `BrokerConnection`.
"""

from __future__ import annotations

from typing import Any, Self

import redis
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.base import Transport
from kombu.transport.redis import SentinelTransport
from kombu.transport.redis import Transport as RedisTransport

# What sending a task may raise while the broker is not well.
BROKER_ERRORS = (OperationalError, redis.RedisError, OSError)

_PROBE = "probe"
_LOST_CONNECTION = (*RedisTransport.connection_errors, redis.RedisError, OSError)


class BrokerTransport(RedisTransport):
    """kombu's for Redis, which takes every error of Redis for a lost connection."""

    connection_errors = _LOST_CONNECTION

    def create_channel(self, connection: Any) -> Any:
        """A broker that answers and refuses writes is none to come back to yet: a replica, or one that is full.

        kombu is content with a PING. Celery would then begin to consume, be refused, and begin again many times a
        second, each time leaving a socket open. Raises one of `connection_errors`.
        """
        channel: Any = super().create_channel(connection)
        try:
            channel.client.set(_PROBE, b"1", px=1_000)
        except redis.RedisError:
            channel.close()
            raise
        return channel


class BrokerSentinelTransport(BrokerTransport, SentinelTransport):
    """The same for a Redis that is found through its sentinels."""


_TRANSPORTS: dict[type[Transport], type[Transport]] = {
    RedisTransport: BrokerTransport,
    SentinelTransport: BrokerSentinelTransport,
}

# Celery would wait 2, 4, 6 … 30 s between its tries, and come back that much later than the broker.
BROKER_PACE = {"interval_start": 0.25, "interval_step": 0.25, "interval_max": 1.0}


class BrokerConnection(Connection):
    """kombu's, over the transports above; tries again at `BROKER_PACE`."""

    def get_transport_cls(self) -> type[Transport]:
        chosen = super().get_transport_cls()
        return _TRANSPORTS.get(chosen, chosen)

    def ensure_connection(self, *args: Any, **kwargs: Any) -> Self:
        return super().ensure_connection(*args, **(BROKER_PACE | kwargs))
