import pytest

from aimux.errors import CommandError
from aimux.fleet.bus_url import BusUrl, host_name_of, read_bus_url


def test_a_url_names_servers_and_a_fleet() -> None:
    assert read_bus_url("") is None
    assert read_bus_url("nats://one") == BusUrl(("nats://one",), "aimux")
    assert read_bus_url("tls://me:secret@one:4222,two/team") == BusUrl(
        ("tls://me:secret@one:4222", "tls://two"), "team"
    )


@pytest.mark.parametrize(
    "wrong", ["one", "http://one", "nats://", "nats://one:x", "nats:///team", "nats://one/a.b"]
)
def test_what_is_no_bus_is_refused(wrong: str) -> None:
    with pytest.raises(CommandError, match="bus-url: "):
        read_bus_url(wrong)


def test_people_are_shown_no_password() -> None:
    place = read_bus_url("nats://me:secret@one:4222,token@two/team")
    assert place is not None
    assert place.shown == "nats://one:4222,two/team"


@pytest.mark.parametrize(
    ("given", "machine", "label", "name"),
    [
        ("", "box", "default", "box"),
        ("", "box.example.com", "work", "box-example-com-work"),
        ("alpha", "box", "work", "alpha"),
        ("a.b *>c", "box", "default", "a-b-c"),
        ("...", "box", "default", "host"),
        ("x" * 100, "box", "default", "x" * 64),
    ],
)
def test_a_host_is_called_by_one_token_of_a_subject(
    given: str, machine: str, label: str, name: str
) -> None:
    assert host_name_of(given, machine, label) == name
