"""Copy mode on a terminal, with keys and mouse: aimux shows and copies what tmux 3.3a does."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

DRAG = 32
META_5, META_LESS = b"\x1b5", b"\x1b<"
CTRL_P, CTRL_R, CTRL_S, CTRL_SPACE, CTRL_A = b"\x10", b"\x12", b"\x13", b"\x00", b"\x01"


@pytest.fixture
def pair(aimux: World) -> Pair:
    """A pane with a history of numbered rows."""
    (aimux.directory / "text").write_text(
        "".join(f"row-{n} some.words (in brackets) {n * 7}\n" for n in range(1, 91))
    )
    pair = Pair(aimux, f"cat {aimux.directory}/text; exec cat")
    pair.attached()
    pair.same("row-90")
    return pair


def test_vi_keys_with_counts_lead_where_they_lead_in_tmux(pair: Pair) -> None:
    pair.do("set", "-g", "mode-keys", "vi")
    pair.type(PREFIX + b"[")
    for digit, key in ((b"5", b"k"), (b"3", b"b"), (b"2", b"w")):
        pair.answer(digit, "(repeat)", key)
    pair.type(b"e", b"0", b"^", b"v")
    pair.answer(b"f", "(jump forward)", b"(")
    pair.type(b";", b"%")
    pair.answer(b"3", "(repeat)", b"j")
    pair.type(b"o", b"V", b"l")
    pair.answer(b"?", "(search up)", b"row-[0-9]+5\r")
    pair.type(b"n", b"n", b"N")
    pair.answer(b"/", "(search down)", b"(words|brackets)\r")
    pair.type(b"n", b"N", b"g", b"G", b"H", b"M", b"L", b"X", b"k", b"k", b"\x1bx", b"\x16", b"P")
    pair.answer(b":", "(goto line)", b"20\r")
    pair.type(b"v", b"\x16", b"l", b"l", b"j", b"\r")
    assert_same_copy(pair)


def test_emacs_keys_with_counts_lead_where_they_lead_in_tmux(pair: Pair) -> None:
    pair.type(PREFIX + b"[")
    for key in (META_5, META_5):
        pair.answer(key, "(repeat)", CTRL_P)
    pair.type(CTRL_A, CTRL_SPACE, META_LESS, b"n", b"R", b"R")
    pair.answer(CTRL_S, "(search down)", b"row-3\x13\x13\r")
    pair.answer(CTRL_R, "(search up)", b"row-2\r")
    pair.type(b"\x1bb", b"\x1bf", b"\x1b{", b"\x1b}", b"\x1bm", b"\x1bv", b"\x1bw")
    assert_same_copy(pair)


def test_a_drag_copies_what_was_passed_over(pair: Pair) -> None:
    pair.press_mouse(row=5, column=2)
    for row, column in ((5, 4), (7, 6), (8, 9)):
        pair.press_mouse(row=row, column=column, button=DRAG)
        pair.same()
    pair.press_mouse(row=8, column=9, release=True)
    pair.same()
    assert_same_copy(pair)


def test_a_double_click_copies_a_word_and_a_triple_click_a_line(pair: Pair) -> None:
    for times, text in ((2, "words"), (3, "row-68 some.words (in brackets) 476")):
        for _ in range(times):
            pair.click(row=5, column=13)
        wait_until(lambda text=text: copied(pair) == (text, text), state=lambda: copied(pair))
        wait_until(lambda: pair.asked("#{pane_in_mode}") == ("0\n", "0\n"))


def test_a_drag_that_rests_at_the_edge_scrolls(aimux: World, pair: Pair) -> None:
    terminal = pair.ours
    terminal.press_mouse(row=4, column=5)
    terminal.press_mouse(row=2, column=5, button=DRAG)
    terminal.press_mouse(row=0, column=5, button=DRAG)
    terminal.wait_for(lambda: re.search(r"\[([6-9]|\d\d)/62\]", terminal.rows[0]))
    terminal.press_mouse(row=3, column=0, button=DRAG)
    terminal.press_mouse(row=3, column=0, button=0, release=True)
    wait_until(lambda: aimux.ask("#{pane_in_mode}") == "0")
    # What was selected goes on from the first scrolled row to where the drag began.
    rows = aimux.do("show-buffer").splitlines()
    assert rows[-1] == "row-6"
    numbers = [int(row.split()[0].removeprefix("row-")) for row in rows[:-1]]
    assert numbers == list(range(numbers[0], 67))
    assert len(numbers) > 4


def test_the_wheel_and_flags_of_copy_mode(pair: Pair) -> None:
    pair.do("copy-mode", "-e", "-t", "work:")
    pair.same("[0/")
    pair.press_mouse(row=3, column=3, button=64)
    pair.same("[5/")
    pair.press_mouse(row=3, column=3, button=65)
    pair.same()
    assert pair.asked("#{pane_in_mode}") == ("0\n", "0\n")
    pair.do("copy-mode", "-H", "-u", "-t", "work:")
    pair.same("row-36")
    pair.do("copy-mode", "-q", "-t", "work:")
    pair.same("row-90")
    pair.do("split-window", "-d", "cat")
    pair.do("copy-mode", "-s", "work:0.0", "-t", "work:0.1")
    pair.same()
    pair.type(PREFIX + b"[", PREFIX + b"t", b"x", b"q")
    assert pair.asked("#{pane_in_mode}") == ("0\n", "0\n")


def copied(pair: Pair) -> tuple[str, str]:
    """The newest buffer in aimux and in tmux."""
    ours, theirs = pair.both("list-buffers", "-F", "#{buffer_name}")
    if not ours or not theirs:
        return "", ""
    return pair.both("show-buffer")


def assert_same_copy(pair: Pair) -> None:
    wait_until(lambda: "" not in copied(pair))
    ours, theirs = copied(pair)
    assert ours == theirs
