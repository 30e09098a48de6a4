"""The look-up form of a signed-in agent: which account; and either a chat, or a visitor and session."""

from __future__ import annotations

from typing import Any

from django import forms

from lpcontext.accounts.models import Account
from lpcontext.subjects import IdsRefused, Subject, read_subject

_IDS = ("visitor_id", "session_id", "chat_id")


class LookupForm(forms.Form):
    """Valid only with ids that name a subject; `subject` is then that visit or chat."""

    account = forms.ModelChoiceField(Account.objects.none())
    visitor_id = forms.CharField(
        label="Visitor id",
        max_length=200,
        required=False,
        help_text="The LPVID cookie, or visitorId in LivePerson's conversationInfo.",
    )
    session_id = forms.CharField(
        label="Session id",
        max_length=200,
        required=False,
        help_text="The LPSID-… cookie, or monitoringSessionId in LivePerson's conversationInfo.",
    )
    chat_id = forms.CharField(
        label="Or a chat id",
        max_length=200,
        required=False,
        help_text="Looks like H…-…K…: chatSessionKey in LivePerson's chat info. It leads to its visit by itself.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            Account.objects.filter(is_active=True), label="Account", empty_label=None
        )
        for name in _IDS:
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false", autocapitalize="off")

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self._read_subject()
            except IdsRefused as refused:
                for wrong in refused.wrong:
                    self.add_error("account" if wrong.which == "account" else f"{wrong.which}_id", wrong.sentence)
        return self.cleaned_data

    @property
    def subject(self) -> Subject:
        return self._read_subject()

    def _read_subject(self) -> Subject:
        """Raises IdsRefused."""
        ids = {name: str(self.cleaned_data[name]) for name in _IDS}
        return read_subject(account_id=self.cleaned_data["account"].pk, **ids)
