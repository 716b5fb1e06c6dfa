"""Network interfaces: the addresses of this computer, those first at which a phone can most likely reach it."""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from coach.errors import ExternalError, UsageError
from coach.translation import _

# What virtual machines, containers and tunnels call their interfaces: no phone is on these networks.
_VIRTUAL = (
    *("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "lxd", "podman", "cni", "flannel", "bridge"),
    *("tun", "tap", "utun", "wg", "ppp", "tailscale", "zt", "ipsec", "nord", "proton"),
    *("vethernet", "virtualbox", "vmware", "hyper-v", "wsl"),
)
_VIRTUAL_SIGNS = ("virtual", "vpn")
_ANY_HOST = ("192.0.2.1", 9)  # an address for documentation, RFC 5737; nothing is sent to it


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkAddress:
    """An address of this computer, and the interface that has it."""

    interface: str
    address: str

    def __str__(self) -> str:
        return f"{self.interface} ({self.address})"


def list_addresses() -> tuple[NetworkAddress, ...]:
    """List the IPv4 addresses of this computer, the most likely first."""
    import ifaddr  # noqa: PLC0415 - only where a page is served on the network

    found = [
        NetworkAddress(interface=str(adapter.nice_name), address=ip.ip)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str)  # the others are IPv6
    ]
    return order_addresses(found, _find_default_address())


def order_addresses(found: Iterable[NetworkAddress], default: str | None) -> tuple[NetworkAddress, ...]:
    """Order addresses by how likely a phone reaches them; ``default`` is the one that leads to the internet."""

    def rank(each: NetworkAddress) -> tuple[bool, ...]:
        address = ipaddress.IPv4Address(each.address)
        return (
            address.is_loopback,
            address.is_link_local,
            each.interface.lower().startswith(_VIRTUAL)
            or any(sign in each.interface.lower() for sign in _VIRTUAL_SIGNS),
            not address.is_private,  # a server's own, or one behind a provider's gateway
            each.address != default,
        )

    return tuple(sorted(found, key=rank))


def choose_address(asked: str | None, addresses: tuple[NetworkAddress, ...]) -> NetworkAddress:
    """Choose the interface or address asked for, else the most likely one.

    Raises:
        UsageError: there is no such interface.
        ExternalError: this computer is on no network.
    """
    if asked is not None:
        for each in addresses:
            if asked.casefold() in {each.interface.casefold(), each.address}:
                return each
        known = ", ".join(map(str, addresses)) or _("none")
        raise UsageError(_("there is no interface '{asked}'; there is {known}", asked=asked, known=known))
    best = next(iter(addresses), None)
    if best is None or ipaddress.IPv4Address(best.address).is_loopback:
        raise ExternalError(
            _("this computer is on no network, so no phone can reach it"),
            help=_("connect it to the Wi-Fi of your phone, or to your phone's own hotspot, and try again"),
        )
    return best


def _find_default_address() -> str | None:
    """Find the address from which packets would leave for the internet; None if they would not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANY_HOST)  # chooses a route, and sends nothing
        except OSError:
            return None
        return str(probe.getsockname()[0])
