"""Whether a port is free, and whether something answers: what `up` and `demo` look at before they go on."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from ipaddress import ip_address
from urllib.parse import urlsplit

from lpcontext.cli.errors import CannotStart


def check_port_is_free(host: str, port: int) -> None:
    """Raises CannotStart."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CannotStart(f"Port {port} on {host} is in use or not allowed; choose another with --port.") from None


def is_answering(url: str) -> bool:
    """With a success, within two seconds. Whatever else listens there may say what it likes: it is not ours."""
    try:
        with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=2)) as connection:
            connection.request("GET", urlsplit(url).path)
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def is_worker_alive() -> bool:
    """Raises CannotStart where the memory does not answer. Needs Django set up."""
    from lpcontext.snapshots import WORKER_LOCK, MemoryUnavailable, lock_is_held

    try:
        return lock_is_held(WORKER_LOCK)
    except MemoryUnavailable:
        raise CannotStart("The memory at LPCONTEXT_REDIS_URL does not answer.") from None


def is_every_address(host: str) -> bool:
    """Whether a server bound to it listens on all of this machine's, by IPv4 or IPv6; a name is none."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
