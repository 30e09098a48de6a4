"""A request as it came in, and a response as it will go out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, overload
from urllib.parse import parse_qsl, unquote

DripPart = Literal["head", "body", "nothing"]
JSON_TYPE: Final = "application/json;charset=UTF-8"


class Headers:
    """A request's headers by name in any case; of several with one name the first counts."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        """`values` has its names in lower case."""
        self._values = values

    @overload
    def get(self, name: str) -> str | None: ...
    @overload
    def get(self, name: str, default: str) -> str: ...
    def get(self, name: str, default: str | None = None) -> str | None:
        return self._values.get(name.lower(), default)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def get_content_type(self) -> str:
        """The media type without its parameters, empty where none was sent."""
        return self._values.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request. `raw_path` and `raw_query` are untouched: OAuth signs what was sent, not what it means.

    Without slots, so that what is read out of it is read once.
    """

    method: str
    raw_path: str
    raw_query: str
    headers: Headers
    body: bytes
    arrived_ms: int

    @cached_property
    def meant_method(self) -> str:
        """The method, or the one a POST is said to stand for."""
        stated = self.headers.get("X-HTTP-Method-Override") if self.method == "POST" else None
        return (stated or self.method).upper()

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The path's pieces, decoded one by one, so that an encoded slash stays inside its piece."""
        return tuple(unquote(piece) for piece in self.raw_path.split("/")[1:])

    @property
    def host(self) -> str:
        """The host and port the client believes it talks to."""
        return self.headers.get("Host", "").strip().lower()

    @property
    def scheme(self) -> str:
        """`http`, unless a proxy in front says that it was `https`."""
        return "https" if self.headers.get("X-Forwarded-Proto", "").lower() == "https" else "http"

    def parameter(self, name: str) -> str | None:
        """The query parameter's first value, None where it was not sent."""
        return self._parameters.get(name)

    def cookie(self, name: str) -> str | None:
        """The cookie's value, None where it was not sent."""
        pairs = (piece.strip().partition("=") for piece in self.headers.get("Cookie", "").split(";"))
        return next((value for key, _, value in pairs if key == name), None)

    @cached_property
    def _parameters(self) -> dict[str, str]:
        return dict(reversed(parse_qsl(self.raw_query, keep_blank_values=True)))

    def document(self) -> Any:
        """The body read as JSON. Raises ValueError where it is none."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drip:
    """A response that trickles: `seconds` of pause between pieces, for `total` seconds, after which the rest follows.

    `part` is the one that trickles: the `head`, the `body`, or `nothing`, a gzip stream that decodes to no byte at
    all. Without `total` it goes on as long as there is something to send; `nothing` then has no end.
    """

    part: DripPart
    seconds: float
    total: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What goes back, and how badly: after `wait_seconds`, cut in half, by drips, or never.

    `silent` hangs up without a word, `reset` resets the connection.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    wait_seconds: float = 0.0
    cut: bool = False
    silent: bool = False
    reset: bool = False
    drip: Drip | None = None


def json_response(document: Any, *, status: int = 200) -> Response:
    """A response with a JSON document."""
    return Response(status=status, body=encode_json(document))


def encode_json(document: Any) -> bytes:
    """UTF-8 as LivePerson sends it; escapes where a lone surrogate (world `hostile`) cannot be UTF-8."""
    try:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(document, separators=(",", ":")).encode()
