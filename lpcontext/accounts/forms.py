"""The operator's form for an account: origins one per line, credentials that go in and never come out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.models import Account
from lpcontext.accounts.origins import read_origins

if TYPE_CHECKING:  # Django's forms are generic for the type checker alone
    _AccountModelForm = forms.ModelForm[Account]
else:
    _AccountModelForm = forms.ModelForm


class WriteOnlyTextarea(forms.Textarea):
    """Never shows what was typed, not even when the form comes back with an error elsewhere."""

    def format_value(self, value: Any) -> None:
        return None


class OriginsField(forms.CharField):
    """Origins, one per line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value).split()
        try:
            return read_origins(lines)
        except BadOrigin as error:
            raise ValidationError(str(error), code="origin") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), "\n".join((data or "").split()))


class AccountForm(_AccountModelForm):
    credentials = forms.CharField(
        required=False,
        widget=WriteOnlyTextarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text="JSON, as for lpcontext add-account. Leave empty to keep what is there; it is never shown.",
    )
    origins = OriginsField(
        required=False,
        help_text="CRM origins that may frame this account's panel, one per line, such as https://crm.example.",
    )

    class Meta:
        model = Account
        fields = ("id", "name", "origins", "masking", "is_active")

    def clean_credentials(self) -> dict[str, Any] | None:
        """The document, or None to keep the old one. What must be in it, liveperson knows; trouble shows it."""
        text = self.cleaned_data["credentials"]
        if not text:
            return None
        try:
            document = json.loads(text)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise ValidationError("Must be a JSON object.", code="credentials")
        return document
