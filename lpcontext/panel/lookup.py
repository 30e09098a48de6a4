"""The look-up form of a signed-in agent: which account, which visitor, which session."""

from __future__ import annotations

from django import forms

from lpcontext.accounts import Account
from lpcontext.visits import VisitKey, is_wellformed_id


class LookupForm(forms.Form):
    """Valid only with ids as LivePerson makes them; `key` then names the visit."""

    account = forms.ModelChoiceField(Account.objects.none())
    visitor_id = forms.CharField(
        label="Visitor id", max_length=200, help_text="The LPVID cookie, or visitorId in LivePerson's conversationInfo."
    )
    session_id = forms.CharField(
        label="Session id",
        max_length=200,
        help_text="The LPSID-… cookie, or monitoringSessionId in LivePerson's conversationInfo.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Form's own signature is long; we only pass through
        self.fields["account"] = forms.ModelChoiceField(
            Account.objects.filter(is_active=True), label="Account", empty_label=None
        )
        for name in ("visitor_id", "session_id"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false", autocapitalize="off")

    def clean_visitor_id(self) -> str:
        return self._check_id("visitor_id", "visitor")

    def clean_session_id(self) -> str:
        return self._check_id("session_id", "session")

    def _check_id(self, name: str, word: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        if not is_wellformed_id(text):
            raise forms.ValidationError(f"This is not a {word} id as LivePerson makes them; copy it once more.")
        return text

    @property
    def key(self) -> VisitKey:
        told = self.cleaned_data
        return VisitKey(account_id=told["account"].pk, visitor_id=told["visitor_id"], session_id=told["session_id"])
