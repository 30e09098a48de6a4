"""App Engagement: visitor and session ids for callers whose browsing nobody monitors (contract 6.1).

It takes no credentials. Each call without ids makes a visitor in LivePerson's list, so what is known is sent again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lpcontext.liveperson.domains import Domains
from lpcontext.liveperson.errors import WrongSession, WrongVisitor
from lpcontext.liveperson.http.connection import Connection
from lpcontext.liveperson.http.encoding import encode_segment, encode_value
from lpcontext.liveperson.http.messages import Request, Response
from lpcontext.liveperson.responses.envelopes import decode_json, read_internal_code
from lpcontext.liveperson.responses.reading import read_object, read_text

_OPERATION = "create session"
_STILL_LOADING_CODE = 20
_NAMED_VISITOR = re.compile(r"\bvid: ([A-Za-z0-9_+/=-]{1,64})")


class CreatedSession(NamedTuple):
    """`session_id` is "" where LivePerson is still loading the account: ask again with this visitor id, in a while."""

    visitor_id: str
    session_id: str


class AppEngagementClient:
    """One account's; `account` is percent-encoded."""

    def __init__(self, account: str, *, connection: Connection, domains: Domains) -> None:
        self._account, self._connection, self._domains = account, connection, domains

    def create_session(self, *, visitor_id: str = "", session_id: str = "") -> CreatedSession:
        """A session of a new visitor, or of the one given; asked once. Raises LivePersonError."""
        visitor, session = encode_segment(visitor_id), encode_value(session_id)
        if visitor_id and visitor is None:
            raise WrongVisitor(operation=_OPERATION, service=self._connection.service)
        if session_id and session is None:
            raise WrongSession(operation=_OPERATION, service=self._connection.service)
        path = f"/api/account/{self._account}/app/engagement/visitors/{visitor or ''}?v=1.0"
        url = f"{self._domains.find(self._connection.service)}{path}{f'&sid={session}' if session else ''}"
        response = self._connection.send(
            Request(operation=_OPERATION, method="POST", url=url, json={"appType": "EXTERNAL"})
        )
        loading = _find_loading_visitor(response)
        if loading:
            return CreatedSession(visitor_id=loading, session_id="")
        document = read_object(response)
        return CreatedSession(
            visitor_id=read_text(response, document, "visitorId"), session_id=read_text(response, document, "sessionId")
        )


def _find_loading_visitor(response: Response) -> str:
    """The id in the message of code 20, by which the next try is no other visitor (contract 0.6); "" without one."""
    document = decode_json(response.body) if response.status >= 500 else None
    if read_internal_code(document) != _STILL_LOADING_CODE or not isinstance(document, dict):
        return ""
    named = _NAMED_VISITOR.search(str(document.get("message", "")))
    return named[1] if named else ""
