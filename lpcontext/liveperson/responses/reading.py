"""The one place where a response becomes JSON, or XML left as it is, or a named error."""

from __future__ import annotations

from typing import TypeAlias

from lpcontext.liveperson.errors import CredentialsRejected, LivePersonError, UnreadableResponse
from lpcontext.liveperson.http.messages import Response
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.envelopes import NO_JSON, decode_json, read_internal_code, read_oauth_problem
from lpcontext.liveperson.responses.status_errors import find_status_error

# A decoded JSON object, or the bytes of an XML document.
ResponseBody: TypeAlias = dict[str, object] | bytes

_XML_TYPES = ("application/xml", "text/xml")


def read_body(response: Response) -> ResponseBody:
    """Like `read_object`, where XML may come although JSON was asked for: it is handed on unread.

    Of some resources of the Chat Agent API only an XML form is documented (contract 7.14). Raises LivePersonError.
    """
    check_success(response)
    kind = response.content_type.partition(";")[0].strip().lower()
    return response.body if kind in _XML_TYPES and response.body.strip() else read_object(response)


def read_object(response: Response) -> dict[str, object]:
    """The JSON object of a successful response. Raises LivePersonError."""
    check_success(response)
    document = decode_json(response.body)
    if document is NO_JSON:
        raise _name_oddity(response)
    if not isinstance(document, dict):
        raise unreadable(response, Reason.NOT_AN_OBJECT)
    code = read_internal_code(document)
    if code is not None:
        raise unreadable(response, Reason.ERROR_IN_SUCCESS, code=code)
    return document


def check_success(response: Response) -> None:
    """For calls whose body is empty or does not matter (contract 2.2, 2.3). Raises LivePersonError.

    202 is no success: it is how LivePerson says that an account is still loading (code 38).
    """
    if not 200 <= response.status < 300 or response.status == 202:
        raise find_status_error(response)


def read_text(response: Response, document: dict[str, object], field: str) -> str:
    """A field we cannot do without. Raises UnreadableResponse."""
    text = document.get(field)
    if not isinstance(text, str) or not text:
        raise unreadable(response, Reason.FIELD_MISSING)
    return text


def unreadable(response: Response, reason: Reason, *, code: int | None = None) -> UnreadableResponse:
    return UnreadableResponse(
        operation=response.operation, service=response.service, status=response.status, code=code, reason=reason
    )


def _name_oddity(response: Response) -> LivePersonError:
    start = response.body[:64].strip()
    if not start:
        return unreadable(response, Reason.EMPTY_ANSWER)
    if start.startswith(b"<"):
        return unreadable(response, Reason.HTML_ANSWER)
    problem = read_oauth_problem(response)
    if problem is None:
        return unreadable(response, Reason.NOT_JSON)
    return CredentialsRejected(
        operation=response.operation, service=response.service, status=response.status, reason=problem
    )
