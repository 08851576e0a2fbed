"""Locked clients: lock-command has the terminal until it ends."""

from __future__ import annotations

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

ASKS = "echo 'who is th''ere?'; read -r answer; echo \"hello $answer\" > unlocked"


def test_a_locked_client_shows_nothing_until_the_command_has_ended(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    aimux.do("set", "-g", "lock-command", ASKS)
    terminal = aimux.attached()
    aimux.do("lock-client")
    terminal.wait_for("who is there?")
    terminal.type(b"me\r")
    unlocked = aimux.directory / "unlocked"
    wait_until(lambda: unlocked.exists() and unlocked.read_text() == "hello me\n")
    terminal.wait_for("[work]")
    terminal.type(b"typed again\r")
    aimux.wait_for("typed again\ntyped again", "work")
    terminal.type(PREFIX + b"d")
    assert terminal.wait_for_end() == 0


def test_a_session_that_nobody_uses_is_locked(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    aimux.do("set", "-g", "lock-command", ASKS)
    aimux.do("set", "-g", "lock-after-time", "1")
    terminal = aimux.attached()
    terminal.wait_for("who is there?")
