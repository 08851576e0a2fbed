"""What passes while the bus dies between a word and its answer, or while the link is cut."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.test_exchange import received
from tests.end_to_end.world import COMMAND, World
from tests.fleet.conftest import Two
from tests.fleet.relay import relayed
from tests.fleet.test_cut_off import kill_bus
from tests.fleet.test_two_hosts import texts
from tests.nats_server import NatsServer, nats_program
from tests.waiting import DEADLINE_SECONDS, wait_until

ROUNDS = 3


@pytest.mark.parametrize(
    "word",
    [b'"stream":"link_mail","seq":', b"$JS.ACK.link_mail."],
    ids=["published", "delivered"],
)
def test_the_bus_is_killed_before_the_answer_and_nothing_is_lost_or_comes_twice(
    tmp_path: Path, bus: NatsServer, word: bytes
) -> None:
    with relayed(bus.port) as relay:
        two = Two(tmp_path, f"nats://127.0.0.1:{relay.port}/link")
        try:
            sent: list[str] = []
            for number in range(ROUNDS):
                relay.await_word(word, lambda: kill_bus(bus))
                for text in (f"{number}-a", f"{number}-b"):
                    two.alpha.do("msg", "send", "on-beta@beta", text)
                    sent.append(text)
                assert relay.happened.wait(DEADLINE_SECONDS), number
            two.alpha.do("msg", "send", "on-beta@beta", "end")
            wait_until(lambda: "end" in texts(two.beta, "on-beta"))
            assert texts(two.beta, "on-beta") == [*sent, "end"]
        finally:
            two.close()


# ---- a link of one's own ----


class Wire:
    """Two network namespaces and a cable between them; only root may have that."""

    ADDRESSES = ("10.199.7.1", "10.199.7.2")

    def __init__(self) -> None:
        self.places = tuple(f"aimux-{os.getpid()}-{end}" for end in "ab")

    def lay(self) -> None:
        first, second = self.places
        for place in self.places:
            _ip("netns", "add", place)
        _ip("link", "add", "wire", "netns", first, "type", "veth", "peer", "wire", "netns", second)
        for place, address in zip(self.places, self.ADDRESSES, strict=True):
            _ip("-n", place, "address", "add", f"{address}/30", "dev", "wire")
            _ip("-n", place, "link", "set", "wire", "up")
            _ip("-n", place, "link", "set", "lo", "up")

    def cut(self) -> None:
        _ip("-n", self.places[0], "link", "set", "wire", "down")

    def mend(self) -> None:
        _ip("-n", self.places[0], "link", "set", "wire", "up")

    def there(self, end: int, *command: str) -> tuple[str, ...]:
        """A command, at one end."""
        return ("ip", "netns", "exec", self.places[end], *command)

    def remove(self) -> None:
        for place in self.places:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "delete", place)


def _ip(*words: str) -> None:
    subprocess.run(("ip", *words), check=True, capture_output=True)


@pytest.fixture
def wire() -> Iterator[Wire]:
    if os.geteuid() or shutil.which("ip") is None:
        pytest.skip("network namespaces need root and iproute2")
    made = Wire()
    try:
        made.lay()
    except subprocess.CalledProcessError as error:
        made.remove()
        pytest.skip(f"no network namespaces here: {error.stderr.decode().strip()}")
    yield made
    made.remove()


class Apart(Two):
    """Alpha at one end of a wire, beta and the bus at the other."""

    def __init__(self, directory: Path, wire: Wire) -> None:
        self._wire = wire
        words = ("-a", wire.ADDRESSES[1], "-p", "4222", "-js", "-sd", str(directory / "nats"))
        self._bus = subprocess.Popen(
            wire.there(1, nats_program(), *words), stderr=subprocess.DEVNULL
        )
        super().__init__(directory, f"nats://{wire.ADDRESSES[1]}:4222")

    def start(self, world: World, name: str) -> None:
        """Start a host's server at its end; whoever speaks to it does so by its socket."""
        subprocess.run(
            self._wire.there(name == "beta", *COMMAND, "new-session", "-d", "-s", "first", "cat"),
            env=world.environment,
            check=True,
            timeout=DEADLINE_SECONDS,
        )
        super().start(world, name)

    def close(self) -> None:
        """End everything."""
        super().close()
        self._bus.kill()
        self._bus.wait()


def send_both_ways(apart: Two, name: str) -> None:
    for number in range(5):
        apart.alpha.do("msg", "send", "on-beta@beta", f"{name}-{number}")
        apart.beta.do("msg", "send", "on-alpha@alpha", f"{name}-{number}")


def test_a_link_is_cut_and_mended_and_all_that_was_sent_meanwhile_comes_once_in_order(
    tmp_path: Path, wire: Wire
) -> None:
    apart = Apart(tmp_path, wire)
    try:
        send_both_ways(apart, "before")
        wire.cut()
        send_both_ways(apart, "short")  # nobody has noticed, perhaps
        wire.mend()
        send_both_ways(apart, "between")
        wire.cut()
        send_both_ways(apart, "long")
        wait_until(lambda: not apart.alpha.is_connected())
        send_both_ways(apart, "noticed")
        wire.mend()
        send_both_ways(apart, "after")
        names = ("before", "short", "between", "long", "noticed", "after")
        sent = [f"{name}-{number}" for name in names for number in range(5)]
        for world, own in ((apart.alpha, "on-alpha"), (apart.beta, "on-beta")):
            wait_until(
                lambda w=world, o=own: len(received(w, "-n", "100", o)) >= len(sent),  # type: ignore[misc]  # bound now
                seconds=4 * DEADLINE_SECONDS,
                state=lambda w=world: w.run("fleet", "status"),  # type: ignore[misc]  # as above
            )
        send_both_ways(apart, "last")
        last = [f"last-{number}" for number in range(5)]
        for world, own in ((apart.alpha, "on-alpha"), (apart.beta, "on-beta")):
            wait_until(lambda w=world, o=own: last[-1] in texts(w, "-n", "100", o))  # type: ignore[misc]  # bound now
            assert texts(world, "-n", "100", own) == [*sent, *last]
    finally:
        apart.close()
