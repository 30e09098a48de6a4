"""Faults of the connection: the response is the honest one, and comes late, in pieces, by half, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .messages import Drip, DripPart, Response

if TYPE_CHECKING:
    from .call import Call
    from .faults import Effect, Fault, Proceed

HANG_SECONDS: Final = 3600.0


def slow(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The response waits."""
    response = proceed(call)
    return replace(response, wait_seconds=response.wait_seconds + fault.seconds)


def timeout(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """No response, ever."""
    return Response(silent=True, wait_seconds=HANG_SECONDS)


def drop(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Half of the body, and the connection is closed."""
    return replace(proceed(call), cut=True)


def reset(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """The connection is reset; what was asked for has been done all the same."""
    return replace(proceed(call), reset=True)


def drip(part: DripPart) -> Effect:
    """The head, or the body, comes byte by byte."""

    def handler(fault: Fault, call: Call, proceed: Proceed) -> Response:
        return replace(proceed(call), drip=Drip(part=part, seconds=fault.seconds, total=fault.total))

    return handler


def gzip_of_nothing(fault: Fault, call: Call, proceed: Proceed) -> Response:
    """Bytes keep coming and decode to none."""
    drops = Drip(part="nothing", seconds=fault.seconds, total=fault.total)
    return Response(headers=(("Content-Encoding", "gzip"),), drip=drops)
