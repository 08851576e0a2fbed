"""What is written to the terminal besides rows."""

from __future__ import annotations

import pytest

from aimux.client import sequences


@pytest.mark.parametrize("mode", [1000, 1002, 1003])
def test_mouse_reports_are_asked_for_in_sgr_form(mode: int) -> None:
    assert sequences.mouse_mode(mode).endswith(f"\x1b[?{mode}h\x1b[?1006h")


@pytest.mark.parametrize("mode", [0, -1, 9, 2004])
def test_other_modes_turn_the_mouse_off(mode: int) -> None:
    assert sequences.mouse_mode(mode) == sequences.MOUSE_OFF


def test_only_defined_kitty_flags_are_set() -> None:
    assert sequences.kitty_flags(0xFF) == "\x1b[=31;1u"


def test_a_title_cannot_end_its_sequence() -> None:
    assert sequences.title("a\x07\x1b\x9c\u202eb\n") == "\x1b]0;ab\a"


def test_the_clipboard_is_base64() -> None:
    assert sequences.clipboard(b"\x00\x07hi") == "\x1b]52;c;AAdoaQ==\a"


def test_an_unknown_cursor_shape_is_the_terminals_own() -> None:
    assert (sequences.cursor_shape(6), sequences.cursor_shape(77)) == ("\x1b[6 q", "\x1b[0 q")


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("osc9", "\x1b]9;aimux: rev waits]0;x\x1b\\"),
        ("osc99", "\x1b]99;;aimux: rev waits]0;x\x1b\\"),
        ("osc777", "\x1b]777;notify;aimux;rev waits]0;x\x1b\\"),
    ],
)
def test_a_notification_is_one_sequence_whatever_its_text(form: str, written: str) -> None:
    assert sequences.notification(form, "rev waits\x1b]0;x\a") == written
