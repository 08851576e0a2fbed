"""What each message is answered, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from aimux.mcp.session import VERSIONS, Session
from aimux.mcp.tool import Outcome, Tool
from aimux.mcp.tools import TOOLS


class Peer:
    """Collects what is sent and what is started."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.started: dict[object, Callable[[Outcome | None], None]] = {}
        self.cancelled: list[object] = []
        self.session = Session(
            TOOLS,
            caller="%3",
            start=self._start,
            cancel=self.cancelled.append,
            send=self.sent.append,
        )

    def _start(
        self, id_: object, tool: Tool, arguments: object, done: Callable[[Outcome | None], None]
    ) -> None:
        del tool, arguments
        self.started[id_] = done

    def receive(self, *messages: object, batch: bool = False) -> Any:
        """Send messages; the last answer."""
        value = list(messages) if batch else messages[0]
        self.session.received(json.dumps(value).encode())
        return self.sent[-1] if self.sent else None


def request(method: str, id_: object = 1, **params: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": id_, "method": method, "params": params}


@pytest.mark.parametrize(
    ("asked", "given"),
    [*zip(VERSIONS, VERSIONS, strict=True), ("2026-07-28", VERSIONS[0]), ("x", VERSIONS[0])],
)
def test_the_version_is_negotiated(asked: str, given: str) -> None:
    answer = Peer().receive(request("initialize", protocolVersion=asked))
    assert answer["result"]["protocolVersion"] == given
    assert "pane %3" in answer["result"]["instructions"]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (request("initialize"), -32602),
        (request("resources/list"), -32601),
        (request("tools/list", cursor="2"), -32602),
        (request("tools/call", name="nothing"), -32602),
        (request("tools/call", name=["run"]), -32602),
        (request("tools/call", name="run", arguments=[]), -32602),
    ],
)
def test_wrong_requests_have_their_codes(message: object, code: int) -> None:
    answer = Peer().receive(message)
    assert (answer["id"], answer["error"]["code"]) == (1, code)


def test_notifications_and_blank_lines_are_not_answered() -> None:
    peer = Peer()
    assert peer.receive({"jsonrpc": "2.0", "method": "notifications/whatever"}) is None
    peer.session.received(b"  ")
    assert peer.sent == []


def test_a_call_is_answered_when_it_is_done_and_not_if_it_was_cancelled() -> None:
    peer = Peer()
    peer.receive(request("tools/call", 1, name="list_panes"))
    peer.receive(request("tools/call", 2, name="list_panes", arguments={}))
    assert peer.sent == []
    peer.started[1](Outcome("text \udc80", is_error=True))
    assert peer.sent[0]["result"] == {
        "content": [{"type": "text", "text": "text ?"}],
        "isError": True,
    }
    cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}}
    peer.receive(cancelled)
    assert peer.cancelled == [2]
    peer.started[2](None)
    assert len(peer.sent) == 1


def test_a_batch_is_answered_by_one() -> None:
    peer = Peer()
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    messages = (request("ping", 1), note, request("tools/call", 2, name="agents"))
    peer.receive(*messages, batch=True)
    assert peer.sent == []
    peer.started[2](Outcome("x"))
    assert [answer["id"] for answer in peer.sent[0]] == [1, 2]
    assert peer.receive(batch=True)["error"]["code"] == -32600
