"""The language somebody reads."""

from __future__ import annotations

from django.conf.locale import LANG_INFO


def format_language(tag: str | None) -> str | None:
    """`he-IL` → "Hebrew (he-IL)"; a language Django has no name for stays as it came."""
    if not tag:
        return None
    language = LANG_INFO.get(tag.replace("_", "-").partition("-")[0].lower(), {})
    name = language.get("name")
    return f"{name} ({tag})" if name else tag
