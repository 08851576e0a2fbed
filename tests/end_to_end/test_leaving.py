"""However a client leaves: its terminal is as it was, the programs run on, and it can come back."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from aimux import __version__
from aimux.link.framing import Splitter
from aimux.link.framing import encode as encode_request
from aimux.protocol.client_messages import FrameShown, Hello
from aimux.protocol.framing import encode, server_decoder
from aimux.protocol.message import PROTOCOL_MAX, PROTOCOL_MIN, Message
from aimux.protocol.server_messages import Farewell
from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, children_of, has_ended, wait_for_end_of, wait_until

MODES_OFF = (
    *(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1004, 1006, 2004)),
    "\x1b[>4m",
    "\x1b[?25h",
    "\x1b[?1049l",
)
ATTACH = {
    "type": "run",
    "protocol": [PROTOCOL_MIN, PROTOCOL_MAX],
    "version": __version__,
    "argv": ["attach", "-t", "work"],
    "cwd": "/",
    "environment": {},
    "pid": 1,
    "flags": {},
    "terminal": {"tty": "/dev/pts/999", "term": "xterm", "columns": 80, "rows": 24, "depth": 256},
}
HELLO = Hello(
    protocol=(PROTOCOL_MIN, PROTOCOL_MAX),
    version=__version__,
    ticket="",
    columns=80,
    rows=24,
    sidebar_columns=0,
    depth=256,
)
COUNTER = "i=0; exec 3<>{fifo}; while read -r _ <&3; do i=$((i+1)); echo line $i; done"


@pytest.fixture
def counting(aimux: World) -> Terminal:
    """A terminal on a session whose program writes a line whenever the test lets it."""
    os.mkfifo(aimux.directory / "fifo")
    counter = COUNTER.format(fifo=aimux.directory / "fifo")
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", counter)
    terminal = aimux.attached()
    count(aimux)
    terminal.wait_for("line 1")
    return terminal


def count(aimux: World) -> None:
    """Let the program write a line; only a living one takes it."""
    descriptor = wait_until(lambda: open_fifo(aimux), state=lambda: "the program does not read")
    assert descriptor is not None
    os.write(descriptor, b"\n")
    os.close(descriptor)


def open_fifo(aimux: World) -> int | None:
    try:
        return os.open(aimux.directory / "fifo", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # nobody reads yet
        return None


def come_back(aimux: World) -> None:
    """The program has run on, and a new terminal shows all of it."""
    wait_until(lambda: aimux.do("list-clients") == "")
    count(aimux)
    aimux.wait_for("line 2", "work")
    terminal = aimux.attached()
    terminal.wait_for("line 1\nline 2\n")
    count(aimux)
    terminal.wait_for("line 3")


def client_of(terminal: Terminal) -> int:
    """The client's process below the guard."""
    (client,) = children_of(terminal.pid)
    return client


def test_d_detaches_and_a_later_terminal_shows_everything(aimux: World, counting: Terminal) -> None:
    counting.type(PREFIX + b"d")
    assert counting.wait_for_end() == 0
    assert counting.output.endswith(b"[detached (from session work)]\r\n")
    come_back(aimux)


def test_reattaching_shows_the_same_picture(aimux: World) -> None:
    first = aimux.attached()
    first.type(b"printf '\\033[1;31mred\\033[m plain\\n'; seq 30; echo e''nd\r")
    first.wait_for(lambda: re.search(r"\nend\n[#$]", first.text))
    first.type(PREFIX + b"%")
    first.wait_for(lambda: first.rows[0][40:41] == "│")
    first.wait_for(lambda: len(first.rows[0]) > 41)
    first.type(PREFIX + b"d")
    before = first.rows[:23]
    first.wait_for_end()
    second = aimux.attached()
    second.wait_for(lambda: second.rows[:23] == before)


def test_a_closed_terminal_detaches(aimux: World, counting: Terminal) -> None:
    client = client_of(counting)
    counting.hang_up()
    counting.collect()
    wait_for_end_of(client)
    come_back(aimux)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_the_guard_detaches(aimux: World, counting: Terminal, number: int) -> None:
    client = client_of(counting)
    os.kill(counting.pid, number)
    assert counting.wait_for_end() == 1
    wait_until(lambda: has_ended(client))
    come_back(aimux)


def test_a_killed_client_detaches(aimux: World, counting: Terminal) -> None:
    os.kill(client_of(counting), signal.SIGKILL)
    assert counting.wait_for_end() == 1
    assert b"[client killed by signal 9]" in counting.output
    come_back(aimux)


