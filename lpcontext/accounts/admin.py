"""The operator's pages: accounts and their connection, keys and whether they are still good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from lpcontext.accounts.credentials import find_credentials_kind, set_credentials
from lpcontext.accounts.forms import AccountForm, RoleForm
from lpcontext.accounts.integration_keys import revoke_key
from lpcontext.accounts.launch_key_form import LaunchKeyForm
from lpcontext.accounts.launch_keys import revoke_launch_key, set_launch_secret
from lpcontext.accounts.models import Account, IntegrationKey, LaunchKey, Role
from lpcontext.accounts.rights import read_kinds, read_revealable_kinds
from lpcontext.sealing import get_sealer

if TYPE_CHECKING:  # Django's admin classes are generic for the type checker alone
    _AccountAdmin = admin.ModelAdmin[Account]
    _KeyAdmin = admin.ModelAdmin[IntegrationKey]
    _LaunchKeyAdmin = admin.ModelAdmin[LaunchKey]
    _RoleAdmin = admin.ModelAdmin[Role]
else:
    _AccountAdmin = _KeyAdmin = _LaunchKeyAdmin = _RoleAdmin = admin.ModelAdmin

_KINDS = {
    "oauth1": "OAuth 1.0 key: past its end of life, move it to client credentials",
    "oauth2": "client credentials",
    "login": "user name and password",
}
_READ_ONLY = ("connects_by", "credentials_changed_at", "trouble", "trouble_since", "slug", "created_at", "updated_at")


@admin.register(Account)
class AccountAdmin(_AccountAdmin):
    form = AccountForm
    list_display = ("id", "name", "is_active", "hides", "connects_by", "trouble", "trouble_since")
    list_filter = ("is_active", "trouble")
    search_fields = ("id", "name")
    fields = ("id", "name", "is_active", "click_to_call", "hidden_kinds", "origins", "credentials", *_READ_ONLY)

    @admin.display(description="Connects by")
    def connects_by(self, account: Account) -> str:
        kind = find_credentials_kind(account, sealer=get_sealer())
        return _KINDS.get(kind, "no credentials that open")

    @admin.display(description="Hidden")
    def hides(self, account: Account) -> str:
        return ", ".join(account.hidden_kinds) or "nothing"

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> tuple[str, ...]:
        # The id is sealed into the credentials: another id is another account.
        return (*_READ_ONLY, "id") if obj else _READ_ONLY

    @method_decorator(sensitive_post_parameters("credentials"))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: bool) -> None:
        document = form.cleaned_data.get("credentials")
        if document is not None:
            set_credentials(obj, document, sealer=get_sealer(), now=timezone.now())
        super().save_model(request, obj, form, change)


@admin.register(IntegrationKey)
class IntegrationKeyAdmin(_KeyAdmin):
    """Keys are issued on a terminal, by `lpcontext integration-key`: a message would travel in a cookie."""

    list_display = ("name", "account", "created_at", "last_used_at", "revoked_at")
    list_filter = ("account",)
    actions = ("revoke",)
    fields = readonly_fields = ("account", "name", "created_at", "last_used_at", "revoked_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Revoke the selected keys", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[IntegrationKey]) -> None:
        for key in queryset:
            revoke_key(key, now=timezone.now())
        self.message_user(request, "Revoked. Whoever still uses them is refused from now on.")


@admin.register(Role)
class RoleAdmin(_RoleAdmin):
    form = RoleForm
    list_display = ("name", "account", "hides", "reveals")
    list_filter = ("account",)

    @admin.display(description="Hidden")
    def hides(self, role: Role) -> str:
        return ", ".join(sorted(read_kinds(role.hidden_kinds))) or "nothing"

    @admin.display(description="May reveal")
    def reveals(self, role: Role) -> str:
        return ", ".join(sorted(read_revealable_kinds(role.revealable_kinds))) or "nothing"


@admin.register(LaunchKey)
class LaunchKeyAdmin(_LaunchKeyAdmin):
    """What proves a CRM's launches; its address is what is pasted into the CRM."""

    form = LaunchKeyForm
    list_display = ("name", "host", "account", "tenant", "created_at", "revoked_at")
    list_filter = ("host", "account")
    actions = ("revoke",)
    fields = ("account", "host", "name", "address", "tenant", "secret", "public_key", "created_at", "revoked_at")

    @admin.display(description="Address for the CRM")
    def address(self, key: LaunchKey) -> str:
        if not key.pk:
            return "Known once it is saved"
        return f"{settings.PUBLIC_URL}/launch/{key.get_address_word()}/{key.slug}"

    def get_readonly_fields(self, request: HttpRequest, obj: LaunchKey | None = None) -> tuple[str, ...]:
        # Account and host are sealed into the secret: other ones are another key.
        fixed = ("account", "host") if obj else ()
        return (*fixed, "address", "created_at", "revoked_at")

    @method_decorator(sensitive_post_parameters("secret"))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: LaunchKey, form: Any, change: bool) -> None:
        secret = form.cleaned_data.get("secret")
        if secret:
            set_launch_secret(obj, secret, sealer=get_sealer())
        super().save_model(request, obj, form, change)

    @admin.action(description="Revoke the selected keys", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[LaunchKey]) -> None:
        for key in queryset:
            revoke_launch_key(key, now=timezone.now())
        self.message_user(request, "Revoked. Their launches are refused from now on, and their panels close.")
