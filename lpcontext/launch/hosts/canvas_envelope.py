"""What a Canvas envelope asks for, once it is proven: whose panel, for whom, about which record.

Salesforce: "CanvasRequest". Its OAuth tokens are read by nobody here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.framing import framing_origins
from lpcontext.accounts.models import LaunchKey
from lpcontext.accounts.origins import read_origin
from lpcontext.launch.hosts.signed_request import find_ids
from lpcontext.launch.model import CrmRecord
from lpcontext.launch.ticket_request import TicketRequest, find_locale, find_text, find_time_zone, read_ticket_ids

_RECORD_ID = re.compile(r"[A-Za-z0-9]{15,18}")
log = logging.getLogger(__name__)


def read_envelope(envelope: Mapping[str, Any], key: LaunchKey) -> TicketRequest:
    """What a proven envelope asks for. Raises InvalidRequest."""
    user, environment = find_object(envelope, "context", "user"), find_object(envelope, "context", "environment")
    parameters, record, client = (
        find_object(environment, "parameters"),
        find_object(environment, "record"),
        find_object(envelope, "client"),
    )
    # A record's own AccountId is Salesforce's, not LivePerson's.
    ids = {"accountId": key.account_id, **find_ids(parameters, {**record, "AccountId": None})}
    return TicketRequest(
        subject=read_ticket_ids(ids),
        agent_id=find_text(user.get("userId")),
        agent_name=find_text(user.get("fullName") or user.get("userName")),
        role=find_text(parameters.get("role"), most=100) or "",
        origin=_find_parent(client.get("targetOrigin"), key),
        crm=_read_record(parameters, record, instance=client.get("instanceUrl")),
        locale=find_locale(user.get("language") or user.get("locale")),
        time_zone=find_time_zone(user.get("timeZone")),
    )


def _find_parent(text: object, key: LaunchKey) -> str | None:
    """The signed parent where the account allows it; else the account's origins decide, as of every panel."""
    origin = _read_web_origin(text)
    if origin in framing_origins(key.account):
        return origin
    log.warning("a panel opens for Salesforce Canvas, but its parent is none of the account's origins")
    return None


def _read_web_origin(text: object) -> str | None:
    try:
        return read_origin(text) if isinstance(text, str) else None
    except BadOrigin:
        return None


def _read_record(parameters: Mapping[str, Any], record: Mapping[str, Any], *, instance: object) -> CrmRecord | None:
    """What the component passes, else what the record's usual fields hold."""
    found = CrmRecord(
        phone=find_text(parameters.get("phone") or record.get("Phone") or record.get("MobilePhone"), most=60),
        email=find_text(parameters.get("email") or record.get("Email"), most=254),
        customer_id=find_text(parameters.get("customerId") or record.get("AccountNumber"), most=100),
        record_url=_build_record_url(_read_web_origin(instance), record.get("Id")),
    )
    return found if found != CrmRecord() else None


def _build_record_url(instance: str | None, record_id: object) -> str | None:
    if instance is None or not isinstance(record_id, str) or not _RECORD_ID.fullmatch(record_id):
        return None
    return f"{instance}/{record_id}"


def find_object(document: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """An object inside; an empty one where there is none."""
    for name in names:
        inner = document.get(name)
        document = inner if isinstance(inner, dict) else {}
    return document
