"""Addresses and bars that any program prints."""

import pytest

from aimux.semantic.addresses import MAX_URLS, Addresses


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("Local:   http://localhost:5173/", "http://localhost:5173/"),
        (" * Running on http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("Serving at (http://[::1]:8000/)", "http://[::1]:8000/"),
        ("listening on https://192.168.1.7:8443.", "https://192.168.1.7:8443"),
    ],
)
def test_an_address_of_this_machine_is_found(line: str, url: str) -> None:
    addresses = Addresses()
    addresses.feed(line)
    assert addresses.urls == (url,)


def test_other_hosts_are_no_servers_of_ours() -> None:
    addresses = Addresses()
    addresses.feed("-- Docs: https://docs.pytest.org/en/stable/")
    assert addresses.urls == ()


def test_addresses_are_bounded() -> None:
    addresses = Addresses()
    for port in range(1000):
        addresses.feed(f"http://localhost:{port + 1}/")
    assert len(addresses.urls) == MAX_URLS


@pytest.mark.parametrize(
    ("line", "percent"),
    [
        ("epoch 1:  42%|####    | 25/60 [00:00<00:00]", 42),
        ("[ 50%] Building C object", 50),
        ("[3/12] Compiling", 25),
        ("(7/7) Installing", 100),
        ("Receiving objects:  7% (1/14)", 7),
        ("no bar here", None),
        ("coverage of 3.5%x", None),
        ("2026/11/22 is a date", None),
    ],
)
def test_how_far_a_bar_is(line: str, percent: int | None) -> None:
    addresses = Addresses()
    addresses.progress(line)
    assert addresses.percent == percent
