"""What waits for a control client: in order, bounded, and dropped where it may be."""

from __future__ import annotations

import pytest

from aimux.ids import PaneId, WindowId
from aimux.model.control import (
    HELD_BYTES,
    MAX_AGE_SECONDS,
    MAX_LINE_CHARACTERS,
    MAX_OUTPUT_BYTES,
    MAX_PIECE_BYTES,
    Continued,
    Control,
    Entry,
    Output,
    Paused,
    Said,
)

ONE, TWO = PaneId(1), PaneId(2)


@pytest.fixture
def control() -> Control:
    return Control()


def waiting(control: Control, *, now: float = 0.0) -> list[Entry]:
    """All that is to be written, which then waits no more."""
    entries = []
    while (entry := control.take(now=now)) is not None:
        entries.append(entry)
    return entries


def out(pane: PaneId, data: bytes, since: float = 0.0) -> Output:
    return Output(pane, bytearray(data), since)


def test_lines_and_output_keep_their_order(control: Control) -> None:
    control.say("before")
    control.output(ONE, b"a", now=0)
    control.output(TWO, b"b", now=0)
    control.say("after")
    assert waiting(control) == [Said("before"), out(ONE, b"a"), out(TWO, b"b"), Said("after")]


def test_output_that_follows_itself_is_one_piece_up_to_a_size(control: Control) -> None:
    control.output(ONE, b"a", now=1)
    control.output(ONE, b"b" * MAX_PIECE_BYTES, now=2)
    control.output(ONE, b"c", now=3)
    assert waiting(control, now=3) == [
        out(ONE, b"a" + b"b" * MAX_PIECE_BYTES, 1),
        out(ONE, b"c", 3),
    ]


def test_a_paused_pane_is_dropped_and_not_heard_until_it_is_continued(control: Control) -> None:
    control.output(ONE, b"lost", now=0)
    control.output(TWO, b"kept", now=0)
    control.pause(ONE)
    control.pause(ONE)
    control.output(ONE, b"unheard", now=0)
    control.turn_on(ONE)
    control.output(ONE, b"unheard", now=0)
    control.resume(ONE)
    control.resume(ONE)
    control.output(ONE, b"heard", now=0)
    assert waiting(control) == [
        out(TWO, b"kept"),
        Paused(ONE),
        Continued(ONE),
        out(ONE, b"heard"),
    ]


def test_a_pane_that_is_off_is_not_heard(control: Control) -> None:
    control.turn_off(ONE)
    control.output(ONE, b"unheard", now=0)
    assert control.holds(ONE)
    control.resume(ONE)
    assert control.holds(ONE)
    control.turn_on(ONE)
    assert not control.holds(ONE)
    control.output(ONE, b"heard", now=0)
    assert waiting(control) == [out(ONE, b"heard")]


def test_much_that_waits_holds_a_program_until_it_is_written(control: Control) -> None:
    control.output(ONE, b"x" * HELD_BYTES, now=0)
    assert control.holds(ONE)
    assert control.holds(TWO)
    waiting(control)
    assert not control.holds(ONE)


def test_a_client_that_hears_nothing_holds_nobody(control: Control) -> None:
    control.output(ONE, b"x" * HELD_BYTES, now=0)
    control.no_output = True
    assert not control.holds(ONE)
    control.pause(ONE)
    assert not control.holds(ONE)


def test_too_much_output_is_the_end_of_a_client(control: Control) -> None:
    control.output(ONE, b"x" * (MAX_OUTPUT_BYTES + 1), now=0)
    assert control.hopeless
    control.say("unheard")
    control.output(ONE, b"unheard", now=0)
    assert waiting(control) == []


def test_too_many_lines_are_the_end_of_a_client(control: Control) -> None:
    for _ in range(3):
        control.say("x" * (MAX_LINE_CHARACTERS // 2))
    assert control.hopeless


def test_too_much_output_pauses_panes_until_the_rest_fits(control: Control) -> None:
    control.pause_after = 10
    control.output(ONE, b"x" * (MAX_OUTPUT_BYTES - 1), now=0)
    control.output(TWO, b"y" * 2, now=0)
    assert waiting(control) == [out(ONE, b"x" * (MAX_OUTPUT_BYTES - 1)), Paused(TWO)]
    assert not control.hopeless


@pytest.mark.parametrize("pause_after", [None, 2], ids=["leaves", "pauses"])
def test_old_output_is_not_written(control: Control, pause_after: int | None) -> None:
    control.pause_after = pause_after
    control.output(ONE, b"old", now=1)
    late = 1 + (MAX_AGE_SECONDS if pause_after is None else pause_after)
    assert waiting(control, now=late) == ([] if pause_after is None else [Paused(ONE)])
    assert control.hopeless == (pause_after is None)


def test_old_output_is_found_when_more_comes(control: Control) -> None:
    control.pause_after = 2
    control.output(ONE, b"old", now=1)
    control.output(ONE, b"new", now=3)
    assert waiting(control, now=3) == [Paused(ONE)]


def test_output_of_the_same_millisecond_is_not_old(control: Control) -> None:
    control.pause_after = 0
    control.output(ONE, b"new", now=1.0001)
    assert waiting(control, now=1.0002) == [out(ONE, b"new", 1.0001)]


def test_who_leaves_is_told_lines_only(control: Control) -> None:
    control.output(ONE, b"x", now=0)
    control.say("last")
    control.drop_output()
    assert waiting(control) == [Said("last")]


def test_what_was_said_of_a_pane_goes_with_it(control: Control) -> None:
    control.turn_off(ONE)
    control.turn_off(TWO)
    control.window_sizes = {WindowId(1): (80, 24), WindowId(2): (80, 24)}
    control.forget_all_but({TWO}, {WindowId(2)})
    assert (control.holds(ONE), control.holds(TWO)) == (False, True)
    assert control.window_sizes == {WindowId(2): (80, 24)}
