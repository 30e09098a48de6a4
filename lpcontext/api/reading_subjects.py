"""`GET` of a visit or chat: the last that is known, masked as the account wants it. LivePerson is asked by workers."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse

from lpcontext.accounts.models import IntegrationKey
from lpcontext.accounts.rights import grant_of_key, read_kinds
from lpcontext.api.documents import build_chat_document, build_visit_document
from lpcontext.api.doors import check_account, for_key
from lpcontext.api.responses import ApiRefused, respond
from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.recording import AuditUnavailable, record_action
from lpcontext.audit.request_origin import read_request_origin
from lpcontext.masking import Masker, copy_masked
from lpcontext.refresh import SubjectView, view_subject
from lpcontext.snapshots import (
    ChatSnapshot,
    MemoryUnavailable,
    StoredChat,
    StoredVisit,
    SubjectStatus,
    VisitSnapshot,
    find_stored,
    name_of,
    take_lock,
)
from lpcontext.subjects import IdsRefused, State, Subject, VisitKey, read_subject

Snapshot = TypeVar("Snapshot", VisitSnapshot, ChatSnapshot)
_MEMORY_DOWN = "Memory cannot be reached; try again in a moment."
_RECORDED_EVERY_SECONDS = 3600.0
_WAIT_SECONDS = "1"


@for_key("GET")
def get_visit(request: HttpRequest, key: IntegrationKey, *, account_id: str, visitor_id: str) -> HttpResponse:
    subject = _read_subject(account_id=account_id, visitor_id=visitor_id, session_id=request.GET.get("sid", ""))
    return _get(request, key, subject)


@for_key("GET")
def get_chat(request: HttpRequest, key: IntegrationKey, *, account_id: str, chat_id: str) -> HttpResponse:
    return _get(request, key, _read_subject(account_id=account_id, chat_id=chat_id))


def _read_subject(**ids: str) -> Subject:
    """Raises ApiRefused."""
    try:
        return read_subject(**ids)
    except IdsRefused as refused:
        field = "sid" if refused.first.which == "session" else f"{refused.first.which}Id"
        raise ApiRefused(f"{field}: {refused.first.sentence}", status=400, field=field) from None


def _get(request: HttpRequest, key: IntegrationKey, subject: Subject) -> HttpResponse:
    """Raises ApiRefused."""
    check_account(key, subject.account_id)
    try:
        _record_look(request, key, subject)
        document = _build_document(key, subject, view_subject(subject))
    except (AuditUnavailable, MemoryUnavailable):
        raise ApiRefused(_MEMORY_DOWN, status=503, retry_after=3) from None
    response = respond(document)
    if document["state"] == State.WAITING:
        response["Retry-After"] = _WAIT_SECONDS
    return response


def _build_document(key: IntegrationKey, subject: Subject, view: SubjectView) -> dict[str, Any]:
    """Raises MemoryUnavailable."""
    visit = _find_visit(view)
    hidden = read_kinds(key.account.hidden_kinds)
    if isinstance(subject, VisitKey):
        known = visit or VisitSnapshot(state=State.WAITING, first_seen_ms=0, version="")
        return build_visit_document(subject, _mask(known, Masker.of(known.visit, hidden=hidden)))
    kept = find_stored(view.name, StoredChat)
    chat = _with_time(ChatSnapshot.of(*kept), kept[0]) if kept else ChatSnapshot(state=State.WAITING)
    masker = Masker.of(visit.visit if visit else None, hidden=hidden, chat=chat.chat, participant=chat.participant)
    return build_chat_document(subject, _mask(chat, masker), _mask(visit, masker) if visit else None)


def _find_visit(view: SubjectView) -> VisitSnapshot | None:
    """Raises MemoryUnavailable."""
    stored = find_stored(view.visit_name, StoredVisit) if view.visit_name else None
    return _with_time(VisitSnapshot.of(*stored), stored[0]) if stored else None


def _with_time(snapshot: Snapshot, status: SubjectStatus) -> Snapshot:
    """A panel that is live shows no time; a server is told it always."""
    return msgspec.structs.replace(snapshot, as_of_ms=status.as_of_ms)


def _mask(snapshot: Snapshot, masker: Masker) -> Snapshot:
    """The state is a word of ours, whatever somebody is called."""
    return msgspec.structs.replace(copy_masked(snapshot, masker), state=snapshot.state)


def _record_look(request: HttpRequest, key: IntegrationKey, subject: Subject) -> None:
    """Once an hour for a server that asks again and again. Raises AuditUnavailable, MemoryUnavailable."""
    if take_lock(f"api-look:{key.pk}:{name_of(subject)}", seconds=_RECORDED_EVERY_SECONDS):
        actor = Actor(host="api", verified_by=grant_of_key(key.pk), agent_name=key.name)
        record_action(Action.OPENED, actor=actor, origin=read_request_origin(request), subject=subject)
