from __future__ import annotations

import contextlib
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.errors import ProtocolError
from aimux.link.framing import MAX_REQUEST, Splitter, encode, number_field, text_field

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(), values, max_size=4), max_size=4), st.integers(1, 7))
def test_objects_survive_any_cut_of_the_stream(objects: list[dict[str, object]], size: int) -> None:
    stream = b"".join(encode(one) for one in objects)
    splitter = Splitter()
    pieces = (stream[at : at + size] for at in range(0, len(stream), size))
    assert [one for piece in pieces for one in splitter.feed(piece)] == objects


def test_bytes_that_are_no_text_survive() -> None:
    text = b"caf\xe9 \xff".decode(errors="surrogateescape")
    (fields,) = Splitter().feed(encode({"text": text}))
    assert text_field(fields, "text").encode(errors="surrogateescape") == b"caf\xe9 \xff"


@given(st.binary(max_size=64))
def test_garbage_raises_protocol_errors_only(data: bytes) -> None:
    splitter = Splitter(limit=32)
    with contextlib.suppress(ProtocolError):
        list(splitter.feed(data))


@pytest.mark.parametrize(
    "payload", [b"[]", b"1", b"", b"{", b"{}{}", b'{"a":NaN}', b"\xff", b"[" * 100_000]
)
def test_anything_but_an_object_is_refused(payload: bytes) -> None:
    with pytest.raises(ProtocolError, match="bad message"):
        list(Splitter().feed(len(payload).to_bytes(4, "big") + payload))


def test_a_frame_over_the_limit_is_refused_before_it_has_come() -> None:
    with pytest.raises(ProtocolError, match="too large"):
        list(Splitter(limit=10).feed((11).to_bytes(4, "big")))
    with pytest.raises(ProtocolError, match="too large"):
        encode({"text": "x" * MAX_REQUEST})


def test_a_frame_is_a_length_and_ascii_json() -> None:
    frame = encode({"text": "é"})
    assert frame[:4] == (len(frame) - 4).to_bytes(4, "big")
    assert frame[4:].isascii()
    assert json.loads(frame[4:]) == {"text": "é"}


def test_fields_of_another_type_count_as_missing() -> None:
    assert text_field({"text": 3}, "text") == text_field({}, "text") == ""
    assert number_field({"status": "1"}, "status") == number_field({}, "status") == 0


@pytest.mark.parametrize("payload", ["{", '{"a" 1}', '{"a":1,}', '{"\\\\ud8'])
def test_garbage_is_refused_where_nobody_has_imported_json(payload: str) -> None:
    script = (
        "import sys\n"
        "from aimux.errors import ProtocolError\n"
        "from aimux.link.framing import decode\n"
        "try:\n    decode(sys.argv[1].encode())\n"
        "except ProtocolError:\n    sys.exit('json' in sys.modules)\n"
        "sys.exit(2)"
    )
    command = [sys.executable, "-c", script, payload]
    assert subprocess.run(command, check=False).returncode == 0
