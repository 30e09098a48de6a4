"""Errors of our JSON doors, as RFC 9457 writes them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

PROBLEM_TYPE = "application/problem+json"


def build_problem(status: int, detail: str, *, field: str | None = None, **more: str) -> dict[str, Any]:
    """`detail` is one sentence that repeats nothing of what was sent; `field`, in the caller's spelling, the wrong one.

    `error` says the same as `detail`, under the name it had before.
    """
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "error": detail,
    }
    return problem | ({"field": field} if field else {}) | more
