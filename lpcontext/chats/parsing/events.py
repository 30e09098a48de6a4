"""What happened in a chat (contract 7.10)."""

from __future__ import annotations

from lpcontext.chats.model import ChatEvent, Transcript
from lpcontext.chats.parsing.info import read_state
from lpcontext.chats.parsing.links import find_next_event, read_links
from lpcontext.reading import LINE_LIMIT, Reader, as_text, clean_text

LONGEST_LINE = 5_000
"""Characters kept of one line."""

MOST_EVENTS = 20_000
"""Events read of one answer, the newest of them: more than anybody types."""

_LARGEST_ID = 2**53
_KINDS = {"a2a-transfer": "transfer"}
_DOCUMENTED_FIELDS = frozenset({"id", "type", "time"})
_SPOKEN = ("line", "state")
_MOST_FIELDS = 20
_FIELD_LIMIT = 200


def read_transcript(events: Reader) -> Transcript:
    """The events of one response by their ids; none at all when nothing was new."""
    found = [event for item in events.parts("event", most=MOST_EVENTS) if (event := _read_event(item))]
    return Transcript(events=tuple(found), next_from=find_next_event(read_links(events)))


def _read_event(item: Reader) -> ChatEvent | None:
    """One event; one that does not even say what kind it is says nothing."""
    kind = item.text("type", limit=_FIELD_LIMIT)
    if kind is None:
        item.drop()
        return None
    whole = item.lines("text")
    text_type = (item.text("textType") or "plain").lower()
    text, hidden = _cut(whole, html=text_type == "html") if whole else (None, 0)
    return ChatEvent(
        id=item.between("id", 0, _LARGEST_ID),
        kind=_KINDS.get(kind, kind),
        at_ms=item.instant("time"),
        state=read_state(item),
        text=text,
        text_type=text_type,
        hidden_characters=hidden,
        source=_read_source(item),
        by=item.text("by", limit=LINE_LIMIT),
        system_message_id=item.whole("systemMessageId"),
        only_to_agents=item.text("subType") == "ONLY_TO_REP",
        skill=item.text("skill", limit=LINE_LIMIT),
        fields=() if kind in _SPOKEN else _read_fields(item),
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


def _read_fields(item: Reader) -> tuple[tuple[str, str], ...]:
    """The plain fields of a kind without documented ones, as text in LivePerson's spelling."""
    found = []
    for name, value in item.scalars():
        label = clean_text(name, limit=_FIELD_LIMIT)
        text = str(value).lower() if isinstance(value, bool) else as_text(value, limit=_FIELD_LIMIT)
        if label and text and name not in _DOCUMENTED_FIELDS:
            found.append((label, text))
    return tuple(found[:_MOST_FIELDS])
