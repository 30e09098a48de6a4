"""Zendesk apps with signed URLs: the first page load is a cross-site POST of a JWT, RS256, good for minutes.

The key is the app's public one. HS256 with that key as the secret is the classic confusion: RS256 alone is accepted,
and no address in a token is ever fetched. Zendesk: "Building a server-side app - Part 5: Securing the app".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import jwt
from django.http import HttpRequest

from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import LaunchHost, LaunchKey
from lpcontext.launch.hosts.host import Host, Outcome, Route
from lpcontext.launch.hosts.proof import CheckFailed, Proof, accept
from lpcontext.launch.hosts.signed_request import (
    DECORATORS,
    SKEW_SECONDS,
    find_ids,
    find_key_framing,
    verify_signed,
)
from lpcontext.launch.ticket_request import TicketRequest, find_locale, find_text, read_ticket_ids

_REQUIRED = ["exp", "iat", "iss", "aud"]
# A token says when it ends; one that would be good for longer than this is no Zendesk's.
_LONGEST_SECONDS = 3600


def _verify(request: HttpRequest, *, slug: str) -> Outcome:
    return verify_signed(LaunchHost.ZENDESK, slug, lambda key: _prove(request, key))


def _prove(request: HttpRequest, key: LaunchKey) -> Outcome:
    """Raises CheckFailed, InvalidRequest."""
    token = request.POST.get("token", "") if request.method == "POST" else ""
    if not token:
        raise CheckFailed("no token in a POST")
    claims = _open(token, key)
    issued, ends = _read_times(claims)
    # Without the signature: its last letter has bits that say nothing, so that it can be spelled in several ways.
    proof = Proof(token.rpartition(".")[0].encode(), issued_ms=issued * 1000, seconds=ends - issued + 2 * SKEW_SECONDS)
    return accept(key, _read_request(request, claims, key), proof)


def _open(token: str, key: LaunchKey) -> dict[str, Any]:
    """The claims, proven. Raises CheckFailed."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.public_key,
            algorithms=["RS256"],
            audience=key.tenant,
            leeway=SKEW_SECONDS,
            # Zendesk does not say what it writes into `sub`.
            options={"require": _REQUIRED, "verify_sub": False},
        )
    except jwt.InvalidTokenError as problem:
        raise CheckFailed(type(problem).__name__) from None
    except jwt.InvalidKeyError:
        raise CheckFailed("the public key cannot be read") from None
    except (ValueError, TypeError, OverflowError):
        raise CheckFailed("claims") from None
    domain = urlsplit(key.tenant).hostname or ""
    if not domain or claims["iss"] not in (domain, f"https://{domain}"):
        raise CheckFailed("issuer")
    return claims


def _read_times(claims: dict[str, Any]) -> tuple[int, int]:
    """When it was issued and when it ends, epoch seconds. Raises CheckFailed."""
    try:
        issued, ends = int(claims["iat"]), int(claims["exp"])
    except (ValueError, TypeError, OverflowError):
        raise CheckFailed("claims") from None
    if ends - issued > _LONGEST_SECONDS:
        raise CheckFailed("life")
    return issued, ends


def _read_request(request: HttpRequest, claims: dict[str, Any], key: LaunchKey) -> TicketRequest:
    """The agent is proven; the ids are not in the token, but in the app's address or form. Raises InvalidRequest."""
    ids = {"accountId": key.account_id, **find_ids(request.POST.dict(), request.GET.dict())}
    agent = claims.get("sub")
    parent = f"https://{urlsplit(key.tenant).hostname}"
    return TicketRequest(
        subject=read_ticket_ids(ids),
        agent_id=find_text(str(agent) if type(agent) is int else agent),
        origin=parent if parent in framing_origins(key.account) else None,
        locale=find_locale(request.GET.get("locale")),
    )


ZENDESK = Host(
    name="zendesk",
    routes=(Route("launch/zendesk/<slug:slug>", "zendesk", _verify),),
    decorators=DECORATORS,
    reopens_by_slug=True,
    docs="embedding/zendesk.md#zendesk",
    find_framing=find_key_framing,
)
