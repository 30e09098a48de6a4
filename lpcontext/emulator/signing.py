"""OAuth 1.0 with HMAC-SHA1, checked over what was really sent (contract 3.2, OAuth Core 1.0 section 9)."""

from __future__ import annotations

import base64
import hmac
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

PAIR: Final = re.compile(r'(?<![A-Za-z0-9_.~-])([A-Za-z0-9_.~-]++)="([^"]*)"')
DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
NONCES_KEPT: Final = 100_000
UNRESERVED: Final = "-._~"
# What `quote` does to each ASCII character: a table is many times quicker, and texts to sign are nearly all ASCII.
ESCAPES: Final = {number: quote(chr(number), safe=UNRESERVED) for number in range(128)}


class SignatureProblem(Exception):
    """The signature does not hold; `word` is the problem in the words of OAuth's problem reporting."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """The four values of an API key (contract 3.1)."""

    app_key: str
    secret: str = field(repr=False)
    access_token: str
    access_token_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """The parts of a request a signature covers. `form` is the body where it is form-encoded, else empty."""

    method: str
    scheme: str
    host: str
    raw_path: str
    raw_query: str
    form: str = ""


def read_authorization(header: str) -> dict[str, str]:
    """The parameters of an `Authorization: OAuth …` header, decoded, realm included. Raises SignatureProblem."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "oauth":
        raise SignatureProblem("parameter_absent")
    pairs = [(unquote(name), unquote(value)) for name, value in PAIR.findall(rest)]
    if len({name for name, _ in pairs}) != len(pairs):
        raise SignatureProblem("parameter_rejected")
    return dict(pairs)


def verify_signature(request: SignedRequest, *, oauth: dict[str, str], key: SigningKey) -> None:
    """Compare the signature with our own. Raises SignatureProblem naming what is wrong first."""
    if oauth.get("oauth_consumer_key") != key.app_key:
        raise SignatureProblem("consumer_key_unknown")
    if oauth.get("oauth_token") != key.access_token:
        raise SignatureProblem("token_rejected")
    if oauth.get("oauth_signature_method") != "HMAC-SHA1":
        raise SignatureProblem("signature_method_rejected")
    if oauth.get("oauth_version", "1.0") != "1.0":
        raise SignatureProblem("version_rejected")
    if not hmac.compare_digest(sign(request, oauth=oauth, key=key).encode(), oauth.get("oauth_signature", "").encode()):
        raise SignatureProblem("signature_invalid")


def sign(request: SignedRequest, *, oauth: dict[str, str], key: SigningKey) -> str:
    """The signature this request should carry."""
    secret = f"{_encode(key.secret)}&{_encode(key.access_token_secret)}"
    digest = hmac.new(secret.encode(), base_string(request, oauth=oauth).encode(), "sha1").digest()
    return base64.b64encode(digest).decode()


def base_string(request: SignedRequest, *, oauth: dict[str, str]) -> str:
    """What is signed: method, address and every parameter, whichever oauth_* ones the client chose to send."""
    parameters = [
        *parse_qsl(request.raw_query, keep_blank_values=True),
        *parse_qsl(request.form, keep_blank_values=True),
        *((name, value) for name, value in oauth.items() if name not in ("oauth_signature", "realm")),
    ]
    return "&".join((request.method.upper(), _encode(_address(request)), _encode(_normalise(parameters))))


def _address(request: SignedRequest) -> str:
    """Scheme, host and path; the port only where it is not the scheme's own. The path stays as it was sent."""
    host = request.host.lower().removesuffix(DEFAULT_PORTS[request.scheme])
    return f"{request.scheme}://{host}{request.raw_path}"


def _normalise(parameters: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={value}" for name, value in sorted((_encode(n), _encode(v)) for n, v in parameters))


def _encode(text: str) -> str:
    """Percent-encode everything but the unreserved characters."""
    return text.translate(ESCAPES) if text.isascii() else quote(text, safe=UNRESERVED)


class NonceStore:
    """Which nonces were used: none is taken twice, and none from another time. Not safe for threads by itself."""

    def __init__(self) -> None:
        self._used: set[tuple[str, str, str]] = set()
        self._order: deque[tuple[str, str, str]] = deque()  # a dict would look for its oldest ever longer

    def take(self, oauth: dict[str, str], *, now_seconds: float, window_seconds: float | None) -> None:
        """Spend the request's nonce. Raises SignatureProblem where it is stale, missing or spent."""
        timestamp, nonce = oauth.get("oauth_timestamp", ""), oauth.get("oauth_nonce", "")
        if not timestamp.isascii() or not timestamp.isdigit() or not nonce:
            raise SignatureProblem("parameter_absent")
        if window_seconds is not None and abs(now_seconds - int(timestamp)) > window_seconds:
            raise SignatureProblem("timestamp_refused")
        entry = (oauth.get("oauth_token", ""), timestamp, nonce)
        if entry in self._used:
            raise SignatureProblem("nonce_used")
        self._used.add(entry)
        self._order.append(entry)
        if len(self._order) > NONCES_KEPT:
            self._used.remove(self._order.popleft())
