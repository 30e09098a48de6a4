"""The bearer of a log-in, on its way out."""

from __future__ import annotations

from requests import PreparedRequest
from requests.auth import AuthBase


class Bearer(AuthBase):
    """Shows the bearer of a log-in (contract 2.1)."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._bearer}"
        return request
