"""Whole pages: the panel around its body, an empty one for a reload, memory down, a refusal, the form that opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from lpcontext.accounts.rights import Right
from lpcontext.launch import Launch, seal_token
from lpcontext.panel.panel_page import PanelPage
from lpcontext.panel.tick import find_or_render_body, format_as_of, render_bare_body, unpack_body
from lpcontext.panel.viewer import Viewer
from lpcontext.panel.wording.hidden_kinds import describe_kinds
from lpcontext.panel.wording.refusal import Refusal
from lpcontext.refresh import view_subject
from lpcontext.snapshots import MemoryUnavailable, memory_now_ms
from lpcontext.subjects import ChatKey, State

_MEMORY_DOWN_RETRY_SECONDS = 3


def render_panel(request: HttpRequest, launch: Launch, right: Right, *, reload_path: str) -> HttpResponse:
    """Complete in this one response when the snapshot is warm, else a skeleton.

    With memory gone it says so and ticks all the same: the launch is good, so the panel comes back by itself.
    """
    try:
        view, body = find_or_render_body(view_subject(launch.subject, is_launch=True), Viewer.of(right.hidden))
        at_ms = memory_now_ms()
    except MemoryUnavailable:
        return _render_panel_without_memory(request, launch, reload_path=reload_path)
    as_of_ms = view.leading().as_of_ms
    page = PanelPage(
        token=seal_token(launch),
        body_html=_unpack_trusted(body),
        state=view.state_at(now_ms=at_ms),
        as_of=format_as_of(as_of_ms) if as_of_ms is not None else "",
        next_ms=view.next_tick_ms(now_ms=at_ms, in_a_hurry=True),
        subject=_describe_kind(launch),
        reload_path=reload_path,
        opened_at=format_as_of(launch.opened_ms),
        revealable=describe_kinds(right.hidden & right.revealable),
    )
    return _render(request, page.template, page=page)


def _render_panel_without_memory(request: HttpRequest, launch: Launch, *, reload_path: str) -> HttpResponse:
    page = PanelPage(
        token=seal_token(launch),
        body_html=_unpack_trusted(render_bare_body(State.MEMORY_DOWN)),
        state=State.MEMORY_DOWN,
        next_ms=_MEMORY_DOWN_RETRY_SECONDS * 1000,
        subject=_describe_kind(launch),
        reload_path=reload_path,
        opened_at=format_as_of(launch.opened_ms),
    )
    return _render(request, page.template, page=page)


def _describe_kind(launch: Launch) -> str:
    return "chat" if isinstance(launch.subject, ChatKey) else "visit"


def render_shell(request: HttpRequest, *, reload_path: str) -> HttpResponse:
    page = PanelPage(
        body_html=_unpack_trusted(render_bare_body(State.WAITING)),
        state=State.WAITING,
        as_of="",
        next_ms=0,
        subject="visit",
        reload_path=reload_path,
        opened_at="",
    )
    return _render(request, page.template, page=page)


def render_memory_down(request: HttpRequest) -> HttpResponse:
    """Nothing can be shown or spent; the browser comes back to the same address by itself."""
    page = PanelPage(
        body_html=_unpack_trusted(render_bare_body(State.MEMORY_DOWN)),
        state=State.MEMORY_DOWN,
        as_of="",
        next_ms=None,
        subject="visit",
        reload_path="",
        opened_at="",
    )
    response = _render(request, page.template, page=page)
    response["Refresh"] = str(_MEMORY_DOWN_RETRY_SECONDS)
    return response


def render_refusal(request: HttpRequest, reason: str, *, status: int, sentence: str = "") -> HttpResponse:
    refusal = Refusal.of(reason, sentence=sentence)
    return _render(request, refusal.template, status=status, refusal=refusal)


def render_opening_form(request: HttpRequest) -> HttpResponse:
    """Tells nothing of anybody, for anything may be looking; the agent's browser sends the form."""
    return _render(request, "launch/opening_form.html")


def _render(request: HttpRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """These addresses may hold a ticket or ids: no other page learns where the browser came from."""
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _unpack_trusted(body: bytes) -> SafeString:
    return SafeString(unpack_body(body))  # nosec B703 # our rendering: escaped when made, authenticated since
