"""Network interfaces: which address a phone is told."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import ExternalError, UsageError
from coach.send import network_interfaces
from coach.send.network_interfaces import NetworkAddress, choose_address, list_addresses, order_addresses

LOOPBACK = NetworkAddress(interface="lo", address="127.0.0.1")
WIFI = NetworkAddress(interface="wlan0", address="192.168.1.23")
CABLE = NetworkAddress(interface="eth0", address="192.168.1.24")
DOCKER = NetworkAddress(interface="docker0", address="172.17.0.1")
HYPER_V = NetworkAddress(interface="vEthernet (WSL)", address="172.24.0.1")
VPN = NetworkAddress(interface="tun0", address="10.8.0.2")
NAMED_VPN = NetworkAddress(interface="OpenVPN Wintun", address="10.9.0.2")
TAILSCALE = NetworkAddress(interface="tailscale0", address="100.101.1.2")
LINK_LOCAL = NetworkAddress(interface="eth1", address="169.254.3.4")
PUBLIC = NetworkAddress(interface="eth2", address="8.8.4.4")


@pytest.mark.parametrize(
    ("found", "default", "best"),
    [
        ((LOOPBACK, WIFI), "192.168.1.23", WIFI),
        ((LOOPBACK, DOCKER, WIFI), None, WIFI),
        ((DOCKER, VPN, CABLE, WIFI), "10.8.0.2", CABLE),
        ((NAMED_VPN, WIFI), "10.9.0.2", WIFI),
        ((CABLE, WIFI), "192.168.1.23", WIFI),
        ((PUBLIC, WIFI), "8.8.4.4", WIFI),
        ((LINK_LOCAL, TAILSCALE, HYPER_V, WIFI), None, WIFI),
        ((LOOPBACK, LINK_LOCAL), None, LINK_LOCAL),
        ((DOCKER, PUBLIC), None, PUBLIC),
    ],
)
def test_the_network_of_the_phone_is_found(
    found: tuple[NetworkAddress, ...], default: str | None, best: NetworkAddress
) -> None:
    assert order_addresses(found, default)[0] == best
    assert choose_address(None, order_addresses(found, default)) == best


@given(st.lists(st.builds(NetworkAddress, interface=st.text(), address=st.ip_addresses(v=4).map(str))), st.none())
def test_no_address_is_lost_and_this_machine_comes_last(found: list[NetworkAddress], default: None) -> None:
    ordered = order_addresses(found, default)
    assert sorted(ordered, key=str) == sorted(found, key=str)
    loopbacks = [ipaddress.ip_address(each.address).is_loopback for each in ordered]
    assert loopbacks == sorted(loopbacks)


@pytest.mark.parametrize("asked", ["wlan0", "WLAN0", "192.168.1.23"])
def test_an_interface_is_chosen_by_its_name_or_address(asked: str) -> None:
    assert choose_address(asked, (CABLE, WIFI)) == WIFI


def test_an_unknown_interface_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        choose_address("wifi", (CABLE, LOOPBACK))
    assert str(caught.value) == "there is no interface 'wifi'; there is eth0 (192.168.1.24), lo (127.0.0.1)"


@pytest.mark.parametrize("addresses", [(), (LOOPBACK,)])
def test_without_a_network_there_is_a_way_out(addresses: tuple[NetworkAddress, ...]) -> None:
    with pytest.raises(ExternalError) as caught:
        choose_address(None, addresses)
    assert caught.value.message == "this computer is on no network, so no phone can reach it"
    assert caught.value.help == ("connect it to the Wi-Fi of your phone, or to your phone's own hotspot, and try again")


def test_this_computer_has_addresses_that_can_be_listened_at() -> None:
    addresses = list_addresses()
    assert LOOPBACK.address in {each.address for each in addresses}
    for each in addresses:
        with socket.socket() as listening:
            listening.bind((each.address, 0))


def test_a_computer_without_a_route_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_interfaces, "_ANY_HOST", ("255.255.255.255", 9))  # not allowed
    assert list_addresses()
