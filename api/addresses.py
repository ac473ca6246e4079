"""Which network addresses are this machine."""

import ipaddress


def is_local(host: str) -> bool:
    """Whether only this machine can reach, or be, the host: localhost or a loopback address."""
    if host.lower() == "localhost":
        return True
    address = ip(host)
    return address is not None and _plain(address).is_loopback


def ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address written in `host`; None when it is a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _plain(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IPv4 address that a dual-stack socket shows as IPv6, as itself."""
    return getattr(address, "ipv4_mapped", None) or address
