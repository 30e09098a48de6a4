"""Tells Django of this room, and has every process tell the others whose right has changed."""

from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "lpcontext.panel"

    def ready(self) -> None:
        from lpcontext.launch import tell_of_changes

        tell_of_changes()
