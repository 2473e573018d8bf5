"""Where a redirect may lead: never into the machine or its own network, unless the operator named such an address."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

from assistant.errors import StationError, Unavailable

type Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def public(address: str) -> bool:
    """Whether an address is of the public internet: not loopback, private, link-local (metadata), reserved, or one of these in IPv6."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
    return ip.is_global and not ip.is_multicast


def pinned(url: httpx.URL, look_up: Resolve = resolve) -> tuple[httpx.URL, dict[str, str], dict[str, str]]:
    """The URL by the very address that was checked, with its `Host` and the name for TLS: a name cannot lead elsewhere in between.

    Raises StationError for a host with any address that is not public, Unavailable for one that has none.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        addresses = look_up(url.host, port)
    except OSError:
        addresses = []
    if not addresses:
        raise Unavailable("the address redirects to a host that is not known", code="feed-unreachable")
    if not all(public(address) for address in addresses):
        raise StationError(
            "the address redirects into a private network", code="feed-redirect", hint="set feed.url to the final address if that is right"
        )
    return url.copy_with(host=addresses[0]), {"host": url.netloc.decode("ascii")}, {"sni_hostname": url.host}
