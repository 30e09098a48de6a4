"""How LivePerson says no: codes of contract 0.6 and 4.2, in the chosen envelope."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from .choices import Choices
from .messages import Response, json_response

WORDS: Final = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    422: "UNPROCESSABLE_ENTITY",
    429: "TOO_MANY_REQUESTS",
    451: "UNAVAILABLE_FOR_LEGAL_REASONS",
    500: "INTERNAL_SERVER_ERROR",
    503: "SERVICE_UNAVAILABLE",
}
MESSAGES: Final = {
    5: "Request data missing or invalid",
    6: "Invalid account ID",
    10: "Unauthorized",
    12: "Requested session not found",
    33: "Bad request",
    37: "Invalid visitor ID",
    39: "Invalid session ID",
}
STATUSES: Final = {5: 400, 6: 404, 10: 401, 12: 404, 33: 400, 37: 404, 39: 404}


def refuse(code: int, *, choices: Choices, now_ms: int, message: str = "", status: int | None = None) -> Response:
    """Refuse with an internal code, as the monitoring family does."""
    status = status or STATUSES[code]
    message = message or MESSAGES[code]
    if choices.error_envelope == "nested":
        return json_response(_nested(status, message=message, code=code, now_ms=now_ms), status=status)
    return json_response({"time": now_ms, "message": message, "internalCode": code}, status=status)


def refuse_login(status: int, *, message: str, now_ms: int, code: int | None = None) -> Response:
    """Refuse as the Login Service does: nested, and with a time without a zone."""
    return json_response(_nested(status, message=message, code=code, now_ms=now_ms), status=status)


def _nested(status: int, *, message: str, code: int | None, now_ms: int) -> dict[str, Any]:
    moment = datetime.fromtimestamp(now_ms / 1000, UTC)
    hour = moment.hour % 12 or 12
    time = f"{moment:%b} {moment.day}, {moment.year} {hour}:{moment:%M:%S %p}"
    error = {"time": time, "message": message, "internalCode": code, "responseStatus": WORDS[status]}
    return {"error": {name: value for name, value in error.items() if value is not None}}
