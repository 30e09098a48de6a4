"""The addresses panels are opened and reloaded at, each host's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from lpcontext.launch.hosts import HOSTS
from lpcontext.launch.views import Pages, build_launch_view, build_reopen_view


def build_urls(pages: Pages) -> tuple[list[URLPattern], str]:
    """For `include()`: patterns, and `launch` as their namespace."""
    launches = [
        path(route.path, build_launch_view(host, route, pages), name=route.name)
        for host in HOSTS
        for route in host.routes
    ]
    return [*launches, path("panel/<slug:slug>/", build_reopen_view(pages), name="reopen")], "launch"
