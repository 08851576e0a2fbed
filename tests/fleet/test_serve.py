"""`aimux fleet serve`: a bus that only those with its token can use, and that keeps what it has."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.errors import FleetError
from aimux.fleet.bus_url import read_bus_url
from aimux.fleet.serve import Wish, bus_url, serve
from tests.end_to_end.world import COMMAND, World
from tests.fleet.test_two_hosts import texts
from tests.nats_server import free_port, nats_program
from tests.waiting import wait_until


@contextlib.contextmanager
def served(world: World, port: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A bus, by what it says that others are to set."""
    nats_program()
    process = subprocess.Popen(
        (*COMMAND, "fleet", "serve", "--port", str(port)),
        env=world.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().rstrip(), process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    one = World(tmp_path)
    yield one
    one.close()


def test_a_host_joins_by_what_it_printed_and_finds_everything_after_a_kill(world: World) -> None:
    world.do("new-session", "-d", "-s", "work", "cat")
    port = free_port()
    with served(world, port) as (line, process):
        world.do(*line.split())
        wait_until(world.is_connected, state=lambda: world.run("fleet", "status"))
        assert "@" not in world.do("fleet", "status")
        world.do("kv", "set", "port", "1")
        process.kill()
    wait_until(lambda: not world.is_connected())
    with served(world, port) as (again, _):
        assert again == line
        wait_until(world.is_connected, state=lambda: world.run("fleet", "status"))
        assert world.do("kv", "get", "port") == "1\n"
        world.do("msg", "send", "me", "still here")
        assert texts(world) == ["still here"]


def test_without_the_token_it_refuses(world: World) -> None:
    world.do("new-session", "-d", "-s", "work", "cat")
    port = free_port()
    with served(world, port):
        world.do("set", "-s", "bus-url", f"nats://127.0.0.1:{port}")
        wait_until(lambda: "uthorization" in world.do("fleet", "status"))


def test_what_it_keeps_is_its_owners_and_one_bus_s_alone(world: World) -> None:
    with served(world, free_port()) as (line, _):
        directory = world.directory / "state/aimux/fleet"
        token = line.partition("nats://")[2].partition("@")[0]
        assert (directory / "token").read_text().strip() == token
        assert directory.stat().st_mode & 0o077 == 0
        for name in ("token", "nats.conf"):
            assert (directory / name).stat().st_mode & 0o077 == 0, name
        second = world.run("fleet", "serve", "--port", str(free_port()))
        assert (second.returncode, "a bus runs there" in second.stderr) == (1, True)


def test_it_listens_on_the_loopback_alone_unless_asked(world: World) -> None:
    port = free_port()
    with served(world, port) as (line, _):
        assert f"@127.0.0.1:{port}" in line
        wait_until(lambda: answers("127.0.0.1", port))
        assert not answers("127.0.0.2", port)


def answers(address: str, port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection((address, port), timeout=5).close()
        return True
    return False


@pytest.mark.parametrize(
    "words",
    [("--port", "0"), ("--port", "x"), ("--address", "here"), ("--wide",), ("more",)],
)
def test_wrong_words_are_told(world: World, words: tuple[str, ...]) -> None:
    done = world.run("fleet", "serve", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr


def test_without_the_extra_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    environment = {"HOME": str(tmp_path), "PATH": str(tmp_path)}
    with pytest.raises(FleetError, match=r"pip install 'aimux-terminal\[fleet\]'"):
        serve((), environment, say=pytest.fail)


@pytest.mark.parametrize(
    ("address", "host"),
    [("10.0.0.5", "10.0.0.5"), ("::1", "[::1]"), ("0.0.0.0", socket.gethostname())],  # noqa: S104  # nothing listens
)
def test_the_url_it_prints_is_one_that_hosts_can_set(address: str, host: str) -> None:
    url = bus_url(Wish(address, 4222, Path(os.devnull)), "token")
    assert url == f"nats://token@{host}:4222"
    assert read_bus_url(url) is not None
