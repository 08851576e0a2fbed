"""Terminals that can do different things, and say so or not: what aimux makes of each."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.world import World
from tests.terminal import Terminal

KITTY = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[>q": b"\x1bP>|kitty(0.40.0)\x1b\\",
    b"\x1bP$qm\x1b\\": b"\x1bP1$r0;4:3;48:2:1:2:3m\x1b\\",
    b"\x1bP+q524742\x1b\\": b"\x1bP1+r524742=38\x1b\\",
    b"\x1b[c": b"\x1b[?62;52c",
}
XTERM = {
    b"\x1b[?2026$p": b"\x1b[?2026;0$y",
    b"\x1b[>q": b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bP$qm\x1b\\": b"\x1bP1$r0;4;48:5:16m\x1b\\",
    b"\x1bP+q524742\x1b\\": b"\x1bP0+r524742\x1b\\",
    b"\x1bP+q436f\x1b\\": b"\x1bP1+r436f=323536\x1b\\",
    b"\x1b[c": b"\x1b[?64;1;2;6;22c",
}
SILENT: dict[bytes, bytes] = {b"\x1b[?2026$p": b"", b"\x1b[c": b""}
PAINTING = "\\033[38;2;1;2;203mtrue\\033[0;4:3mcurly\\033[0;38;5;202mpalette\\033[0;44mblue\\033[m"
LINK = "\\033]8;;https://example.org/\\033\\\\link\\033]8;;\\033\\\\"
BEGIN_SYNCHRONISED = b"\x1b[?2026h"
COLOUR = re.compile(rb"\x1b\[(?:[\d:;]*;)?(?:3[0-8]|4[0-8]|9\d|10[0-7])[;:m]")
QUESTION_ABOUT_COLOUR = b"\x1b[48;2;1;2;3m"


def attached(aimux: World, answers: dict[bytes, bytes], **environment: str) -> Terminal:
    """A terminal that answers so, with a pane that paints, once all that it says has been heard."""
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", f"printf '{PAINTING}{LINK}'; cat")
    aimux.do(
        "set", "-g", "status-right", "#{client_termfeatures}", ";", "set", "-g", "status-style", ""
    )
    aimux.do("set", "-g", "status-right-length", "200", ";", "set", "-g", "status-left", "")
    aimux.do("set", "-g", "sidebar", "off", ";", "set", "-g", "window-status-current-format", "")
    terminal = aimux.terminal("attach", columns=160, rows=24, **environment)
    terminal.answers.update(answers)
    terminal.wait_for(b"\x1b[?2004h")
    terminal.wait_for("palette")
    return terminal


def features(aimux: World) -> set[str]:
    return set(aimux.do("list-clients", "-F", "#{client_termfeatures}").strip().split(","))


def test_a_terminal_that_says_much_is_given_much(aimux: World) -> None:
    terminal = attached(aimux, KITTY)
    for drawn in (b"38;2;1;2;203m", b"4:3m", b"38;5;202m", b"\x1b]8;id=", BEGIN_SYNCHRONISED):
        terminal.wait_for(drawn)
    assert {"RGB", "kitty", "extkeys", "sync", "usstyle", "hyperlinks"} <= features(aimux)
    assert aimux.do("list-clients", "-F", "#{client_termtype}") == "kitty(0.40.0)\n"


def test_an_xterm_is_given_256_colours_and_straight_underlines(aimux: World) -> None:
    terminal = attached(aimux, XTERM, TERM="xterm")
    terminal.wait_for("256,")
    terminal.wait_for(b"38;5;20m")
    terminal.wait_for(lambda: "usstyle" not in terminal.text and "palette" in terminal.text)
    drawn = terminal.output.replace(QUESTION_ABOUT_COLOUR, b"").replace(b"\x1b[0;4:3m\x1b[48", b"")
    last = drawn[drawn.rindex(b"true") :]
    assert b";2;1;2;203" not in drawn
    assert b"4:3" not in last
    assert BEGIN_SYNCHRONISED not in drawn


@pytest.mark.parametrize(("term", "colour"), [("xterm-256color", b"38;5;20m"), ("xterm", b"34m")])
def test_a_terminal_that_says_nothing_is_what_its_name_says(
    aimux: World, term: str, colour: bytes
) -> None:
    terminal = attached(aimux, SILENT, TERM=term)
    terminal.wait_for(colour)
    assert b"38;2;1;2;203" not in terminal.output


def test_a_console_is_given_nothing_that_it_would_show_as_letters(aimux: World) -> None:
    terminal = attached(aimux, SILENT, TERM="linux")
    terminal.wait_for(b"\x1b[0;44m")
    terminal.type(b"typed")
    terminal.wait_for("typed")
    for unknown in (b"\x1b[>", b"\x1b[=", b"\x1bP", b" q", b"4:3", b"58", b"\x1b]", b"38;"):
        assert unknown not in terminal.output, unknown
    aimux.do("detach-client", "-a", "-s", "work") if False else aimux.do("kill-server")
    terminal.wait_for_end()
    for unknown in (b"\x1b[<", b" q"):
        assert unknown not in terminal.output, unknown


def test_who_wants_no_colour_sees_none(aimux: World) -> None:
    terminal = attached(aimux, KITTY, NO_COLOR="1", COLORTERM="truecolor")
    terminal.wait_for(BEGIN_SYNCHRONISED)
    terminal.type(b"typed")
    terminal.wait_for("typed")
    assert not COLOUR.search(terminal.output.replace(QUESTION_ABOUT_COLOUR, b""))
    assert b"\x1b[0;7mblue" in terminal.output


def test_options_have_the_last_word_while_it_runs(aimux: World) -> None:
    terminal = attached(aimux, KITTY)
    terminal.wait_for(b"38;2;1;2;203m")
    seen = len(terminal.output)
    aimux.do("set", "-as", "terminal-overrides", "xterm*:colors=256:Smulx@:Hls@:Sync@")
    terminal.wait_for(lambda: b"38;5;20m" in terminal.output[seen:])
    rest = terminal.output[terminal.output.index(b"38;5;20m", seen) :]
    terminal.type(b"typed")
    terminal.wait_for("typed")
    assert b"4:3" not in rest
    assert b"\x1b]8" not in rest
    assert not {"RGB", "usstyle", "hyperlinks", "sync"} & features(aimux)


def test_answers_that_come_late_and_in_pieces_are_nobodys_typing(aimux: World) -> None:
    terminal = attached(aimux, SILENT)
    for byte in b"".join(KITTY.values()):
        terminal.type(bytes((byte,)))
        terminal.read(0.001)
    terminal.wait_for(b"38;2;1;2;203m")
    terminal.type(b"typed\r")
    terminal.wait_for("typed")
    assert aimux.seen("work").splitlines()[1:2] == ["typed"] or "typed" in aimux.seen("work")
    assert not re.search(r"[;$\\]|kitty|\d", aimux.seen("work").replace("truecurlypaletteblue", ""))


def test_the_cursor_stands_where_the_panes_is_in_its_shape(aimux: World) -> None:
    terminal = attached(aimux, KITTY)
    aimux.do("respawn-pane", "-k", "-t", "work", "printf '\\033[5 q\\033[7;11Hhere'; cat")
    terminal.wait_for("here")
    terminal.wait_for(b"\x1b[5 q")
    terminal.wait_for(lambda: terminal.cursor == (6, 14))
    assert not terminal.view.screen.cursor.hidden
