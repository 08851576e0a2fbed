"""Who gets what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.client.router import PIECE, Router, whole_characters
from aimux.keys.tokenizer import Token, Tokenizer, TokenKind
from aimux.protocol.client_messages import (
    FocusChanged,
    KeyPressed,
    MouseReported,
    Pasted,
    TextTyped,
)
from aimux.protocol.message import Message


class Dialog:
    """Lies over column 10 and what is right of it, and has the keyboard when it is told so."""

    def __init__(self) -> None:
        self.has_keyboard = False
        self.taken: list[Token] = []

    def takes_keys(self) -> bool:
        return self.has_keyboard

    def covers(self, column: int, _row: int) -> bool:
        return column >= 10

    def overlay_take(self, token: Token) -> None:
        self.taken.append(token)

    def column_of(self, _row: int) -> int:
        return 0


class Desk:
    """A router between a keyboard, a dialog and a server."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.dialog = Dialog()
        self.router = Router(self.sent.append, self.dialog)
        self.tokenizer = Tokenizer()

    def type(self, data: bytes) -> list[Message]:
        self.sent.clear()
        for token in self.tokenizer.feed(data):
            self.router.take(token)
        return list(self.sent)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_keys_have_their_name_and_their_bytes(desk: Desk) -> None:
    assert desk.type(b"\x11\x1b[1;5A\x1b[13;2u") == [
        KeyPressed("C-q", b"\x11"),
        KeyPressed("C-Up", b"\x1b[1;5A"),
        KeyPressed("S-Enter", b"\x1b[13;2u"),
    ]


def test_text_goes_up_as_it_came(desk: Desk) -> None:
    assert desk.type("héllo 日本".encode()) == [TextTyped("héllo 日本".encode())]


def test_a_paste_goes_up_in_pieces_with_its_ends_marked(desk: Desk) -> None:
    data = bytes(range(256)).replace(b"\x1b", b"") * 1000
    sent = desk.type(b"\x1b[200~" + data + b"\x1b[201~")
    pieces = [message for message in sent if isinstance(message, Pasted)]
    assert b"".join(piece.data for piece in pieces) == data
    assert max(len(piece.data) for piece in pieces) <= PIECE
    assert [piece.first for piece in pieces] == [True] + [False] * (len(pieces) - 1)
    assert [piece.last for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def test_an_empty_paste_is_first_and_last(desk: Desk) -> None:
    assert desk.type(b"\x1b[200~\x1b[201~") == [Pasted(b"", first=True, last=True)]


def test_the_mouse_is_reported_in_cells_from_0(desk: Desk) -> None:
    assert desk.type(b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<65;1;1M\x1b[<35;9;9M") == [
        MouseReported(0, 2, 3, release=False),
        MouseReported(0, 2, 3, release=True),
        MouseReported(65, 0, 0, release=False),
        MouseReported(35, 8, 8, release=False),
    ]


def test_an_old_mouse_report_says_the_same(desk: Desk) -> None:
    assert desk.type(b"\x1b[M #$") == [MouseReported(0, 2, 3, release=False)]


def test_the_mouse_over_a_dialog_is_the_dialogs(desk: Desk) -> None:
    assert desk.type(b"\x1b[<0;15;1M\x1b[<0;15;1m") == []
    assert [token.kind for token in desk.dialog.taken] == [TokenKind.MOUSE] * 2


def test_a_drag_belongs_to_where_it_began(desk: Desk) -> None:
    assert len(desk.type(b"\x1b[<0;3;1M\x1b[<32;15;1M\x1b[<0;15;1m")) == 3
    assert desk.type(b"\x1b[<0;15;1M\x1b[<32;3;1M\x1b[<0;3;1m") == []
    assert len(desk.type(b"\x1b[<65;3;1M")) == 1


def test_focus_is_told(desk: Desk) -> None:
    assert desk.type(b"\x1b[I\x1b[O") == [FocusChanged(focused=True), FocusChanged(focused=False)]


def test_answers_of_the_terminal_are_nobodys(desk: Desk) -> None:
    assert desk.type(b"\x1b[?1;2c\x1b]11;rgb:0/0/0\x07") == []


def test_a_dialog_with_the_keyboard_gets_keys_text_and_pastes(desk: Desk) -> None:
    desk.dialog.has_keyboard = True
    assert desk.type(b"a\x11\x1b[200~x\x1b[201~") == []
    assert b"".join(token.raw for token in desk.dialog.taken) == b"a\x11\x1b[200~x\x1b[201~"


def test_a_paste_stays_whole_when_the_keyboard_changes_hands(desk: Desk) -> None:
    first = desk.type(b"\x1b[200~one")
    desk.dialog.has_keyboard = True
    rest = desk.type(b"two\x1b[201~k")
    data = b"".join(message.data for message in first + rest if isinstance(message, Pasted))
    assert data == b"onetwo"
    assert [token.raw for token in desk.dialog.taken] == [b"k"]


@given(st.text(max_size=60), st.integers(4, 9))
def test_pieces_of_text_are_whole_characters(text: str, limit: int) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    pieces = list(whole_characters(raw, limit))
    assert b"".join(pieces) == raw
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join(piece.decode("utf-8", "surrogatepass") for piece in pieces) == text
