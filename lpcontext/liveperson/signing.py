"""OAuth 1.0 signatures: every attempt is signed anew, over the address exactly as it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from requests import PreparedRequest
from requests.auth import AuthBase
from requests_oauthlib import OAuth1

from lpcontext.liveperson.credentials import OAuth1Key


def new_nonce() -> str:
    """A UUID, as in LivePerson's own example (contract 3.1)."""
    return str(uuid.uuid4())


class KeySignature(AuthBase):
    """Signs with an API key: HMAC-SHA1 in the Authorization header, no realm (contract 3.1, 3.2).

    A body of JSON plays no part, so there is no `oauth_body_hash`. `clock` tells epoch seconds.
    """

    def __init__(self, key: OAuth1Key, *, clock: Callable[[], float], nonce: Callable[[], str] = new_nonce) -> None:
        self._key = key
        self._clock = clock
        self._nonce = nonce

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        signature = OAuth1(
            self._key.app_key,
            client_secret=self._key.secret,
            resource_owner_key=self._key.access_token,
            resource_owner_secret=self._key.access_token_secret,
            signature_method="HMAC-SHA1",
            decoding=None,  # the header as text, like all our others
            nonce=self._nonce(),
            timestamp=str(int(self._clock())),
        )
        signed: PreparedRequest = signature(request)
        return signed


class Bearer(AuthBase):
    """Shows the bearer of a log-in (contract 2.1)."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._bearer}"
        return request
