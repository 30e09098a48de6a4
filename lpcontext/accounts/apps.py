"""Tells Django of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lpcontext.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lpcontext.accounts import checks  # noqa: F401  importing registers them
        from lpcontext.accounts.database_file import watch_connections

        watch_connections()
