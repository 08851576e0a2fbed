"""What nobody should do to a server: a clear word is the answer, and no session is lost."""

from __future__ import annotations

import contextlib
import resource
import select
import socket
from collections.abc import Iterator

import pytest

from aimux.link.framing import Splitter
from aimux.link.framing import encode as encode_request
from aimux.protocol.client_messages import FrameShown, Hello
from aimux.protocol.framing import encode
from tests.end_to_end.world import PREFIX, World
from tests.programs import without
from tests.waiting import DEADLINE_SECONDS, wait_for_end_of, wait_until

RESIZES = 200
CONNECTIONS = 1000
LATER = {"type": "run", "protocol": [9, 9], "version": "9.0.0", "pid": 1, "cwd": "/", "flags": {}}
SCREEN = {"tty": "/dev/pts/999", "term": "xterm", "columns": 80, "rows": 24, "depth": 256}
HELLO = Hello(
    protocol=(9, 9),
    version="9.0.0",
    ticket="none",
    columns=80,
    rows=24,
    sidebar_columns=0,
    depth=256,
)
NONSENSE = {
    "text": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "zeros": bytes(5000),
    "noise": bytes(range(256)) * 20,
    "a frame beyond all limits": b"\xff\xff\xff\xff{",
    "an empty frame": b"\0\0\0\0",
    "no JSON": b"\0\0\0\x05{{{{{",
    "deep JSON": (120_000).to_bytes(4, "big") + b'{"a":' * 24_000,
    "JSON without words": encode_request({"type": "run"}),
    "words that are no words": encode_request({"type": "run", "argv": [["a"], {}, 1, None]}),
    "fields of wrong types": encode_request(
        {"type": "run", "argv": ["ls"], "pid": "x", "flags": 3, "terminal": [1], "environment": 7}
    ),
    "an unknown request": encode_request({"type": "dance"}),
    "a message before the hello": encode(FrameShown(1)),
    "a hello without a ticket": encode(HELLO),
    "an unknown message": b"\0\0\0\x04\x92\xa1z\xc0",
    "half a frame": b"\0\0\1\0half",
    "half a length": b"\0\0",
}


@pytest.fixture
def session(aimux: World) -> World:
    """A server with a session that must live on."""
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24")
    return aimux


@contextlib.contextmanager
def peer_of(aimux: World) -> Iterator[socket.socket]:
    """A stranger on the server's socket."""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(aimux.socket))  # waits where the backlog is full
        peer.settimeout(DEADLINE_SECONDS)
        yield peer


def answers(peer: socket.socket) -> list[dict[str, object]]:
    """All that the server says until it hangs up, or says `attach`."""
    splitter, found = Splitter(), []
    while data := peer.recv(65536):
        found += [dict(fields) for fields in splitter.feed(data)]
        if found and found[-1].get("type") == "attach":
            break
    return found


def lives(aimux: World) -> bool:
    return aimux.do("ls", "-F", "#{session_name}") == "work\n"


# ---- terminals ----


def test_a_tiny_terminal_shows_what_fits(session: World) -> None:
    terminal = session.attached(columns=10, rows=3)
    terminal.type(b"echo ti''ny\r")
    terminal.wait_for(lambda: "tiny" in terminal.text)
    terminal.type(PREFIX + b"%" + PREFIX + b'"' + PREFIX + b"?")
    terminal.type(b"q" + PREFIX + b"d")
    assert terminal.wait_for_end() == 0
    assert b"Traceback" not in terminal.output
    assert lives(session)


def test_the_smallest_terminal_of_all_is_survived(session: World) -> None:
    terminal = session.attached(columns=10, rows=3)
    terminal.resize(columns=1, rows=1)
    wait_until(lambda: session.ask("#{window_width}") == "1")
    terminal.resize(columns=80, rows=24)
    wait_until(lambda: session.ask("#{window_width}") == "80")
    terminal.type(b"echo we''ll\r")
    terminal.wait_for("well")


def test_a_terminal_without_a_screen_is_refused(session: World) -> None:
    terminal = session.terminal("attach", TERM="dumb")
    assert terminal.wait_for_end() == 1
    words = b"open terminal failed: terminal does not support clear\r\n"
    assert terminal.output == words
    assert lives(session)


@pytest.mark.parametrize("words", [("attach",), ("new",), ()])
def test_without_a_terminal_an_attach_is_refused(session: World, words: tuple[str, ...]) -> None:
    done = session.run(*words)
    expected = (1, "", "open terminal failed: not a terminal\n")
    assert (done.returncode, done.stdout, done.stderr) == expected
    assert lives(session)


