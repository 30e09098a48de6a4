"""The look-up form of a signed-in agent: which account; and either a chat, or a visitor and session."""

from __future__ import annotations

from typing import Any

from django import forms

from lpcontext.accounts import Account
from lpcontext.refresh import Subject
from lpcontext.subjects import ChatKey, VisitKey, Wanted, explain_id, is_wellformed_id, recognise_id


class LookupForm(forms.Form):
    """Valid only with ids as LivePerson makes them; `subject` then names the visit or chat."""

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
        for name in ("visitor_id", "session_id", "chat_id"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false", autocapitalize="off")

    def clean_visitor_id(self) -> str:
        return self._check_id("visitor_id", wanted="visitor")

    def clean_session_id(self) -> str:
        return self._check_id("session_id", wanted="session")

    def clean_chat_id(self) -> str:
        return self._check_id("chat_id", wanted="chat")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and not told["chat_id"] and not (told["visitor_id"] and told["session_id"]):
            missing = "session_id" if told["visitor_id"] else "visitor_id"
            self.add_error(missing, "A visit needs both its visitor id and its session id; a chat only its chat id.")
        return told

    def _check_id(self, name: str, *, wanted: Wanted) -> str:
        text = str(self.cleaned_data[name]).strip()
        if not text:
            return ""
        explained = explain_id(recognise_id(text), wanted=wanted)
        if explained or not is_wellformed_id(text):
            raise forms.ValidationError(explained or f"This is not a {wanted} id as LivePerson makes them.")
        return text

    @property
    def subject(self) -> Subject:
        told = self.cleaned_data
        account_id = told["account"].pk
        if told["chat_id"]:
            return ChatKey(account_id=account_id, chat_id=told["chat_id"])
        return VisitKey(account_id=account_id, visitor_id=told["visitor_id"], session_id=told["session_id"])
