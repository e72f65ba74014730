"""Where the portal may send something on its own: to the open internet, never into its own net."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app

OPEN_PORT, LEAST_PORT = 443, 1024  # the usual one, and those that no old service listens on
PLAIN_PORT = 80
WELL_KNOWN_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedAddressError(ValueError):
    """The portal sends nothing there."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, and what to ask for there."""

    host: str
    port: int
    path: str  # with the query
    secure: bool
    address: str = ""  # the one that was looked up and found to be open


def written_right(url: str) -> str:
    """Return an address that may be reached, so far as can be told without asking a network.

    Raises:
        RefusedAddressError: saying why not.
    """
    target = read(url)
    literal = as_address(target.host)
    if literal is not None and not allowed(literal, secure=target.secure):
        raise RefusedAddressError("Enter an address in the open internet")
    return url


def read(url: str) -> Target:
    """Return the parts of an address.

    Raises:
        RefusedAddressError: it is of another sort than what we send to.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        host.encode("idna")
    except ValueError:
        raise RefusedAddressError("Enter an address such as https://example.com/news") from None
    if parts.username is not None or parts.fragment or not host or not url.isprintable():
        raise RefusedAddressError("Enter an address without names, passwords and # in it")
    if not url.isascii() or " " in url:
        raise RefusedAddressError("Write letters other than those of English encoded, such as xn--")
    secure = parts.scheme == "https"
    if not secure and not (parts.scheme == "http" and practice()):
        raise RefusedAddressError("Enter an address that begins with https://")
    port = port if port is not None else OPEN_PORT if secure else PLAIN_PORT
    if port != OPEN_PORT and port < LEAST_PORT:
        raise RefusedAddressError("Use port 443, or one from 1024")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, secure)


def practice() -> bool:
    """Tell whether nobody's real data is here: then a program beside the portal may listen."""
    return current_app.config["ENV"] in {"development", "test"}


def found(url: str) -> Target:
    """Look up where an address leads, and allow it; the connection must go to what was found.

    Raises:
        RefusedAddressError: it leads nowhere, or into a net that is not open.
    """
    target = read(url)
    try:
        known = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedAddressError("The name leads nowhere") from None
    places = [place for place in (as_address(str(one[4][0])) for one in known) if place]
    if not places or not all(allowed(place, secure=target.secure) for place in places):
        raise RefusedAddressError("The name leads to an address that is not in the open internet")
    return Target(target.host, target.port, target.path, target.secure, str(places[0]))


def as_address(host: str) -> Address | None:
    """Return an address given by its numbers, or nothing for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def allowed(address: Address, *, secure: bool) -> bool:
    """Tell whether the portal may connect there.

    Without TLS, and in practice, to this machine alone; otherwise to the open internet alone.
    """
    inner = unwrapped(address)
    if inner.is_loopback:
        return practice()
    return secure and inner.is_global and not inner.is_multicast and not inner.is_reserved


def unwrapped(address: Address) -> Address:
    """Return the address of version 4 that stands inside one of version 6, if one does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in WELL_KNOWN_NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
