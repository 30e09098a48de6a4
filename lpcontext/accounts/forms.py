"""The operator's form for an account: origins one per line, credentials that go in and never come out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from lpcontext.accounts.errors import BadOrigin
from lpcontext.accounts.models import Account, Role
from lpcontext.accounts.origins import read_origins
from lpcontext.reading import PersonalKind

if TYPE_CHECKING:  # Django's forms are generic for the type checker alone
    _AccountModelForm = forms.ModelForm[Account]
    _RoleModelForm = forms.ModelForm[Role]
else:
    _AccountModelForm = _RoleModelForm = forms.ModelForm


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


class KindsField(forms.MultipleChoiceField):
    """Kinds of personal data, a box each; kept in the order of their words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[(kind.value, _KINDS[kind]) for kind in PersonalKind], required=False, **options)

    def clean(self, value: Any) -> list[str]:
        return sorted(super().clean(value))


_KINDS = {
    PersonalKind.PHONE: "Phone numbers",
    PersonalKind.EMAIL: "E-mail addresses",
    PersonalKind.IP: "IP addresses",
    PersonalKind.CUSTOMER_ID: "Customer ids",
    PersonalKind.NAME: "Names",
    PersonalKind.MONEY: "Amounts of money",
    PersonalKind.TRANSCRIPT: "What was said in chats",
}
_HIDDEN_HELP = "Hidden wherever it stands, in titles, addresses and chats too."


class RoleForm(_RoleModelForm):
    hidden_kinds = KindsField(label="Hidden", help_text=_HIDDEN_HELP)
    revealable_kinds = KindsField(
        label="May reveal", help_text="For a minute, with a reason that is recorded. Only what is hidden above."
    )

    class Meta:
        model = Role
        fields = ("account", "name", "hidden_kinds", "revealable_kinds")


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

    hidden_kinds = KindsField(label="Hidden", help_text=f"From agents without a role of this account. {_HIDDEN_HELP}")

    class Meta:
        model = Account
        fields = ("id", "name", "origins", "hidden_kinds", "click_to_call", "is_active")

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
