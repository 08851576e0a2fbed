"""The connection to a real NATS server."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from aimux.errors import ConflictError, FleetError
from aimux.fleet.bus_url import BusUrl, read_bus_url
from aimux.fleet.nats_bus import NatsBus, connect
from tests.nats_server import NatsServer, nats, running
from tests.programs import needs

__all__ = ["nats"]
KEY = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"
"""A public key of NATS's own documentation: the server asks for its owner's signature."""


def place(url: str) -> BusUrl:
    read = read_bus_url(url)
    assert read is not None
    return read


@pytest.fixture
async def bus(nats: NatsServer) -> AsyncIterator[NatsBus]:
    made = await connect(place(nats.new_fleet()), name="test", credentials="")
    yield made
    await made.close()


async def test_of_two_that_replace_the_same_record_one_does(bus: NatsBus) -> None:
    key = bus.streams.key("values", "one")
    first = await bus.publish(key, b"a", expected=0)
    second = await bus.publish(key, b"b", expected=first)
    assert second > first
    for late in (0, first):
        with pytest.raises(ConflictError):
            await bus.publish(key, b"c", expected=late)
    found = await bus.last(bus.streams.bucket("values"), key)
    assert found is not None
    assert (found.data, found.sequence, found.is_deleted) == (b"b", second, False)
    assert await bus.last(bus.streams.bucket("values"), bus.streams.key("values", "two")) is None


async def test_a_follower_has_what_stood_there_and_what_comes_in_order(bus: NatsBus) -> None:
    streams = bus.streams
    subject = streams.mail_subject("beta", "alpha")
    for number in range(100):
        await bus.publish(subject, str(number).encode())
    got: list[str] = []
    async with bus.follow(streams.mail, streams.mail_subject("beta", "*"), name="x") as follower:
        assert follower.waiting == 100
        await bus.publish(subject, b"last")
        while len(got) < 101:
            for one in await follower.next():
                assert one.subject == subject
                got.append(one.data.decode())
                await one.acknowledge()
    assert got == [*map(str, range(100)), "last"]


async def test_what_was_not_acknowledged_comes_again_to_the_next_follower(bus: NatsBus) -> None:
    streams = bus.streams
    for text in (b"one", b"two"):
        await bus.publish(streams.mail_subject("beta", "alpha"), text)
    subject = streams.mail_subject("beta", "*")
    async with bus.follow(streams.mail, subject, name="x") as follower:
        first = (await follower.next())[0]
        await first.acknowledge()
        await bus.last(streams.mail, streams.mail_subject("beta", "alpha"))  # the ack is there
    async with bus.follow(streams.mail, subject, name="x") as follower:
        assert [one.data for one in await follower.next()] == [b"two"]


async def test_the_same_identity_is_kept_once(bus: NatsBus) -> None:
    subject = bus.streams.mail_subject("beta", "alpha")
    first = await bus.publish(subject, b"one", identity="a")
    assert await bus.publish(subject, b"one", identity="a") == first


async def test_a_deleted_key_says_so(bus: NatsBus) -> None:
    streams = bus.streams
    await bus.publish(streams.key("values", "one"), b"a")
    await bus.publish(streams.key("values", "one"), b"", deleted=True, seconds=100)
    found = await bus.last(streams.bucket("values"), streams.key("values", "one"))
    assert found is not None
    assert found.is_deleted


async def test_a_bus_that_dies_is_known_to_be_broken(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        made = await connect(place(server.place), name="test", credentials="")
        server.kill()
        async with asyncio.timeout(30):
            await made.broken.wait()
        with pytest.raises(FleetError):
            await made.publish(made.streams.mail_subject("a", "b"), b"x")
        await made.close()


async def test_nobody_there_and_bad_credentials_are_told(nats: NatsServer, tmp_path: Path) -> None:
    with pytest.raises(FleetError, match=r"(?i)refused|connect"):
        await connect(place("nats://127.0.0.1:1"), name="test", credentials="")
    with pytest.raises(FleetError, match="no such file"):
        await connect(place(nats.place), name="test", credentials=str(tmp_path / "none"))


async def test_a_file_that_is_no_credentials_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.creds"
    bad.write_text(
        "-----BEGIN NATS USER JWT-----\nnot one\n------END NATS USER JWT------\n"
        "-----BEGIN USER NKEY SEED-----\nSUnot-one\n------END USER NKEY SEED------\n"
    )
    config = tmp_path / "nkeys.conf"
    config.write_text(f"authorization: {{ users: [ {{ nkey: {KEY} }} ] }}\n")
    with running(tmp_path / "js", "-c", str(config)) as server, pytest.raises(FleetError):
        await connect(place(server.place), name="test", credentials=str(bad))


async def test_a_wrong_password_is_told(tmp_path: Path) -> None:
    with running(tmp_path, "--user", "me", "--pass", "secret") as server:
        right = server.place.replace("nats://", "nats://me:secret@")
        await (await connect(place(right), name="test", credentials="")).close()
        with pytest.raises(FleetError, match=r"(?i)authorization|reset|closed|EOF"):
            await connect(place(server.place), name="test", credentials="")


async def test_a_bus_that_says_nothing_any_more_is_broken(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        made = await connect(place(server.place), name="test", credentials="")
        with server.frozen(), pytest.raises(FleetError, match="does not answer"):
            await made.publish(made.streams.mail_subject("a", "b"), b"x")
        assert made.broken.is_set()
        await made.close()


async def test_what_crosses_can_be_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(  # noqa: ASYNC221  # nothing else runs
        (
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ),
        check=True,
        capture_output=True,
    )
    words = ("--tls", "--tlscert", str(certificate), "--tlskey", str(key))
    with running(tmp_path / "js", *words) as server:
        url = server.place.replace("nats://", "tls://")
        with pytest.raises(FleetError):  # nobody vouches for it
            await connect(place(url), name="test", credentials="")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        made = await connect(place(url), name="test", credentials="")
        assert await made.publish(made.streams.mail_subject("a", "b"), b"x") == 1
        await made.close()
