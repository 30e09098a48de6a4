"""What is known, as JSON: names in camel case, what is absent left out, the kind of an attribute beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from lpcontext.reading import Day
from lpcontext.snapshots import ChatSnapshot, VisitSnapshot
from lpcontext.subjects import Subject


def build_visit_document(subject: Subject, snapshot: VisitSnapshot) -> dict[str, Any]:
    return {
        **_build_head(subject, snapshot),
        "present": snapshot.present,
        "visit": to_json(snapshot.visit),
    }


def build_chat_document(subject: Subject, snapshot: ChatSnapshot, visit: VisitSnapshot | None) -> dict[str, Any]:
    """A chat, and the visit behind it with a state of its own."""
    return {
        **_build_head(subject, snapshot),
        "chat": to_json(snapshot.chat),
        "events": to_json(snapshot.transcript.events),
        "hiddenEvents": snapshot.transcript.hidden,
        "answers": to_json(snapshot.answers),
        "participant": to_json(snapshot.participant),
        "visitState": visit.state.value if visit else None,
        "visitAsOf": format_time(visit.as_of_ms) if visit else None,
        "visit": to_json(visit.visit) if visit else None,
    }


def format_time(at_ms: int | None) -> str | None:
    """Epoch ms as ISO 8601 in UTC."""
    if at_ms is None:
        return None
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_json(value: Any) -> Any:
    if isinstance(value, Day):
        return to_json(msgspec.structs.asdict(value))
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag
        fields = {camel(name): to_json(getattr(value, name)) for name in value.__struct_fields__}
        known = {name: field for name, field in fields.items() if field is not None and field != []}
        return {"of": tag, **known} if tag else known
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return value


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _build_head(subject: Subject, snapshot: VisitSnapshot | ChatSnapshot) -> dict[str, Any]:
    ids = {camel(name): getattr(subject, name) for name in subject.__struct_fields__}
    return {
        **ids,
        "state": snapshot.state.value,
        "asOf": format_time(snapshot.as_of_ms),
        "endedAt": format_time(snapshot.ended_at_ms),
        "nextTry": format_time(snapshot.next_try_ms),
    }
