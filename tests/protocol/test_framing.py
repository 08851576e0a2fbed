"""Frames: any bytes, any cut, and the only error is ProtocolError."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.errors import ProtocolError
from aimux.protocol.client_messages import Hello, KeyPressed, Pasted, Resized
from aimux.protocol.framing import (
    MAX_FIRST_PAYLOAD,
    MAX_PAYLOAD,
    FrameSplitter,
    client_decoder,
    encode,
    server_decoder,
)
from aimux.protocol.picture_messages import Cursor, Frame, PaneRows

MESSAGES = [
    Hello((1, 1), "0.1.0", "ticket", 80, 24, 0, 256),
    KeyPressed("C-b", b"\x02"),
    Pasted(b"\x00\xff", first=True, last=False),
    Resized(120, 40, 36),
]


def test_messages_come_out_as_they_went_in_whatever_the_cuts() -> None:
    stream = b"".join(encode(message) for message in MESSAGES)
    for size in (1, 2, 3, 7, len(stream)):
        decoder = client_decoder()
        pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
        assert [one for piece in pieces for one in decoder.feed(piece)] == MESSAGES


def test_a_frame_keeps_its_rows_and_cursor() -> None:
    cursor = Cursor(3, 4, visible=True, shape=2)
    frame = Frame(7, 2, (PaneRows(1, ((0, "text"),)),), ((0, "status"),), cursor)
    assert list(server_decoder().feed(encode(frame))) == [frame]


def test_what_a_client_sends_is_refused_from_a_server() -> None:
    with pytest.raises(ProtocolError):
        list(server_decoder().feed(encode(KeyPressed("a", b"a"))))


def test_a_length_above_the_limit_is_refused_before_anything_is_kept() -> None:
    splitter = FrameSplitter()
    with pytest.raises(ProtocolError, match="frame too large"):
        list(splitter.feed((MAX_FIRST_PAYLOAD + 1).to_bytes(4, "big")))


def test_a_message_too_large_to_send_says_so() -> None:
    with pytest.raises(ProtocolError, match="message too large"):
        encode(Pasted(bytes(MAX_PAYLOAD + 1), first=True, last=True))


def test_deep_nesting_is_an_error_and_nothing_worse() -> None:
    payload = b"\x91" * 100_000 + b"\x01"
    with pytest.raises(ProtocolError):
        client_decoder().decode(payload)


def test_a_text_that_is_no_utf_8_is_an_error() -> None:
    payload = msgspec.msgpack.encode(["key", "a", b""]).replace(b"\xa1a", b"\xa1\xff")
    with pytest.raises(ProtocolError):
        client_decoder().decode(payload)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_nonsense_raises_nothing_but_protocol_errors(data: bytes, size: int) -> None:
    decoder = client_decoder()
    try:
        for start in range(0, len(data), size):
            list(decoder.feed(data[start : start + size]))
    except ProtocolError:
        pass
