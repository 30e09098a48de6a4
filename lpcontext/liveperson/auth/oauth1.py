"""OAuth 1.0 signatures: every attempt is signed anew, over the address exactly as it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849.signature import (
    base_string_uri,
    collect_parameters,
    normalize_parameters,
    sign_hmac_sha1_with_client,
    signature_base_string,
)
from requests import PreparedRequest
from requests.auth import AuthBase
from requests_oauthlib import OAuth1

from lpcontext.liveperson.auth.credentials import OAuth1Key


def new_nonce() -> str:
    """A UUID, as in LivePerson's own example (contract 3.1)."""
    return str(uuid.uuid4())


class OAuth1Signature(AuthBase):
    """Signs with an API key: HMAC-SHA1 in the Authorization header, no realm (contract 3.1, 3.2).

    A body of JSON plays no part, so there is no `oauth_body_hash`. `clock` tells epoch seconds.
    """

    def __init__(self, key: OAuth1Key, *, clock: Callable[[], float], nonce: Callable[[], str] = new_nonce) -> None:
        signing = partial(_SigningClient, clock=clock, new_nonce=nonce)
        self._oauth = OAuth1(
            key.app_key,
            client_secret=key.secret,
            resource_owner_key=key.access_token,
            resource_owner_secret=key.access_token_secret,
            signature_method="HMAC-SHA1",
            decoding=None,  # the header as text, like all our others
            client_class=signing,
        )

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        # Without `OAuth1.__call__`, which looks for a form in the body first and then writes all headers anew.
        _, headers, _ = self._oauth.client.sign(request.url, request.method, None, {})
        request.headers["Authorization"] = headers["Authorization"]
        return request


# requests-oauthlib takes our nonce and clock by a subclass alone, and oauthlib, whose class it is, has no types.
class _SigningClient(Client):  # type: ignore[misc]
    """oauthlib's, made once per key and shared by threads: what differs from call to call is not kept in it."""

    def __init__(self, *key: str, clock: Callable[[], float], new_nonce: Callable[[], str], **options: Any) -> None:
        super().__init__(*key, **options)
        self._clock = clock
        self._new_nonce = new_nonce

    def get_oauth_params(self, request: Any) -> list[tuple[str, str]]:
        return [
            ("oauth_nonce", self._new_nonce()),
            ("oauth_timestamp", str(int(self._clock()))),
            ("oauth_version", "1.0"),
            ("oauth_signature_method", self.signature_method),
            ("oauth_consumer_key", self.client_key),
            ("oauth_token", self.resource_owner_key),
        ]

    def get_oauth_signature(self, request: Any) -> str:
        """As oauthlib's, which would write the parameters into a header first to read them out of it again."""
        asked = collect_parameters(uri_query=request.uri.partition("?")[2])
        parameters = normalize_parameters([*asked, *request.oauth_params])
        base = signature_base_string(request.http_method, base_string_uri(request.uri), parameters)
        return str(sign_hmac_sha1_with_client(base, self))
