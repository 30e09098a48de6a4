"""Registers this room with Django, and the checks of settings and credentials: every process of ours loads this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lpcontext.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register

        from lpcontext.accounts.credential_checks import check_credentials
        from lpcontext.accounts.database_file import restrict_on_connection
        from lpcontext.checks import check_settings

        register(check_settings)
        register(check_credentials)
        restrict_on_connection()
