"""What a host says of itself, and what its verification ends in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from django.http import HttpResponse

from lpcontext.launch.model import Launch

View = Callable[..., HttpResponse]
Reason = Literal["forged", "over", "origin", "ids", "account"]


class Verified(NamedTuple):
    """`framed_by`: the origins that may frame the panel; none: nobody may."""

    launch: Launch
    framed_by: Sequence[str] = ()


class Denied(NamedTuple):
    """`sentence` says the reason more exactly.

    A refusal is framed by the account's origins of now, like the panel it stands for: else nobody could read it.
    """

    reason: Reason
    status: int
    sentence: str = ""
    framed_by: Sequence[str] = ()


class Unverifiable(NamedTuple):
    """Memory is away: nothing was used up, so the same address may open later."""

    framed_by: Sequence[str] = ()


Outcome = Verified | Denied | Unverifiable


class Route(NamedTuple):
    """`path` as Django's `path()` reads it; `verify` gets the request and what the path holds."""

    path: str
    name: str
    verify: Callable[..., Outcome]


class Host(NamedTuple):
    """`decorators` of its views, outermost first. `docs`: its section, as page#anchor.

    `reopens_by_slug`: its addresses open once or hold what may not stay in an address bar, so that a reload goes to the
    account's own address; else a reload verifies anew.
    """

    name: str
    routes: tuple[Route, ...]
    decorators: tuple[Callable[[Any], Any], ...]
    reopens_by_slug: bool
    docs: str
