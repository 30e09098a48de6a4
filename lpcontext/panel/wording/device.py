"""The visitor's device in one line: "Desktop · Chrome 53 · macOS"."""

from __future__ import annotations

from ua_parser import parse_user_agent

from lpcontext.panel.caching.bounded_cache import BoundedCache, digest_of
from lpcontext.panel.wording.phrases import join_words
from lpcontext.visits import Device, format_device_family, format_os

_MOST_BYTES = 1024 * 1024  # a shop's visitors share a few hundred user agents


def format_device(device: Device | None) -> str | None:
    if device is None:
        return None
    return join_words(format_device_family(device.family), format_browser(device.user_agent), format_os(device.os))


def format_browser(user_agent: str | None) -> str | None:
    """ "Chrome 53"; None for a user agent nobody knows. The first call reads the parser's tables, about 0.3 s."""
    if not user_agent:
        return None
    key = digest_of(user_agent)
    browser = _browsers.find(key)
    if browser is None:
        browser = _read_browser(user_agent)
        _browsers.keep(key, browser)
    return browser or None


def _read_browser(user_agent: str) -> str:
    browser = parse_user_agent(user_agent)
    if browser is None or browser.family == "Other":
        return ""
    return f"{browser.family} {browser.major}" if browser.major else browser.family


_browsers: BoundedCache[str] = BoundedCache(most_bytes=_MOST_BYTES)
