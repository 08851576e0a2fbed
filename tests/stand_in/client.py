"""A client: `run` has the signature of the real one. $STAND_IN_CLIENT says how it behaves."""

from __future__ import annotations

import json
import os
import signal
import socket
import termios
import tty

from aimux.link.framing import encode

MODES = "\x1b[?1049h\x1b[>25u\x1b[?1003h\x1b[?2004h"


def run(ticket_fd: int, socket_path: str) -> int:
    behaviour = os.environ.get("STAND_IN_CLIENT", "wait")
    ticket = b""
    while piece := os.read(ticket_fd, 4096):
        ticket += piece
    if not ticket:
        return 0
    fields = json.loads(ticket)
    said = f"client {os.getpid()} has {fields['ticket']} for {socket_path}\r\n"
    os.write(1, (MODES + said).encode())
    return BEHAVIOURS[behaviour](socket_path)


def link(socket_path: str) -> int:
    """Until the server hangs up, or says that clients are to leave, as a real client does."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(socket_path)
        connection.sendall(encode({"type": "run", "argv": ["follow"]}))
        connection.recv(1)
    return 0


def wait(socket_path: str) -> int:
    """Until a key is typed: `q` ends, `z` stops."""
    while key := os.read(0, 1):
        if key == b"q":
            return 0
        if key == b"z":
            os.kill(os.getpid(), signal.SIGTSTP)
            os.write(1, b"continued\r\n")
    return 0


def fail(socket_path: str) -> int:
    raise RuntimeError("the client broke")


def leave_with_3(socket_path: str) -> int:
    return 3


def cooked(socket_path: str) -> int:
    """Whether the terminal was raw already."""
    raw = not termios.tcgetattr(0)[tty.LFLAG] & termios.ICANON
    os.write(1, b"it is raw\r\n" if raw else b"it is cooked\r\n")
    return wait(socket_path)


def noisy(socket_path: str) -> int:
    """Draws without an end, whatever happens."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        os.write(1, b"noise")


BEHAVIOURS = {
    "noisy": noisy,
    "link": link,
    "wait": wait,
    "fail": fail,
    "status": leave_with_3,
    "raw": cooked,
}
