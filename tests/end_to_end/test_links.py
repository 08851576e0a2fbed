"""A link of a pane is opened by the client, after a person has seen all of it and agreed."""

from __future__ import annotations

import os

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import wait_until

TARGET = "https://example.org/" + "a" * 90 + "?q=$(touch%20x)#end"


def attached(aimux: World) -> Terminal:
    browser = aimux.directory / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {aimux.directory}/asked\n')
    browser.chmod(0o755)
    aimux.environment["BROWSER"] = os.fspath(browser)
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", f"printf 'see %s' '{TARGET}'; cat")
    aimux.wait_for("#end", "work")
    return aimux.attached()


def test_a_link_is_shown_whole_and_opened_after_a_yes(aimux: World) -> None:
    terminal = attached(aimux)
    terminal.type(PREFIX + b"U")
    terminal.wait_for("open this link?")
    inside = [row.split("│")[1][1:-1].strip() for row in terminal.rows if row.count("│") == 2]
    assert "".join(inside).startswith(TARGET)
    terminal.type(b"y")
    asked = aimux.directory / "asked"
    wait_until(lambda: asked.exists() and asked.read_text().endswith("end\n"))
    assert asked.read_text() == f"1\n{TARGET}\n"


def test_enter_opens_nothing(aimux: World) -> None:
    terminal = attached(aimux)
    terminal.type(PREFIX + b"U")
    terminal.wait_for("open this link?")
    terminal.type(b"\r")
    terminal.wait_for(lambda: "open this link?" not in terminal.text)
    terminal.type(PREFIX + b"U")
    terminal.wait_for("open this link?")
    assert not (aimux.directory / "asked").exists()


def test_copy_mode_opens_the_link_at_its_cursor_and_no_other(aimux: World) -> None:
    terminal = attached(aimux)
    terminal.type(PREFIX + b"[")
    terminal.wait_for("[0/0]")
    aimux.do("send-keys", "-t", "work", "-X", "history-top")
    aimux.do("send-keys", "-t", "work", "-X", "start-of-line")
    terminal.type(PREFIX + b"U")
    terminal.wait_for("No link here")
    aimux.do("send-keys", "-t", "work", "-X", "-N", "6", "cursor-right")
    terminal.type(b"o")
    terminal.wait_for("open this link?")


@pytest.mark.parametrize("keys", ["emacs", "vi"])
def test_copy_mode_goes_from_command_to_command(aimux: World, keys: str) -> None:
    commands = r"printf '\033]133;A\007%% run%d\r\nout\r\n' 1 2 3; cat"
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", commands)
    aimux.wait_for("run3", "work")
    aimux.do("set", "-wg", "mode-keys", keys)
    terminal = aimux.attached()
    terminal.type(PREFIX + b"[")
    terminal.wait_for("[0/0]")
    for key, line in ((b"\x1bp", "run3"), (b"\x1bp", "run2"), (b"\x1bn", "run3")):
        terminal.type(key)
        terminal.wait_for(lambda line=line: line in terminal.rows[terminal.cursor[0]])


def test_a_browser_that_is_not_there_is_told(aimux: World) -> None:
    terminal = attached(aimux)
    (aimux.directory / "browser").unlink()
    terminal.type(PREFIX + b"U")
    terminal.wait_for("open this link?")
    terminal.type(b"y")
    terminal.wait_for("Can't open link")
