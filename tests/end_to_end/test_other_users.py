"""Other users at the socket: the kernel says who they are, and server-access what they may."""

from __future__ import annotations

import os
import pwd
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.link.framing import Splitter, encode, text_field
from tests.end_to_end.world import World

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
NOBODY = pwd.getpwnam("nobody").pw_uid


class OpenWorld(World):
    """A server whose socket anybody may connect to."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.socket = directory / "socket"
        self.do("new", "-d", "-s", "work", "cat")
        for path in (directory, self.socket):
            path.chmod(0o777)

    def do(self, *words: str, **settings: str) -> str:
        return super().do("-S", str(self.socket), *words, **settings)


@pytest.fixture
def open_world() -> Iterator[World]:
    """Such a server; it is ended afterwards."""
    # pytest's directories are for their owner alone.
    with tempfile.TemporaryDirectory(prefix="mux", ignore_cleanup_errors=True) as directory:
        world = OpenWorld(Path(directory))
        try:
            yield world
        finally:
            world.close()


def as_nobody(world: World, *words: str, typed: str | None = None) -> str:
    """What a server says to a command of the user nobody; empty if it hangs up.

    Args:
        world: The server's.
        words: The command.
        typed: The standard input of a client in control mode.
    """
    reader, writer = os.pipe()
    child = os.fork()  # noqa: TID251  # a user is a process's
    if child == 0:
        os.setuid(NOBODY)
        os.write(writer, _ask(world, words, typed).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as answer:
        return answer.read()


def _ask(world: World, words: tuple[str, ...], typed: str | None) -> str:
    flags = {"control": int(typed is not None)}
    request: dict[str, object] = {"type": "run", "argv": words, "cwd": "/", "environment": {}}
    request |= {"pid": os.getpid(), "flags": flags}
    splitter, said = Splitter(), ""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(world.socket))
        try:
            peer.sendall(encode(request))
            if typed is not None:
                peer.sendall(encode({"type": "input", "text": typed, "end": True}))
            while data := peer.recv(65536):
                said += "".join(text_field(reply, "text") for reply in splitter.feed(data))
        except ConnectionError:
            pass
    return said


def test_nobody_else_is_heard_at_first(open_world: World) -> None:
    assert as_nobody(open_world, "rename-session", "theirs") == ""
    assert open_world.ask("#{session_name}") == "work"


def test_a_user_who_may_look_changes_nothing(open_world: World) -> None:
    open_world.do("server-access", "-a", "-r", "nobody")
    assert as_nobody(open_world, "rename-session", "theirs") == "client is read-only\n"
    assert as_nobody(open_world, "list-clients") == ""
    assert open_world.ask("#{session_name}") == "work"


def test_a_user_who_may_write_does_until_that_ends(open_world: World) -> None:
    open_world.do("server-access", "-a", "nobody")
    assert as_nobody(open_world, "rename-session", "theirs") == ""
    assert open_world.ask("#{session_name}") == "theirs"
    open_world.do("server-access", "-d", "nobody")
    assert as_nobody(open_world, "rename-session", "work") == ""
    assert open_world.ask("#{session_name}") == "theirs"


def test_a_user_who_may_look_changes_nothing_in_control_mode(open_world: World) -> None:
    open_world.do("server-access", "-a", "-r", "nobody")
    said = as_nobody(open_world, "attach", typed="list-clients\nrename-session mine\n")
    assert ": work [" in said
    assert "\nclient is read-only\n%error " in said
    assert as_nobody(open_world, "rename-session", "mine", typed="").startswith("client is")
    assert open_world.do("list-sessions", "-F", "#{session_name}") == "work\n"
