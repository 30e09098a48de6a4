"""The operators' search and export. Nothing here changes a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path, reverse

from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.export import export_csv
from lpcontext.audit.models import AuditRecord
from lpcontext.audit.recording import AuditUnavailable, record_action
from lpcontext.audit.request_origin import read_request_origin
from lpcontext.audit.sealed_subjects import open_subject
from lpcontext.sealing import SealBroken, get_sealer
from lpcontext.snapshots import name_of
from lpcontext.subjects import IdsRefused, read_subject

if TYPE_CHECKING:  # Django's admin classes are generic for the type checker alone
    _RecordAdmin = admin.ModelAdmin[AuditRecord]
else:
    _RecordAdmin = admin.ModelAdmin

_UNRECORDED = "This is recorded, and cannot be just now: neither the database nor Redis takes a record. Try again."
_FIELDS = (
    "at", "action", "account_id", "agent_id", "agent_name", "host", "verified_by", "subject_kind", "subject_name",
    "kinds", "reason", "failed_check", "request_id", "address",
)  # fmt: skip


@admin.register(AuditRecord)
class AuditRecordAdmin(_RecordAdmin):
    list_display = ("at", "action", "agent", "account_id", "subject_kind", "host", "kinds", "reason", "failed_check")
    list_filter = ("action", "host", "account_id", "subject_kind")
    date_hierarchy = "at"
    search_fields = ("agent_name", "agent_id", "request_id", "subject_name", "address", "reason")
    search_help_text = "An agent, a request id, a network address or a reason."
    actions = ("export",)

    @admin.display(description="Agent")
    def agent(self, record: AuditRecord) -> str:
        return record.agent_name or record.agent_id or "-"

    @admin.display(description="Ids")
    def ids(self, record: AuditRecord) -> str:
        try:
            subject = open_subject(bytes(record.sealed_subject), record_id=str(record.pk), sealer=get_sealer())
        except SealBroken:
            return "Sealed with a key that is gone" if record.sealed_subject else "-"
        return " ".join(subject.identity)

    def get_fields(self, request: HttpRequest, obj: AuditRecord | None = None) -> tuple[str, ...]:
        return (*_FIELDS, "ids") if request.user.has_perm("audit.view_audited_ids") else _FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: AuditRecord | None = None) -> tuple[str, ...]:
        return (*_FIELDS, "ids")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditRecord | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditRecord | None = None) -> bool:
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("audit.export_audit")

    def get_urls(self) -> list[URLPattern]:
        return [path("find/", self.admin_site.admin_view(self.find_subject), name="audit_find"), *super().get_urls()]

    def find_subject(self, request: HttpRequest) -> HttpResponse:
        """The records of one subject. Its ids are posted: they stand in no address."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        names = ("account_id", "visitor_id", "session_id", "chat_id")
        try:
            name = name_of(read_subject(**{each: request.POST.get(each, "").strip() for each in names}))
        except IdsRefused as refused:
            self.message_user(request, f"{refused.first.which}: {refused.first.sentence}", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:audit_auditrecord_changelist"))
        return HttpResponseRedirect(f"{reverse('admin:audit_auditrecord_changelist')}?subject_name={name}")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "subject_name" or super().lookup_allowed(lookup, value, request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is shown the ids is recorded themselves."""
        record = self.get_object(request, object_id)
        if record is not None and record.sealed_subject and request.user.has_perm("audit.view_audited_ids"):
            try:
                _record(request, Action.REVEALED, record.account_id, reason=f"audit record {record.pk}")
            except AuditUnavailable:
                self.message_user(request, _UNRECORDED, messages.ERROR)
                return HttpResponseRedirect(reverse("admin:audit_auditrecord_changelist"))
        return super().change_view(request, object_id, *args, **kwargs)

    @admin.action(description="Export the selected records as CSV", permissions=["export"])
    def export(self, request: HttpRequest, queryset: QuerySet[AuditRecord]) -> StreamingHttpResponse | None:
        try:
            _record(request, Action.EXPORTED, "", reason=f"{queryset.count()} audit records")
        except AuditUnavailable:
            self.message_user(request, _UNRECORDED, messages.ERROR)
            return None
        response = StreamingHttpResponse(export_csv(queryset.iterator()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return response


def _record(request: HttpRequest, action: Action, account_id: str, *, reason: str) -> None:
    actor = Actor(host="admin", verified_by="login", agent_name=request.user.get_username())
    record_action(action, actor=actor, origin=read_request_origin(request), account_id=account_id, reason=reason)
