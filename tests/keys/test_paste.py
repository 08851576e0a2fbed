"""Pasted bytes: what a person pastes arrives whole, what anybody else pastes cannot type."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.keys.encode import InputModes, encode_paste, encode_token
from aimux.keys.sequences import PASTE_END, PASTE_START
from aimux.keys.tokenizer import Tokenizer

PLAIN = InputModes()
BRACKETED = InputModes(bracketed_paste=True)
HOSTILE = b"safe\x1b[201~\rtouch X\r"
PIECES = st.sampled_from(
    [
        PASTE_END,
        b"\x1b[",
        b"\x1b",
        b"\xc2\x9b201~",
        b"\x9b201~",
        b"201~",
        b"\xc2",
        "é".encode(),
        b"\n",
    ]
)
DATA = st.lists(PIECES | st.binary(max_size=4), max_size=12).map(b"".join)


def inner(sent: bytes) -> bytes:
    assert sent.startswith(PASTE_START)
    assert sent.endswith(PASTE_END)
    return sent.removeprefix(PASTE_START)[: -len(PASTE_END)]


@given(DATA, st.booleans())
def test_no_paste_can_end_its_bracket(data, trusted) -> None:
    sent = inner(encode_paste(data, BRACKETED, trusted=trusted))
    assert PASTE_END not in sent
    assert b"\x9b201~" not in sent


@given(DATA, st.booleans())
def test_an_untrusted_paste_holds_no_control_characters(data, bracketed) -> None:
    modes = InputModes(bracketed_paste=bracketed)
    sent = encode_paste(data, modes)
    text = (inner(sent) if bracketed else sent).decode("utf-8", "surrogateescape")
    controls = [c for c in text if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0]
    assert set(controls) <= {"\t", "\n", "\r"}
    assert not any(0xDC80 <= ord(c) < 0xDCA0 for c in text)


def test_the_text_of_a_hostile_paste_stays_text() -> None:
    assert encode_paste(HOSTILE, BRACKETED) == PASTE_START + b"safe[201~\rtouch X\r" + PASTE_END
    assert encode_paste(HOSTILE, BRACKETED, trusted=True) == (
        PASTE_START + b"safe^[[201~\rtouch X\r" + PASTE_END
    )


@pytest.mark.parametrize(
    ("modes", "newline", "sent"),
    [
        (PLAIN, None, b"a\rb\tc"),
        (PLAIN, b"\n", b"a\nb\tc"),
        (BRACKETED, None, PASTE_START + b"a\nb\tc" + PASTE_END),
        (BRACKETED, b"\r", PASTE_START + b"a\rb\tc" + PASTE_END),
    ],
)
def test_a_newline_is_enter_unless_brackets_keep_it(modes, newline, sent) -> None:
    assert encode_paste(b"a\nb\tc", modes, newline=newline) == sent


def test_pieces_share_one_pair_of_brackets() -> None:
    sent = encode_paste(b"a", BRACKETED, last=False) + encode_paste(b"b", BRACKETED, first=False)
    assert sent == PASTE_START + b"ab" + PASTE_END


def test_characters_of_every_language_pass() -> None:
    text = "日本 é 👩‍💻 \xa0".encode()
    assert encode_paste(text, PLAIN) == text


@pytest.mark.parametrize("modes", [PLAIN, BRACKETED])
def test_a_person_s_paste_of_a_megabyte_arrives_byte_for_byte(modes) -> None:
    body = hashlib.shake_256(b"any bytes").digest(1 << 20).replace(PASTE_END, b"")
    data = PASTE_START + body + PASTE_END
    tokenizer, sent = Tokenizer(), b""
    for start in range(0, len(data), 65536):
        tokens = tokenizer.feed(data[start : start + 65536])
        sent += b"".join(encode_token(token, modes) for token in tokens)
    assert sent == (data if modes.bracketed_paste else body)
    assert encode_paste(body, BRACKETED, trusted=True) == data
