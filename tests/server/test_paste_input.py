"""Pastes: passed on as they come, or asked about first."""

from __future__ import annotations

import pytest

from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.server import paste_input
from aimux.server.paste_input import PasteInput
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


class Desk:
    def __init__(self, world: World) -> None:
        self.typed = b""
        self.client: Client = world.client()
        self.pane = world.session.window.active
        self.pastes = PasteInput(self.client, self._type, lambda: None)

    def _type(self, data: bytes) -> None:
        self.typed += data

    def paste(self, *pieces: bytes, ask: bool = True) -> None:
        for index, piece in enumerate(pieces):
            last = index == len(pieces) - 1
            self.pastes.take(piece, self.pane, first=not index, last=last, ask=ask)

    def answer(self, key: str) -> None:
        assert self.client.prompt is not None
        self.client.prompt.answer(key)


@pytest.fixture
def desk() -> Desk:
    return Desk(make_world())


def test_lines_that_a_shell_would_run_are_asked_about(desk: Desk) -> None:
    desk.paste(b"echo safe\nrm -r", b"f x\n")
    assert desk.typed == b""
    assert desk.client.prompt is not None
    assert desk.client.prompt.label == "Paste 19 bytes with 2 Enters? (y/n) "
    desk.answer("y")
    assert (desk.typed, desk.client.prompt) == (b"echo safe\nrm -rf x\n", None)


@pytest.mark.parametrize("answer", ["n", "", "\r"])
def test_any_other_answer_drops_them(desk: Desk, answer: str) -> None:
    desk.paste(b"one\r")
    desk.answer(answer)
    assert (desk.typed, desk.client.prompt) == (b"", None)
    desk.paste(b"two")
    assert desk.typed == b"two"


def test_a_program_that_asked_for_brackets_gets_them_at_once(desk: Desk) -> None:
    desk.pane.screen.feed(b"\x1b[?2004h")
    desk.paste(b"one\n", b"two\n")
    assert (desk.typed, desk.client.prompt) == (b"\x1b[200~one\ntwo\n\x1b[201~", None)


def test_without_the_option_nobody_is_asked(desk: Desk) -> None:
    desk.paste(b"one\n", b"two\n", ask=False)
    assert (desk.typed, desk.client.prompt) == (b"one\ntwo\n", None)


def test_a_yes_is_for_the_pane_that_was_asked_about(desk: Desk) -> None:
    other = Pane(PaneId(99), Engine(80, 24), Options(desk.pane.options))
    desk.pastes.take(b"one\n", other, first=True, last=True, ask=True)
    desk.answer("y")
    assert desk.typed == b""


def test_a_paste_that_is_too_long_to_wait_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paste_input, "MAX_HELD", 10)
    desk.paste(b"12345", b"678\n9", b"0ab")
    assert (desk.typed, desk.client.prompt) == (b"", None)
    assert desk.client.message == "paste too long"
