"""The form for a name and a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class PasswordForm(AuthenticationForm):
    """Where the provider is the only way in for others, a superuser's password still opens: to mend just that."""

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if settings.OIDC_ONLY and not user.is_superuser:
            raise self.get_invalid_login_error()