def test_a_killed_guard_takes_its_client_with_it(aimux: World, counting: Terminal) -> None:
    client = client_of(counting)
    os.kill(counting.pid, signal.SIGKILL)
    counting.collect()
    wait_for_end_of(client)
    come_back(aimux)


@pytest.mark.parametrize(
    "ending", [None, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV]
)
def test_the_terminal_is_as_it_was(aimux: World, ending: signal.Signals | None) -> None:
    shell = aimux.terminal_of("bash", "--norc", "--noprofile", PS1="ready> ")
    shell.wait_for("ready>")
    shell.type(f"exec {aimux.command_line('new', '-A', '-s', 'work')}\r".encode())
    before = shell.settings()
    aimux.wait_until_live(shell)
    assert shell.settings() != before
    seen = len(shell.output)
    if ending is None:
        shell.type(PREFIX + b"d")
    else:
        os.kill(client_of(shell), ending)
    shell.wait_for_end()
    after = shell.output[seen:].decode()
    assert shell.settings()[:4] == cooked(aimux)[:4]
    assert [mode for mode in MODES_OFF if mode not in after] == []
    assert after.rindex("\x1b[?1049l") > after.rindex("\x1b[?2004l")
    assert after.count("\x1b[<u") == 1  # only what was pushed is popped


def cooked(aimux: World) -> list[object]:
    """The settings of a terminal that nobody has touched."""
    return aimux.terminal_of("true").settings()


def test_a_client_can_be_stopped_and_continued(aimux: World) -> None:
    shell = aimux.terminal_of("bash", "--norc", "--noprofile")
    shell.wait_for("$")
    shell.type(f"{aimux.command_line('new', '-A', '-s', 'work')}\r".encode())
    aimux.wait_until_live(shell)
    shell.type(b"echo be''fore\r")
    shell.wait_for("before")
    shell.type(PREFIX + b"\x1a")
    shell.wait_for(b"Stopped")
    aimux.do("send-keys", "-t", "work", "echo mean''while", "Enter")
    aimux.wait_for("meanwhile", "work")
    shell.type(b"stty -a | grep -o ' icanon'\r")
    shell.wait_for(" icanon")
    shell.type(b"fg\r")
    shell.wait_for("meanwhile")
    shell.type(b"echo af''ter\r")
    shell.wait_for("after")
    shell.type(PREFIX + b"d")
    shell.wait_for(b"[detached (from session work)]")


def test_the_client_leaves_when_the_last_program_ends(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(b"exit\r")
    assert terminal.wait_for_end() == 0
    assert terminal.output.endswith(b"[exited]\r\n")
    wait_until(lambda: not aimux.socket.exists())


def test_kill_server_says_so_to_every_client(aimux: World) -> None:
    terminals = [aimux.attached(), aimux.attached(columns=60, rows=12)]
    aimux.do("kill-server")
    for terminal in terminals:
        assert terminal.wait_for_end() == 0
        assert terminal.output.endswith(b"[server exited]\r\n")


def test_a_server_that_dies_is_said_on_a_terminal_that_is_as_it_was(aimux: World) -> None:
    terminal = aimux.attached()
    os.kill(aimux.server(), signal.SIGKILL)
    assert terminal.wait_for_end() == 1
    assert terminal.output.endswith(b"[server exited unexpectedly]\r\n")
    assert terminal.settings()[:4] == cooked(aimux)[:4]


def test_a_client_that_still_writes_hears_the_farewell(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24")
    with connect(aimux) as guard, connect(aimux) as client:
        guard.sendall(encode_request(ATTACH))
        ticket = str(next_reply(guard)["ticket"])
        client.sendall(encode(replace(HELLO, ticket=ticket)))
        aimux.do("detach-client", "-s", "work")
        assert next_reply(guard)["message"] == "[detached (from session work)]"
        client.sendall(encode(FrameShown(1)))
        decoder = server_decoder()
        received: list[Message] = []
        while data := client.recv(65536):
            received += decoder.feed(data)
    assert isinstance(received[-1], Farewell)


def connect(aimux: World) -> socket.socket:
    peer = socket.socket(socket.AF_UNIX)
    peer.settimeout(DEADLINE_SECONDS)
    peer.connect(str(aimux.socket))
    return peer


def next_reply(peer: socket.socket) -> Mapping[str, object]:
    """The next object that a server says to a guard."""
    splitter = Splitter()
    while data := peer.recv(65536):
        for reply in splitter.feed(data):
            return reply
    raise AssertionError("the server hung up")
