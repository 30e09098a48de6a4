"""The one form that moves an account from an OAuth 1.0 key, or a password, to client credentials (contract 2.1)."""

from __future__ import annotations

from django import forms

from lpcontext.liveperson import ClientCredentials, CredentialsUnreadable, read_credentials


class ClientCredentialsForm(forms.Form):
    """Valid with all three; `document` is then what `accounts.set_credentials` keeps."""

    username = forms.CharField(
        label="Bot user", max_length=200, help_text="The LivePerson user the application logs in as."
    )
    client_id = forms.CharField(label="Client id", max_length=200)
    client_secret = forms.CharField(
        max_length=500,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
        help_text="It is never shown again.",
    )
    keep_untested = forms.BooleanField(
        required=False,
        label="Keep them even if the test fails",
        help_text="For when LivePerson cannot be reached from here just now.",
    )

    @property
    def document(self) -> dict[str, str]:
        return {
            "kind": "oauth2",
            **{name: self.cleaned_data[name] for name in ("username", "client_id", "client_secret")},
        }

    def read(self) -> ClientCredentials:
        """Raises CredentialsUnreadable."""
        credentials = read_credentials(self.document)
        if not isinstance(credentials, ClientCredentials):
            raise CredentialsUnreadable("kind", "must be oauth2")
        return credentials
