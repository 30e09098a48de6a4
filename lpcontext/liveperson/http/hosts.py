"""Which hosts may be asked. The Domain API is trusted to choose one, not to choose any."""

from __future__ import annotations

import re

_HOST = re.compile(
    r"(?P<name>\[::1\]|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::(?P<port>[0-9]{1,5}))?",
    re.ASCII | re.IGNORECASE,  # without ASCII, the old long s would be an s
)
_LONGEST_NAME = 253


def split_host(base_uri: str) -> tuple[str, int | None] | None:
    """Split `host` or `host:port` (contract 1); None for anything else, such as a scheme, a path or a user name."""
    if len(base_uri) > _LONGEST_NAME + len(":65535"):
        return None
    found = _HOST.fullmatch(base_uri)
    if found is None:
        return None
    name, port = found["name"].lower(), found["port"]
    if port is None:
        return name, None
    return (name, int(port)) if 0 < int(port) < 65536 else None


def is_allowed(name: str, allowed_hosts: tuple[str, ...]) -> bool:
    """`.liveperson.net` allows every host below it; an entry without the dot allows that host alone."""
    return any(name.endswith(entry) if entry.startswith(".") else name == entry for entry in allowed_hosts)
