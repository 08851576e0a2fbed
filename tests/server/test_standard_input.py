"""What a one-shot command's process sends of its standard input."""

from __future__ import annotations

from collections.abc import Mapping

from aimux.server.standard_input import ASK, OneShotInput


def test_the_process_is_asked_and_its_pieces_come_in_order() -> None:
    asked: list[Mapping[str, object]] = []
    got: list[object] = []
    given = OneShotInput(asked.append)
    given.arrived(b"too early", last=False)
    given.read(got.append, lambda: got.append("end"))
    assert (asked, given.was_read) == ([ASK], True)
    given.arrived(b"one", last=False)
    given.arrived(b"two", last=True)
    given.arrived(b"too late", last=True)
    assert got == [b"one", b"two", "end"]


def test_a_process_that_leaves_has_sent_everything() -> None:
    got: list[object] = []
    given = OneShotInput(lambda _reply: None)
    given.read(got.append, lambda: got.append("end"))
    given.lost()
    given.lost()
    assert got == ["end"]