def test_without_a_utf8_locale_all_works(aimux: World) -> None:
    settings = {"LANG": "C", "LC_ALL": "C"}
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", **settings)
    terminal = aimux.terminal("attach", LANG="C", LC_ALL="C")
    aimux.wait_until_live(terminal)
    terminal.type("echo 'plain''ly é漢'\r".encode())
    terminal.wait_for("plainly ")
    assert b"Traceback" not in terminal.output
    assert "plainly é漢" in aimux.seen("work")
    done = aimux.run("display-message", "-p", "é", **settings)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_last_size_of_a_storm_of_resizes_wins(session: World) -> None:
    terminal = session.attached()
    for number in range(RESIZES):
        terminal.resize(columns=40 + number % 70, rows=10 + number % 40)
        terminal.read(0)
    terminal.resize(columns=93, rows=27)
    wait_until(
        lambda: session.ask("#{window_width}x#{window_height}") == "93x26",
        step=lambda: terminal.read(0.02),
    )
    terminal.type(b"stty size\r")
    terminal.wait_for("26 93")
    terminal.wait_for(lambda: terminal.rows[26].startswith("[work]"))


# ---- words ----


def test_an_unknown_command_is_named(session: World) -> None:
    done = session.run("no-such-command")
    expected = (1, "", "unknown command: no-such-command\n")
    assert (done.returncode, done.stdout, done.stderr) == expected


def test_a_request_beyond_all_limits_is_refused(session: World) -> None:
    words = ["set-buffer", *(["x" * 100_000] * 12)]
    done = session.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "command too long\n")
    assert lives(session)


# ---- strangers on the socket ----


def test_nonsense_on_the_socket_is_survived(session: World) -> None:
    server = session.server()
    for name, nonsense in NONSENSE.items():
        with peer_of(session) as peer:
            peer.sendall(nonsense)
            peer.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionResetError):
                while peer.recv(65536):
                    pass
        assert lives(session), name
    assert session.server() == server
    (log,) = (session.directory / "state" / "aimux").glob("*.log")
    assert "Traceback" not in log.read_text()


def test_a_frame_that_never_ends_holds_nobody_up(session: World) -> None:
    with peer_of(session) as peer:
        peer.sendall(b"\0\x0f\xff\xff{" + b" " * 100_000)
        assert lives(session)


@pytest.mark.slow
def test_a_silent_peer_is_sent_away(session: World) -> None:
    with peer_of(session) as peer:
        assert peer.recv(1) == b""


def ask_for_much(session: World, peer: socket.socket, times: int) -> None:
    """Ask for many times 900,000 bytes at once, and read none of it."""
    with peer_of(session) as other:
        other.sendall(encode_request({**LATER, "argv": ["set-buffer", "x" * 900_000]}))
        assert [answer["status"] for answer in answers(other)] == [0]
    words = ["show-buffer", ";"] * times
    peer.sendall(encode_request({**LATER, "argv": [*words, "ls"]}))
    assert select.select([peer], [], [], DEADLINE_SECONDS)[0]


def test_a_peer_that_does_not_read_its_answer_holds_nobody_up(session: World) -> None:
    with peer_of(session) as peer:
        ask_for_much(session, peer, 8)
        assert lives(session)
        assert answers(peer)[-1] == {"type": "exit", "status": 0, "message": ""}


def test_a_peer_that_leaves_too_much_unread_is_cut_off(session: World) -> None:
    with peer_of(session) as peer:
        ask_for_much(session, peer, 90)
        assert lives(session)
        assert {"exit"} & {answer["type"] for answer in answers(peer)} == set()


def test_a_thousand_connections_one_after_another_are_survived(session: World) -> None:
    for _ in range(CONNECTIONS):
        with peer_of(session):
            pass
    assert lives(session)


def test_a_thousand_silent_connections_do_not_lock_a_command_out(session: World) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2 * CONNECTIONS:
        without("the machine allows too few descriptors")
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with contextlib.ExitStack() as peers:
            for _ in range(CONNECTIONS):
                peers.enter_context(peer_of(session))
            assert lives(session)
        assert lives(session)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


# ---- other versions ----


def test_a_client_of_a_later_protocol_is_told_so(session: World) -> None:
    with peer_of(session) as peer:
        peer.sendall(encode(HELLO))
        error, last = answers(peer)
    assert error["type"] == "error"
    assert str(error["text"]).startswith("protocol version mismatch (client 9.0.0, server ")
    assert (last["type"], last["status"]) == ("exit", 1)
    assert lives(session)


def test_a_later_protocol_cannot_attach(session: World) -> None:
    with peer_of(session) as peer:
        peer.sendall(encode_request({**LATER, "argv": ["attach"], "terminal": SCREEN}))
        error, last = answers(peer)
    assert str(error["text"]).startswith("protocol version mismatch (client 9.0.0, server ")
    assert (last["type"], last["status"]) == ("exit", 1)
    assert session.do("list-clients") == ""


def test_requests_of_a_later_protocol_are_still_served(session: World) -> None:
    with peer_of(session) as peer:
        request = {**LATER, "argv": ["ls", "-F", "#{session_name}"], "news": {"a": [1]}}
        peer.sendall(encode_request(request))
        output, last = answers(peer)
    assert (output["type"], output["text"]) == ("output", "work\n")
    assert (last["type"], last["status"]) == ("exit", 0)
    server = session.server()
    with peer_of(session) as peer:
        peer.sendall(encode_request({**LATER, "argv": ["kill-server"]}))
        assert [answer["status"] for answer in answers(peer)] == [0]
    wait_for_end_of(server)
