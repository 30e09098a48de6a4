"""Django's way to a user whom the provider proves: mozilla-django-oidc's code flow, with stricter looks at the token.

The library checks a token's signature and nonce. For whom it was issued, by whom and until when, that `none` and HMAC
are no signatures, and that both of the provider's answers are about one person, is checked here (OpenID Connect Core
3.1.3.7 and 5.3.2).
"""

from __future__ import annotations

import hmac
from typing import Any

import jwt
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from lpcontext.signin.admission import admit_user
from lpcontext.signin.identity import read_identity
from lpcontext.signin.provider import ProviderUnavailable, fetch_keys, find_provider

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_REQUIRED = ["iss", "aud", "exp", "iat", "sub"]
_SKEW_SECONDS = 60


class TokenRefused(Exception):
    """What the provider sent proves nobody; the text, for operators, says which check failed and repeats nothing."""


# Django finds a backend by its class, and the library, which has no types, is made to be derived from.
class ProviderBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Made anew for each request of whoever is signed in, so it asks for nothing until somebody comes back."""

    def __init__(self) -> None:
        self.UserModel = User
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC_RP_CLIENT_SECRET

    def authenticate(self, request: HttpRequest | None, *, nonce: str, code_verifier: str) -> User | None:
        """Of a request that came back from the provider; its parameters are named so that Django brings no password.

        Raises ProviderUnavailable, TokenRefused, NotAdmitted, OSError.
        """
        provider = find_provider()
        self.OIDC_OP_TOKEN_ENDPOINT = provider.token_endpoint
        self.OIDC_OP_USER_ENDPOINT = provider.userinfo_endpoint
        user: User | None = super().authenticate(request, nonce=nonce, code_verifier=code_verifier)
        return user

    def get_user(self, user_id: int) -> User | None:
        """Not a deactivated one, whom the library's own would let stay."""
        user = ModelBackend().get_user(user_id)
        return user if isinstance(user, User) else None

    def get_token(self, payload: dict[str, Any]) -> dict[str, Any]:
        answer = super().get_token(payload)
        if not isinstance(answer, dict) or not all(
            isinstance(answer.get(name), str) for name in ("id_token", "access_token")
        ):
            raise TokenRefused("no token")
        return answer

    def raise_token_response_error(self, response: Any) -> None:
        """The library's error repeats the answer. Raises TokenRefused, ProviderUnavailable."""
        if response.status_code >= 500:
            raise ProviderUnavailable("the provider's token endpoint fails")
        if response.status_code != 200:
            raise TokenRefused("the provider takes neither code nor client")

    def verify_token(self, token: str, *, nonce: str = "", **_: Any) -> dict[str, Any]:
        """The claims of an ID token. Raises TokenRefused."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._find_signing_key(token),
                algorithms=_ALGORITHMS,
                audience=self.OIDC_RP_CLIENT_ID,
                issuer=find_provider().issuer,
                leeway=_SKEW_SECONDS,
                options={"require": _REQUIRED},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as problem:
            raise TokenRefused(type(problem).__name__) from None
        if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise TokenRefused("nonce")
        if isinstance(claims["aud"], list) and claims.get("azp", self.OIDC_RP_CLIENT_ID) != self.OIDC_RP_CLIENT_ID:
            raise TokenRefused("azp")
        return claims

    def _find_signing_key(self, token: str) -> jwt.PyJWK:
        """A provider with one key need not name it. Raises TokenRefused, ProviderUnavailable, jwt.PyJWTError."""
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in _ALGORITHMS:
            raise TokenRefused("algorithm")
        keys = [
            key
            for key in fetch_keys(find_provider())
            if key.get("use", "sig") == "sig"
            and key.get("alg", algorithm) == algorithm
            and key.get("kid") == header.get("kid", key.get("kid"))
        ]
        if len(keys) != 1:
            raise TokenRefused("signing key")
        return jwt.PyJWK(keys[0], algorithm=algorithm)

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User:
        return admit_user(read_identity(self._read_claims(access_token, id_token, payload), issuer=payload["iss"]))

    def _read_claims(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The token's, and what the provider says besides. Raises TokenRefused."""
        if not self.OIDC_OP_USER_ENDPOINT:
            return payload
        said = self.get_userinfo(access_token, id_token, payload)
        if not isinstance(said, dict) or said.get("sub") != payload["sub"]:
            raise TokenRefused("userinfo is about somebody else")
        return {**payload, **said}
