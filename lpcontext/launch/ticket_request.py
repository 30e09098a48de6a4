"""What a server may ask for, read strictly: a wrong request gets one sentence that names the field.

The JSON of `POST /api/v1/tickets`, which signed launches carry too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category
from zoneinfo import ZoneInfo

import msgspec

from lpcontext.launch.model import CrmRecord
from lpcontext.subjects import IdsRefused, Subject, is_wellformed_account, is_wellformed_id, read_subject

_BOM = b"\xef\xbb\xbf"
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_TIME_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9+_-]*(?:/[A-Za-z0-9+_-]+){0,2}")
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\/?#@][^\s\"'<>\\]*")
_EXPECTED = re.compile(r"Expected `([a-z |]+)`")


class InvalidRequest(Exception):
    """One sentence for the caller; `field` in the caller's spelling. Never repeats a value."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        self.sentence, self.field = sentence, field
        super().__init__(sentence)


class _Agent(msgspec.Struct, frozen=True):
    id: str | None = None
    name: str | None = None
    role: str | None = None


class _Crm(msgspec.Struct, frozen=True, rename="camel"):
    phone: str | None = None
    email: str | None = None
    customer_id: str | None = None
    record_url: str | None = None


class TicketBody(msgspec.Struct, frozen=True, rename="camel"):
    """As it is sent; fields we do not know are left alone."""

    account_id: str = ""
    visitor_id: str = ""
    session_id: str = ""
    chat_id: str = ""
    agent: _Agent | None = None
    origin: str | None = None
    crm: _Crm | None = None
    locale: str | None = None
    time_zone: str | None = None


_decoder = msgspec.json.Decoder(TicketBody)


class TicketRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket for whom, about what; `origin` is where the panel will be framed."""

    subject: Subject
    agent_id: str | None = None
    agent_name: str | None = None
    role: str = ""
    origin: str | None = None
    crm: CrmRecord | None = None
    locale: str | None = None
    time_zone: str | None = None


class SessionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket for whom, about a visit that is to be made."""

    asked: TicketBody

    @property
    def account_id(self) -> str:
        return self.asked.account_id

    def build_ticket_request(self, subject: Subject) -> TicketRequest:
        """Raises InvalidRequest."""
        return _build_request(self.asked, subject)


def read_ticket_request(body: bytes) -> TicketRequest:
    """Raises InvalidRequest."""
    asked = _decode(body)
    return _build_request(asked, _read_subject(asked))


def read_session_request(body: bytes) -> SessionRequest:
    """Of a ticket for a visit that is to be made; ids are those of an earlier try. Raises InvalidRequest."""
    asked = _decode(body)
    if not is_wellformed_account(asked.account_id):
        raise InvalidRequest("accountId: An account id is 1 to 20 letters, digits or underscores.", field="accountId")
    for field, text in (("visitorId", asked.visitor_id), ("sessionId", asked.session_id)):
        if text and not is_wellformed_id(text):
            raise InvalidRequest(f"{field}: This is not an id as LivePerson makes them.", field=field)
    if asked.chat_id:
        raise InvalidRequest("chatId: A session is made for a visit.", field="chatId")
    return SessionRequest(asked=asked)


def _build_request(asked: TicketBody, subject: Subject) -> TicketRequest:
    """Raises InvalidRequest."""
    agent = asked.agent or _Agent()
    return TicketRequest(
        subject=subject,
        agent_id=_check_short(agent.id, "agent.id"),
        agent_name=_check_short(agent.name, "agent.name"),
        role=_check_short(agent.role, "agent.role", most=100) or "",
        origin=asked.origin,
        crm=_read_crm(asked.crm),
        locale=_read_locale(asked.locale),
        time_zone=_read_time_zone(asked.time_zone),
    )


def read_ticket_ids(ids: Mapping[str, str]) -> Subject:
    """Ids under their names in a ticket's request. Raises InvalidRequest."""
    return _read_subject(
        TicketBody(
            account_id=ids.get("accountId", ""),
            visitor_id=ids.get("visitorId", ""),
            session_id=ids.get("sessionId", ""),
            chat_id=ids.get("chatId", ""),
        )
    )


def find_locale(text: object) -> str | None:
    """A BCP 47 tag as it may be used; None for what is none. Some CRMs write `en_US`."""
    return text.replace("_", "-") if isinstance(text, str) and _LOCALE.fullmatch(text) else None


def find_time_zone(text: object) -> str | None:
    """An IANA time zone as it may be used; None for what is none."""
    if not isinstance(text, str) or not _TIME_ZONE.fullmatch(text):
        return None
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):  # no such zone, or one of the folders between them
        return None


def find_text(value: object, *, most: int = 200) -> str | None:
    """A text as it may be kept, cut; None for what is none, or cannot be written down."""
    return value[:most] if isinstance(value, str) and value and not _has_controls(value) else None


def _has_controls(text: str) -> bool:
    """Or half a letter, as JSON may escape it, which no encoding can write."""
    return any(category(letter) in ("Cc", "Cs") for letter in text)


def _read_subject(asked: TicketBody) -> Subject:
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


def _read_crm(asked: _Crm | None) -> CrmRecord | None:
    if asked is None:
        return None
    url = _check_short(asked.record_url, "crm.recordUrl", most=500)
    if url and not _WEB_ADDRESS.fullmatch(url):
        raise InvalidRequest("crm.recordUrl must be an address that begins with https://.", field="crm.recordUrl")
    return CrmRecord(
        phone=_check_short(asked.phone, "crm.phone", most=60),
        email=_check_short(asked.email, "crm.email", most=254),
        customer_id=_check_short(asked.customer_id, "crm.customerId", most=100),
        record_url=url,
    )


def _read_locale(asked: str | None) -> str | None:
    locale = find_locale(asked)
    if asked and locale is None:
        raise InvalidRequest("locale must be a language tag such as en-GB.", field="locale")
    return locale


def _read_time_zone(asked: str | None) -> str | None:
    zone = find_time_zone(asked)
    if asked and zone is None:
        raise InvalidRequest("timeZone must be an IANA time zone such as Europe/Berlin.", field="timeZone")
    return zone


def _decode(body: bytes) -> TicketBody:
    try:
        return _decoder.decode(body.removeprefix(_BOM))
    except msgspec.ValidationError as error:
        raise _name_field(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidRequest("The body must be a JSON object.") from None


def _name_field(problem: str) -> InvalidRequest:
    """The message ends in the place, ` - at `$.agent.id``; the sentence before it may hold a value."""
    place = problem.rpartition("`$")[2].strip("`.") if "`$" in problem else ""
    if not place:
        return InvalidRequest("The body must be a JSON object.")
    expected = _EXPECTED.match(problem)
    wanted = "a JSON object" if expected and "object" in expected[1] else "a text, in quotes"
    return InvalidRequest(f"{place} must be {wanted}.", field=place)


def _check_short(text: str | None, field: str, *, most: int = 200) -> str | None:
    if text is not None and (len(text) > most or _has_controls(text)):
        raise InvalidRequest(f"{field} must be at most {most} characters, without control characters.", field=field)
    return text
