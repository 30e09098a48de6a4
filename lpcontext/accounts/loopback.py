"""Which hosts are this very machine, where plain http does no harm."""

from ipaddress import ip_address


def is_loopback_host(host: str | None) -> bool:
    """True for localhost, *.localhost (browsers pin both to loopback), 127.0.0.0/8 and ::1."""
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
