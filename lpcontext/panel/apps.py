"""Registers this room with Django, and has every process notify the others of rights that change."""

from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "lpcontext.panel"

    def ready(self) -> None:
        from lpcontext.launch import connect_rights_notifications

        connect_rights_notifications()
