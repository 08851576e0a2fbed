"""customize-mode on a terminal: the same tree and the same changes as in tmux 3.3a."""

from __future__ import annotations

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import PREFIX, World

DOWN, RIGHT = b"\x1b[B", b"\x1b[C"
# The descriptions of options are ours, so the box that shows them is left out. A filter that is not
# true of all keys holds tmux 3.3a up for ever.
CUSTOMIZE = ("customize-mode", "-N", "-Z", "-t", "work:", "-f")


@pytest.fixture
def pair(aimux: World) -> Pair:
    pair = Pair(aimux)
    pair.do("bind", "-T", "mine", "-N", "a note", "a", "list-panes ; list-windows")
    pair.do("bind", "-T", "mine", "b", "new-window")
    pair.do("set", "-g", "@user", "for all")
    pair.do("set", "-w", "@user", "for a window")
    aimux.do("unbind", "-a", "-T", "problems")  # a table that tmux does not have
    pair.attached()
    return pair


def test_options_are_set_for_a_pane_a_window_a_session_or_all(pair: Pair) -> None:
    wanted = "#{is_key}"
    for name in ("mode-keys", "clock-mode-style", "word-separators", "cursor-colour", "@user"):
        wanted = f"#{{||:{wanted},#{{==:#{{option_name}},{name}}}}}"
    pair.do(*CUSTOMIZE, wanted)
    pair.same("Window & Pane Options")
    pair.answer(b"/", "(search)", b"word-sep\r")
    pair.answer(b"s", ", for session work)", b"\x15abc\r")
    pair.answer(b"S", ", global)", b"\x15xyz\r")
    pair.same("(session work)")
    pair.answer(b"/", "(search)", b"mode-keys\r")
    pair.type(b"w", b"W", b"s")
    pair.same("(window 0)")
    pair.answer(b"u", "Unset mode-keys?", b"y")
    pair.answer(b"/", "(search)", b"cursor-colour\r")
    pair.answer(b"s", ", for pane 0)", b"\x15nonsense\r")
    pair.answer(b"s", ", for pane 0)", b"\x15red\r")
    pair.same("(pane 0)")
    pair.answer(b"d", "Reset cursor-colour to default?", b"y")
    pair.type(b"H", b"H", b"q")
    for flags in ((), ("-w",), ("-p",)):
        ours, theirs = pair.both("show-options", *flags, "-t", "work:0.0")
        assert ours == theirs


def test_items_of_arrays_are_added_changed_and_removed(pair: Pair) -> None:
    pair.do(*CUSTOMIZE, "#{||:#{is_key},#{==:#{option_name},command-alias}}")
    pair.same("Server Options")
    pair.type(b"l", b"j", b"l", b"j")
    pair.answer(b"s", "(command-alias[0])", b"\x15x=list-keys\r")
    pair.type(b"k")
    pair.answer(b"s", "(command-alias[+])", b"y=list-panes\r")
    pair.type(b"j", b"j", b"t", b"t")
    pair.answer(b"u", "Unset command-alias[3]?", b"y")
    pair.answer(b"U", "Unset 2 tagged?", b"y")
    pair.type(b"q")
    ours, theirs = pair.both("show-options", "-s", "command-alias")
    assert ours == theirs


def test_keys_get_other_commands_notes_and_repeats(pair: Pair) -> None:
    pair.do(*CUSTOMIZE, "#{is_key}")
    pair.answer(b"/", "(search)", b"mine\r")
    pair.same("Key Table - mine")
    pair.type(RIGHT, DOWN, RIGHT, DOWN)
    pair.answer(b"\r", "(a) list-panes", b"\x15display-message changed\r")
    pair.type(DOWN)
    pair.answer(b"\r", "(a) a note", b" and more\r")
    pair.type(DOWN, b"\r", DOWN)
    pair.answer(b"u", "Unset b?", b"y")
    pair.type(b"q")
    ours, theirs = pair.both("list-keys", "-T", "mine")
    assert ours == theirs
    assert "display-message changed" in ours
    assert pair.both("list-keys", "-N", "-T", "mine")[0] == "a a note and more\n"


def test_the_box_describes_options_and_keys(aimux: World, pair: Pair) -> None:
    terminal = pair.ours
    terminal.type(PREFIX + b"C")
    terminal.wait_for("Window & Pane Options")
    for key, texts in (
        (b"/mode-keys\r", ("Available values are: emacs, vi", "Option value: emacs")),
        (b"/remain-on-exit\r", ("This is a window and pane option.", "Option value: off")),
        (b"/match-style\r", ("This is a style option: EXAMPLE",)),
        (b"/display-time\r", ("Option value: 750 milliseconds",)),
        (b"/Key Table - mine\r", ("Key Table - mine",)),
        (b"ll", ("a note.", "This key is in the mine table.", "This key does not repeat.")),
    ):
        terminal.type(key)
        for text in texts:
            terminal.wait_for(text)
    terminal.type(b"q")
    terminal.wait_for(lambda: "mine table" not in terminal.text)
    assert aimux.ask("#{pane_in_mode}") == "0"
