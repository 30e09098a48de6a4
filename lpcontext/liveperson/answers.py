"""The one place where an answer becomes JSON, or XML left as it is, or a named error."""

from __future__ import annotations

from typing import TypeAlias

from lpcontext.liveperson.envelopes import NO_JSON, decode_json, read_internal_code, read_oauth_problem
from lpcontext.liveperson.errors import CredentialsRejected, LivePersonError, UnreadableAnswer
from lpcontext.liveperson.line import Answer
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.refusals import name_refusal

# A decoded JSON object, or the bytes of an XML document.
Told: TypeAlias = dict[str, object] | bytes

_XML_TYPES = ("application/xml", "text/xml")


def read_told(answer: Answer) -> Told:
    """Like `read_object`, where XML may come although JSON was asked for: it is handed on unread.

    Of some resources of the Chat Agent API only an XML form is documented (contract 7.14). Raises LivePersonError.
    """
    check_success(answer)
    kind = answer.content_type.partition(";")[0].strip().lower()
    return answer.body if kind in _XML_TYPES and answer.body.strip() else read_object(answer)


def read_object(answer: Answer) -> dict[str, object]:
    """The JSON object of a successful answer. Raises LivePersonError."""
    check_success(answer)
    document = decode_json(answer.body)
    if document is NO_JSON:
        raise _name_oddity(answer)
    if not isinstance(document, dict):
        raise unreadable(answer, Reason.NOT_AN_OBJECT)
    code = read_internal_code(document)
    if code is not None:
        raise unreadable(answer, Reason.ERROR_IN_SUCCESS, code=code)
    return document


def check_success(answer: Answer) -> None:
    """For calls whose body is empty or does not matter (contract 2.2, 2.3). Raises LivePersonError.

    202 is no success: it is how LivePerson says that an account is still loading (code 38).
    """
    if not 200 <= answer.status < 300 or answer.status == 202:
        raise name_refusal(answer)


def read_text(answer: Answer, document: dict[str, object], field: str) -> str:
    """A field we cannot do without. Raises UnreadableAnswer."""
    text = document.get(field)
    if not isinstance(text, str) or not text:
        raise unreadable(answer, Reason.FIELD_MISSING)
    return text


def unreadable(answer: Answer, reason: Reason, *, code: int | None = None) -> UnreadableAnswer:
    return UnreadableAnswer(
        operation=answer.operation, service=answer.service, status=answer.status, code=code, reason=reason
    )


def _name_oddity(answer: Answer) -> LivePersonError:
    start = answer.body[:64].strip()
    if not start:
        return unreadable(answer, Reason.EMPTY_ANSWER)
    if start.startswith(b"<"):
        return unreadable(answer, Reason.HTML_ANSWER)
    problem = read_oauth_problem(answer)
    if problem is None:
        return unreadable(answer, Reason.NOT_JSON)
    return CredentialsRejected(operation=answer.operation, service=answer.service, status=answer.status, reason=problem)
