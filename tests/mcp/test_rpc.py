"""Lines and messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.mcp.rpc import Batch, Lines, Message, RpcError, message_of, read_line


@given(st.lists(st.binary(max_size=12).map(lambda data: data.replace(b"\n", b""))), st.data())
def test_lines_come_whole_however_they_are_cut(lines: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(line + b"\n" for line in lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5)))
    reader = Lines(limit=8)
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    found = [line for piece in pieces for line in reader.feed(piece)]
    assert found == [line if len(line) <= 8 else None for line in lines]


@pytest.mark.parametrize("line", [b"", b"{", b"{} {}", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_a_parse_error(line: bytes) -> None:
    with pytest.raises(RpcError) as error:
        read_line(line)
    assert error.value.code == -32700


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1, -32600),
        ({}, -32600),
        ({"jsonrpc": "1.0", "method": "m", "id": 1}, -32600),
        ({"jsonrpc": "2.0", "id": 1}, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": 5}, -32600),
        ({"jsonrpc": "2.0", "id": None, "method": "m"}, -32600),
        ({"jsonrpc": "2.0", "id": True, "method": "m"}, -32600),
        ({"jsonrpc": "2.0", "id": 1.5, "method": "m"}, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "m", "params": [1]}, -32602),
    ],
)
def test_what_is_no_message_is_refused(value: object, code: int) -> None:
    with pytest.raises(RpcError) as error:
        message_of(value)
    assert error.value.code == code


def test_answers_of_the_peer_are_nobodys_request() -> None:
    assert message_of({"jsonrpc": "2.0", "id": 1, "result": {}}) is None
    assert message_of({"jsonrpc": "2.0", "id": 1, "error": {}}) is None


def test_a_notification_has_no_id() -> None:
    message = message_of({"jsonrpc": "2.0", "method": "m"})
    assert isinstance(message, Message)
    assert (message.id, message.params) == (None, {})


def test_a_batch_is_answered_at_once_and_not_at_all_where_nothing_was_asked() -> None:
    sent: list[object] = []
    batch = Batch(3, sent.append)
    for answer in (1, None, 2):
        assert sent == []
        batch.add(answer)
    assert sent == [[1, 2]]
    Batch(1, sent.append).add(None)
    assert len(sent) == 1
