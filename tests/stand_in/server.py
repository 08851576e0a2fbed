"""A server that speaks the one-shot protocol: `serve` has the signature of the real one.

Its commands: `new` attaches (`-d`: does not), `ls`, `echo WORD`, `complain WORD`, `where` (what the
request said), `kill-server`, `detach` (ends every attachment), `die` (no reply), `crash` (kill -9
of itself), `reset` and `again` (the first request is not read, the second is), `read` (repeats
standard input), `follow` (nothing, until `detach`).
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from aimux.link.framing import Splitter, encode
from aimux.link.listener import remove
from aimux.link.settings import ServerSettings

PAINT = "\x1b[1;1Hpainted by the server"


class StandIn:
    def __init__(self, listener: socket.socket, settings: ServerSettings) -> None:
        self._listener = listener
        self._settings = settings
        self._peers: dict[int, tuple[socket.socket, Splitter]] = {}
        self._attached: list[socket.socket] = []
        self._followers: list[socket.socket] = []
        self._refused = 0
        self._running = True
        self._silent: dict[str, Callable[[socket.socket], object]] = {
            "die": lambda peer: self._drop(peer.fileno()),
            "crash": lambda _: os.kill(os.getpid(), signal.SIGKILL),
            "read": lambda peer: say(peer, type="read", what="stdin"),
            "follow": self._followers.append,
            "kill-server": self._leave,
        }

    def run(self) -> None:
        Path(f"{self._settings.socket_path}.{os.getpid()}.started").touch()
        while self._running:
            ready, _, _ = select.select([self._listener, *self._peers], [], [])
            for one in ready:
                if one is self._listener:
                    peer, _ = self._listener.accept()
                    self._peers[peer.fileno()] = (peer, Splitter())
                elif self._running:
                    self._hear(one)

    def _hear(self, descriptor: int) -> None:
        peer, splitter = self._peers[descriptor]
        if (
            peer.recv(1, socket.MSG_PEEK)
            and self._refused == 0
            and b'"reset"' in peer.recv(65536, socket.MSG_PEEK)
        ):
            self._refused = 1
            self._drop(descriptor)  # unread data: the kernel resets the connection
            return
        data = peer.recv(65536)
        if not data:
            self._drop(descriptor)
            return
        for request in splitter.feed(data):
            if request["type"] == "input":
                self._repeat(peer, str(request["text"]), end=bool(request["end"]))
            else:
                self._answer(peer, dict(request))

    def _repeat(self, peer: socket.socket, text: str, *, end: bool) -> None:
        say(peer, type="output", text=text)
        if end:
            say(peer, type="exit", status=0, message="")

    def _drop(self, descriptor: int) -> None:
        peer, _ = self._peers.pop(descriptor)
        if peer in self._attached:
            self._attached.remove(peer)
        peer.close()

    def _answer(self, peer: socket.socket, request: dict[str, object]) -> None:
        argv = request["argv"]
        assert isinstance(argv, list)
        name, rest = (argv[0], argv[1:]) if argv else ("new", [])
        if name == "again" and self._refused == 0:
            self._refused = 1
            say(peer, type="again")
        elif name == "come-in" or (name == "new" and "-d" not in rest):
            self._attached.append(peer)
            say(peer, type="attach", ticket="secret", session="0", paint=PAINT, columns=80, rows=24)
        elif name == "detach":
            self._detach(peer, rest)
        elif name in self._silent:
            self._silent[name](peer)
        else:
            self._reply(peer, name, rest, request)

    def _detach(self, peer: socket.socket, wishes: list[str]) -> None:
        wanted: dict[str, object] = {}
        if "hangup_parent" in wishes:
            wanted = {"hangup_parent": True}
        elif "exec" in wishes:
            wanted = {"exec": wishes[1], "shell": "/bin/sh"}
        for attached in self._attached:
            say(attached, type="exit", status=0, message="[detached (from session 0)]", **wanted)
        for follower in self._followers:
            self._drop(follower.fileno())
        self._followers.clear()
        say(peer, type="exit", status=0, message="")

    def _leave(self, peer: socket.socket) -> None:
        self._running = False
        remove(self._listener, self._settings.socket_path, self._settings.socket_identity)
        say(peer, type="exit", status=0, message="")

    def _reply(
        self, peer: socket.socket, name: str, rest: list[str], request: dict[str, object]
    ) -> None:
        facts = {key: value for key, value in request.items() if key != "environment"}
        facts["settings"] = {"files": self._settings.config_files, "v": self._settings.verbose}
        outputs = {
            "ls": f"server {os.getpid()}\n",
            "echo": " ".join(rest) + "\n",
            "start-server": "/bin/sh\n",
            "where": json.dumps(facts),
        }
        if name in outputs:
            say(peer, type="output", text=outputs[name])
        if name == "complain":
            say(peer, type="error", text=" ".join(rest) + "\n")
        say(peer, type="exit", status=int(name == "complain"), message="")


def say(peer: socket.socket, **fields: object) -> None:
    peer.sendall(encode(fields))


def serve(listener: socket.socket, settings: ServerSettings) -> None:
    if settings.environment.get("STAND_IN_SERVER") == "broken":
        raise RuntimeError("the server broke")
    StandIn(listener, settings).run()
