"""What a server may ask for, read strictly: a wrong request gets one sentence that names the field."""

from __future__ import annotations

import msgspec

from lpcontext.subjects import IdsRefused, Subject, read_subject


class InvalidRequest(Exception):
    """One sentence for the caller; `field` in the caller's spelling. Never repeats a value."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        self.sentence, self.field = sentence, field
        super().__init__(sentence)


class _Agent(msgspec.Struct, frozen=True):
    id: str | None = None
    name: str | None = None


class _TicketBody(msgspec.Struct, frozen=True, rename="camel"):
    account_id: str = ""
    visitor_id: str = ""
    session_id: str = ""
    chat_id: str = ""
    agent: _Agent | None = None
    origin: str | None = None


class TicketRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket for whom, about what; `origin` is where the panel will be framed."""

    subject: Subject
    agent_id: str | None
    agent_name: str | None
    origin: str | None


def read_ticket_request(body: bytes) -> TicketRequest:
    """Raises InvalidRequest."""
    asked = _decode(body)
    subject = _read_subject(asked)
    agent = asked.agent or _Agent()
    return TicketRequest(
        subject=subject,
        agent_id=_short(agent.id, "agent.id"),
        agent_name=_short(agent.name, "agent.name"),
        origin=asked.origin,
    )


def _read_subject(asked: _TicketBody) -> Subject:
    try:
        return read_subject(
            account_id=asked.account_id,
            visitor_id=asked.visitor_id,
            session_id=asked.session_id,
            chat_id=asked.chat_id,
        )
    except IdsRefused as refused:
        field = f"{refused.first.which}Id"
        raise InvalidRequest(f"{field}: {refused.first.sentence}", field=field) from None


def _decode(body: bytes) -> _TicketBody:
    try:
        return msgspec.json.decode(body, type=_TicketBody)
    except msgspec.ValidationError as error:
        # The message ends in the place, ` - at `$.agent.id``; the sentence before it may hold a value.
        place = str(error).rpartition("`$")[2].strip("`.")
        raise InvalidRequest("A field is of the wrong type.", field=place or None) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidRequest("The body must be a JSON object.") from None


def _short(text: str | None, field: str) -> str | None:
    if text is not None and (len(text) > 200 or any(ord(letter) < 32 for letter in text)):
        raise InvalidRequest(f"{field} must be at most 200 characters, without control characters.", field=field)
    return text
