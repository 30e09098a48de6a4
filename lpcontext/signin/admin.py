"""Who is whom at the provider, for operators: to let somebody in whom it has given another id."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.http import HttpRequest

from lpcontext.signin.models import ProviderUser

if TYPE_CHECKING:
    _Admin: TypeAlias = admin.ModelAdmin[ProviderUser]
else:
    _Admin = admin.ModelAdmin


@admin.register(ProviderUser)
class ProviderUserAdmin(_Admin):
    """Sign-ins write it; whoever is removed here is taken for new, and finds their user again by its name."""

    list_display = ("user", "issuer")
    search_fields = ("user__username",)
    fields = readonly_fields = ("user", "issuer", "subject")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ProviderUser | None = None) -> bool:
        return False
