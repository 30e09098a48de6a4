"""The visitor's device in one line: "Desktop · Chrome 53 · macOS"."""

from __future__ import annotations

from functools import lru_cache

from ua_parser import parse_user_agent

from lpcontext.panel.contexts.facts import join_words
from lpcontext.visits import Device, device_word, os_word

_BROWSERS_KEPT = 4096  # a shop's visitors share a few hundred user agents


def tell_device(device: Device | None) -> str | None:
    if device is None:
        return None
    return join_words(device_word(device.family), tell_browser(device.user_agent), os_word(device.os))


@lru_cache(maxsize=_BROWSERS_KEPT)
def tell_browser(user_agent: str | None) -> str | None:
    """ "Chrome 53"; None for a user agent nobody knows. The first call reads the parser's tables, about 0.3 s."""
    browser = parse_user_agent(user_agent) if user_agent else None
    if browser is None or browser.family == "Other":
        return None
    return f"{browser.family} {browser.major}" if browser.major else browser.family
