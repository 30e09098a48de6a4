"""Writes that may be sent twice: the same `Idempotency-Key` with the same request is answered as the first time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest

from lpcontext.accounts.models import IntegrationKey
from lpcontext.api.responses import ApiRefused
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import MemoryUnavailable, claim_answer, drop_answer, keep_answer

_PURPOSE = "api.answer"
_LONGEST = 200
_HEADER = "Idempotency-Key"


def answer_once(
    request: HttpRequest, key: IntegrationKey, make: Callable[[], dict[str, Any]], *, seconds: float
) -> dict[str, Any]:
    """What `make` returns, or returned for the same request within `seconds`. Raises ApiRefused.

    With memory away it is made anew: the request comes first.
    """
    wished = request.headers.get(_HEADER, "")
    if not wished:
        return make()
    if len(wished) > _LONGEST or not wished.isascii() or not wished.isprintable():
        raise ApiRefused(f"{_HEADER} must be at most {_LONGEST} plain characters.", status=400, field=_HEADER)
    name = get_sealer().name_of("idempotency", str(key.pk), request.path, wished)
    asked = hashlib.sha256(request.body).hexdigest()
    try:
        kept = claim_answer(name, asked)
    except MemoryUnavailable:
        return make()
    match kept.state:
        case "kept":
            return _open(kept.answer)
        case "other":
            raise ApiRefused(f"This {_HEADER} was used for another request.", status=422, field=_HEADER)
        case "busy":
            raise ApiRefused("The same request is being answered just now.", status=409, retry_after=1)
    return _make(name, make, seconds=seconds)


def _make(name: str, make: Callable[[], dict[str, Any]], *, seconds: float) -> dict[str, Any]:
    try:
        content = make()
    except BaseException:
        with suppress(MemoryUnavailable):  # the claim lapses by itself
            drop_answer(name)
        raise
    with suppress(MemoryUnavailable):
        keep_answer(name, get_sealer().seal(json.dumps(content).encode(), purpose=_PURPOSE), seconds=seconds)
    return content


def _open(sealed: bytes) -> dict[str, Any]:
    """Raises ApiRefused where it was sealed with a key that is gone."""
    try:
        content: dict[str, Any] = json.loads(get_sealer().open(sealed, purpose=_PURPOSE))
    except SealBroken:
        raise ApiRefused("The first answer can no longer be read.", status=422, field=_HEADER) from None
    return content
