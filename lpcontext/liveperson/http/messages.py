"""What goes out to LivePerson and what comes back, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent. Ids and secrets stay out of its repr, and so out of tracebacks."""

    operation: str
    method: Literal["GET", "POST"]
    url: str = field(repr=False)
    json: Mapping[str, str] | None = field(default=None, repr=False)
    cookie: str | None = field(default=None, repr=False)
    content_type: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        named = {"Cookie": self.cookie, "Content-Type": self.content_type}
        return {name: text for name, text in named.items() if text}


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole and decompressed, of whatever status. `at` is epoch seconds."""

    operation: str
    service: str
    status: int
    at: float
    body: bytes = field(repr=False)
    retry_after: str | None = None
    www_authenticate: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    content_type: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
