"""A stand-in for the models that agents talk to: HTTP on the loopback, known numbers, known words.

A word in the prompt chooses the answer: `SLOW` is written for six seconds, `RUN[command]` wants to
run a command, `ASK` asks which colour, `ERR400` and the like are refused so, `LIMIT` says that the
plan is used up; anything else is a short text. What it did when is kept, by the name that a prompt
gives itself: `(turn NAME)`.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

from tests.real_agents.interfaces import (
    INPUT,
    INTERFACES,
    Answer,
    Asked,
    Body,
    Interface,
    choose,
    gemini_body,
)

MAX_EXCHANGES = 20_000


@dataclass(slots=True)
class Exchange:
    """One request of an agent's turn, and its answer.

    Attributes:
        turn: Of which turn it is part.
        answer: What was answered.
        began: When the request had come, seconds since the epoch.
        ended: When the last byte of the answer was written; `None` before, and if nobody took it.
    """

    turn: str
    answer: Answer
    began: float
    ended: float | None = None


class Model:
    """What a served model knows.

    Attributes:
        port: Where it is served.
        exchanges: The newest, oldest first. What agents ask for themselves is not among them.
    """

    def __init__(self) -> None:
        self.port = 0
        self.exchanges: deque[Exchange] = deque(maxlen=MAX_EXCHANGES)

    def began(self, turn: str) -> float | None:
        """When an agent asked first in a turn."""
        return next((one.began for one in list(self.exchanges) if one.turn == turn), None)

    def ended(self, turn: str) -> float | None:
        """When it was answered last."""
        ends = [one.ended for one in list(self.exchanges) if one.turn == turn and one.ended]
        return max(ends, default=None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, model: Model) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    @override
    def log_message(self, format: str, *args: object) -> None:  # as it is inherited
        """Say nothing."""

    def do_GET(self) -> None:  # as it is inherited
        """List models."""
        self._json(200, {"data": [], "models": []})

    def do_HEAD(self) -> None:  # as it is inherited
        """Say that there is somebody."""
        self._json(200, {})

    def do_POST(self) -> None:  # as it is inherited
        """Answer a prompt."""
        length = int(self.headers.get("content-length") or 0)
        body: Body = json.loads(self.rfile.read(length) or b"{}")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # interrupted
            if "count" in self.path:
                self._json(200, {"input_tokens": INPUT, "totalTokens": INPUT})
                return
            for interface in INTERFACES:
                if interface.path in self.path:
                    self._answer(interface, body)
                    return
            self._json(404, {"error": {"message": "no such interface"}})

    def _answer(self, interface: Interface, body: Body) -> None:
        asked = interface.asked(body)
        answer = choose(asked)
        exchange = Exchange(asked.turn, answer, _now())
        if asked.tools:
            self.server.model.exchanges.append(exchange)
        if answer.status != 200:
            refusal, headers = interface.refusal(answer)
            self._json(answer.status, refusal, headers)
        elif "generateContent" in self.path:  # Gemini's, in one piece
            self._json(200, gemini_body({"text": '{"model_choice": "pro"}'}))
        else:
            self._stream(interface, body, asked, answer)
        exchange.ended = _now()

    def _stream(self, interface: Interface, body: Body, asked: Asked, answer: Answer) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        for name, value in interface.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        for piece in interface.stream(body, asked, answer):
            self.wfile.write(piece.encode())
            self.wfile.flush()

    def _json(self, status: int, body: Body, headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _now() -> float:
    return time.clock_gettime(time.CLOCK_REALTIME)


@contextmanager
def serving() -> Iterator[Model]:
    """Serve a model."""
    model = Model()
    server = _Server(model)
    model.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
