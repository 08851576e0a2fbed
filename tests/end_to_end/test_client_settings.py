"""What a client's terminal is asked for and sends, by its flags and by options."""

from __future__ import annotations

from tests.end_to_end.world import World
from tests.waiting import wait_until

ASKS = r"printf '\033[?1003h\033[6 qrea''dy'; exec cat"


def test_a_client_with_a_pane_of_its_own_has_the_modes_of_that_one(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "exec cat")
    aimux.do("set", "-g", "mouse", "off")
    aimux.do("split-window", "-d", "-t", "work", ASKS)
    aimux.wait_for("ready", "work:0.1")
    terminal = aimux.terminal("attach", "-t", "work", "-f", "active-pane")
    aimux.wait_until_live(terminal)
    client = aimux.do("list-clients", "-F", "#{client_name}").strip()
    aimux.do("bind-key", "-n", "F9", "select-pane", "-t", "work:0.1")
    aimux.do("send-keys", "-K", "-c", client, "F9")
    terminal.wait_for(b"\x1b[?1003h")
    assert aimux.ask("#{pane_index}", "work") == "0"


def test_keys_that_a_person_has_named_are_keys(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "exec cat")
    aimux.do("set", "-s", "user-keys[3]", "\x1b[5;30012~")
    aimux.do("bind-key", "-n", "User3", "set-option", "-g", "@pressed", "yes")
    terminal = aimux.attached()
    terminal.type(b"\x1b[5;30012~")
    wait_until(lambda: aimux.do("show-options", "-gqv", "@pressed") == "yes\n")


def test_the_cursor_has_the_colour_of_the_pane_and_gives_it_back(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "exec cat")
    aimux.do("set", "-as", "terminal-features", "*:ccolour")
    terminal = aimux.attached()
    aimux.do("set", "-g", "cursor-colour", "#102030")
    terminal.wait_for(b"\x1b]12;#102030\x07")
    aimux.do("detach-client", "-s", "work")
    terminal.wait_for(b"\x1b]112\x07")
