"""A snapshot as the body of the panel: the one fragment that refreshes.

A pure function of the snapshot and the viewer: no clock, no token, no agent. Parts and rows are kept for a while, by a
digest of exactly what they were shown, so a change costs only the parts and rows it touches.
"""

from __future__ import annotations

from django.utils.safestring import SafeString

from lpcontext.masking import Masker
from lpcontext.panel.notice import build_chat_notice, build_notice_beside_chat, build_visit_notice, render_notice
from lpcontext.panel.parts import PARTS, PanelContent
from lpcontext.panel.templating import join_markup, load_templates, render_template
from lpcontext.panel.viewer import Viewer
from lpcontext.panel.wording.device import format_browser
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import State

_FRAMES = ("_body", "_bare", "_waiting", "_notice", "_page_rows", "_chat_bubble", "_chat_note")


def render_body(
    snapshot: VisitSnapshot | None, *, viewer: Viewer, chat: ChatSnapshot | None = None, version: str | None = None
) -> str:
    """`<div id="panel-body" data-version="…">` and all that is in it: a visit, a chat, or both.

    `version` names what both show together; a visit alone has its own. Raises ValueError when there is neither.
    """
    if snapshot is None and chat is None:
        raise ValueError("neither a visit nor a chat to show")
    if chat is None and snapshot is not None:
        version = snapshot.version
    content = PanelContent(snapshot, chat)
    if content.is_empty:
        return _render_empty(content, version or "")
    masker = _make_masker(content, viewer)
    columns: dict[str, list[SafeString]] = {"left": [], "right": [], "more": []}
    for part in PARTS:
        columns[part.column].append(part.render(content, masker))
    above, beside = _render_notices(content)
    columns["left"].insert(0, beside)
    html = {column: join_markup(pieces) for column, pieces in columns.items()}
    return render_template("panel/_body.html", version=version or "", notice=above, **html)


def _make_masker(content: PanelContent, viewer: Viewer) -> Masker:
    chat = content.chat
    return Masker.of(
        content.visit,
        hidden=viewer.hidden,
        chat=chat.chat if chat else None,
        participant=chat.participant if chat else None,
    )


def prepare_rendering() -> None:
    """Load what the first panel would wait for: the templates, and the rules by which browsers are named."""
    load_templates(part.template for part in PARTS)
    load_templates(f"panel/{name}.html" for name in _FRAMES)
    format_browser("Mozilla/5.0")


def _render_empty(content: PanelContent, version: str) -> str:
    chat, snapshot = content.chat, content.snapshot
    known = chat or snapshot
    if known is None or known.state == State.WAITING:
        return render_template("panel/_waiting.html", version=version)
    notice = build_chat_notice(known) if isinstance(known, ChatSnapshot) else build_visit_notice(known)
    return render_template("panel/_bare.html", version=version, notice=render_notice(notice))


def _render_notices(content: PanelContent) -> tuple[SafeString, SafeString]:
    """What is wrong with the visit: said above all, or beside its chat, since either may fail alone."""
    nothing, snapshot = SafeString(""), content.snapshot
    if snapshot is None or snapshot.state == State.LIVE:
        return nothing, nothing
    if content.chat is None:
        return render_notice(build_visit_notice(snapshot)), nothing
    if snapshot.state == State.WAITING:
        return nothing, nothing
    return nothing, render_notice(build_notice_beside_chat(snapshot))
