"""Why a chat has no visit beside it, under the only name there is: the one given in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.wording.chat_names import find_name, mask_chat_text
from lpcontext.subjects import State


class VisitPieces(NamedTuple):
    name: str | None
    unmonitored: bool


@dataclass(frozen=True, slots=True)
class VisitContext:
    name: str | None
    sentence: str


def select_visit(content: PanelContent) -> VisitPieces | None:
    """Nothing where there is a visit, or trouble with one: the notice says that."""
    chat, snapshot = content.chat, content.snapshot
    if chat is None or (snapshot is not None and snapshot.state != State.WAITING):
        return None
    return VisitPieces(find_name(chat.chat.visitor_name) if chat.chat else None, chat.unmonitored)


def build_visit(pieces: VisitPieces, masker: Masker) -> VisitContext:
    name = mask_chat_text(pieces.name, masker) if pieces.name else None
    return VisitContext(name=name, sentence=_describe_reason(unmonitored=pieces.unmonitored))


def _describe_reason(*, unmonitored: bool) -> str:
    if unmonitored:
        return "This chat was started without monitoring: LivePerson tells no visit for it."
    return "The visit is being asked for."
