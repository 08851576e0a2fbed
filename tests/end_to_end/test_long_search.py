"""A search that takes long tells how far it is; any key ends it."""

from __future__ import annotations

import re

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

LINES = 200_000


def test_a_long_search_tells_how_far_it_is_and_a_key_ends_it(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    aimux.do("set", "-g", "history-limit", str(LINES))
    aimux.do("set", "-g", "mode-keys", "vi")
    # Long enough to be seen, on any machine.
    command = f"seq 1 {LINES}; printf 'DO''NE'; cat"
    aimux.do("new-window", "-t", "work", command)
    aimux.wait_for("DONE", "work")
    terminal = aimux.attached()
    terminal.type(PREFIX + b"[")
    terminal.wait_for(lambda: re.search(r"\[0/\d+\]", terminal.text))
    terminal.type(b"?no such text\r")
    terminal.wait_for(lambda: re.search(r"\(searching [1-9]\d?%\)", terminal.text))
    terminal.type(b"q")
    terminal.wait_for(lambda: "searching" not in terminal.text)
    assert aimux.ask("#{pane_in_mode}", "work") == "1"
    terminal.type(b"?199500\r")
    wait_until(lambda: aimux.ask("#{copy_cursor_word}", "work") == "199500")
    terminal.wait_for("(1 results)")
