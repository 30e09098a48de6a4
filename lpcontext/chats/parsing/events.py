"""What happened in a chat (contract 7.10)."""

from __future__ import annotations

from lpcontext.chats.model import ChatEvent, Transcript
from lpcontext.chats.parsing.info import read_state
from lpcontext.chats.parsing.links import find_next_event, read_links
from lpcontext.reading import ID_LIMIT, SHORT_TEXT_LIMIT, Reader

LONGEST_LINE = 5_000
"""Characters kept of one line."""

MOST_EVENTS = 20_000
"""Events read of one response, the newest of them: more than anybody types."""

_LARGEST_ID = 2**53
_KINDS = {"a2a-transfer": "transfer"}
_DOCUMENTED_FIELDS = frozenset({"id", "type", "time"})
_SPOKEN = ("line", "state")


def read_transcript(events: Reader) -> Transcript:
    """The events of one response by their ids; none at all when nothing was new."""
    found = [event for item in events.children("event", most=MOST_EVENTS) if (event := _read_event(item))]
    return Transcript(events=tuple(found), next_from=find_next_event(read_links(events)))


def _read_event(item: Reader) -> ChatEvent | None:
    """One event; one that does not even say what kind it is says nothing."""
    kind = item.text("type", limit=ID_LIMIT)
    if kind is None:
        item.drop()
        return None
    whole = item.lines("text")
    text_type = (item.text("textType") or "plain").lower()
    text, hidden = _cut(whole, html=text_type == "html") if whole else (None, 0)
    return ChatEvent(
        id=item.between("id", 0, _LARGEST_ID),
        kind=_KINDS.get(kind, kind),
        at_ms=item.iso_time_ms("time"),
        state=read_state(item),
        text=text,
        text_type=text_type,
        hidden_characters=hidden,
        source=_read_source(item),
        by=item.text("by", limit=SHORT_TEXT_LIMIT),
        system_message_id=item.integer("systemMessageId"),
        only_to_agents=item.text("subType") == "ONLY_TO_REP",
        skill=item.text("skill", limit=SHORT_TEXT_LIMIT),
        fields=() if kind in _SPOKEN else tuple(item.unknown_fields(known=_DOCUMENTED_FIELDS)),
    )


def _cut(text: str, *, html: bool) -> tuple[str | None, int]:
    """The beginning of a line, and how many characters of it were left out. HTML is never cut inside a tag."""
    if len(text) <= LONGEST_LINE:
        return text, 0
    kept = text[:LONGEST_LINE]
    if html and kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]
    kept = kept.rstrip()
    return kept or None, len(text) - len(kept)


def _read_source(item: Reader) -> str | None:
    source = item.text("source")
    return source.lower() if source else None
