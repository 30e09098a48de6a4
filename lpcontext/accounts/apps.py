"""Tells Django of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lpcontext.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register

        from lpcontext.accounts.checks import check_settings
        from lpcontext.accounts.database_file import watch_connections

        register(check_settings)
        watch_connections()
