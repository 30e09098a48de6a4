"""Which hosts are this very machine, where plain http does no harm.

Belongs here: that question. Does not: which hosts may be asked, or may frame us. May be asked by: every room.
"""

from ipaddress import ip_address


def is_loopback_host(host: str | None) -> bool:
    """True for localhost, 127.0.0.0/8 and ::1 (in brackets or not), lower case and without a port."""
    if not host:
        return False
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_loopback_in_browser(host: str | None) -> bool:
    """Also *.localhost: browsers pin it to loopback, while the resolver of a server may ask the world for it."""
    return is_loopback_host(host) or (host or "").endswith(".localhost")
