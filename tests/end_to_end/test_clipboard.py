"""The outer terminal's clipboard: asked for by refresh-client -l, set by -w for one client."""

from __future__ import annotations

import base64

from tests.end_to_end.world import World
from tests.waiting import wait_until

QUESTION = b"\x1b]52;c;?\a"


def answer(text: bytes) -> bytes:
    return b"\x1b]52;c;" + base64.b64encode(text) + b"\x1b\\"


def test_what_a_terminal_answers_becomes_a_buffer(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("refresh-client", "-l")
    terminal.wait_for(QUESTION)
    terminal.type(answer(b"from outside"))
    wait_until(lambda: aimux.do("list-buffers", "-F", "#{buffer_size}") == "12\n")
    assert aimux.do("show-buffer") == "from outside"


def test_the_program_of_a_pane_is_told_in_its_own_form(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("respawn-pane", "-k", "stty -echo -icanon; echo rea''dy; cat -v")
    aimux.wait_for("ready")
    aimux.do("refresh-client", "-l", "%0")
    terminal.wait_for(QUESTION)
    terminal.type(answer(b"for it"))
    aimux.wait_for("^[]52;;Zm9yIGl0^[\\")
    assert aimux.do("list-buffers") == ""


def test_an_answer_that_nobody_asked_for_is_dropped(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(answer(b"unasked"))
    terminal.type(b"echo af''ter\r")
    aimux.wait_for("after")
    assert aimux.do("list-buffers") == ""


def test_nothing_is_asked_where_the_clipboard_is_off(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set", "-s", "set-clipboard", "off")
    aimux.do("refresh-client", "-l")
    aimux.do("send-keys", "echo af''ter", "Enter")
    terminal.wait_for("after")
    assert QUESTION not in terminal.output


def test_a_buffer_for_the_clipboard_of_one_client_reaches_no_other(aimux: World) -> None:
    first, second = aimux.attached(), aimux.terminal("attach", "-t", "work")
    aimux.wait_until_live(second)
    names = aimux.do("list-clients", "-F", "#{client_tty}").split()
    aimux.do("set-buffer", "-w", "-t", names[0], "for the first")
    aimux.do("send-keys", "echo af''ter", "Enter")
    offered = b"\x1b]52;c;" + base64.b64encode(b"for the first")
    for terminal in (first, second):
        terminal.wait_for("after")
    assert [offered in terminal.output for terminal in (first, second)].count(True) == 1
