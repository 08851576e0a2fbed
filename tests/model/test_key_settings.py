"""What server options say of the bytes that keys send to programs."""

from __future__ import annotations

import pytest

from aimux.keys.encode import encode_key
from aimux.keys.names import parse_key_name
from tests.commands.test_overlays import Desk


def sent(desk: Desk, key: str) -> bytes:
    pane = desk.world.window.active
    return encode_key(parse_key_name(key), pane.input_modes)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.run("split-window")
    return desk


def test_backspace_sends_what_the_option_says(desk: Desk) -> None:
    assert sent(desk, "BSpace") == b"\x7f"
    desk.run("set -s backspace C-h")
    assert (sent(desk, "BSpace"), sent(desk, "C-BSpace")) == (b"\x08", b"\x7f")
    desk.run("set -s backspace x")
    assert sent(desk, "BSpace") == b"x"


def test_keys_with_modifiers_are_written_in_the_form_that_is_asked_for(desk: Desk) -> None:
    desk.world.window.active.screen.feed(b"\x1b[>4;2m")
    assert sent(desk, "C-a") == b"\x1b[27;5;97~"
    desk.run("set -s extended-keys-format csi-u")
    assert (sent(desk, "C-a"), sent(desk, "S-Enter")) == (b"\x1b[97;5u", b"\x1b[13;2u")
