"""View mode: lines of output, shown from the first one on."""

from __future__ import annotations

from aimux.copymode.state import CopyOptions
from aimux.copymode.view_mode import ViewMode

DEPTH = 1 << 24


def view(lines: list[str], *, rows: int = 4) -> ViewMode:
    mode = ViewMode(columns=20, lines=rows, options=CopyOptions())
    mode.add(lines)
    return mode


def shown(mode: ViewMode, *, columns: int = 20, rows: int = 4) -> list[str]:
    return [row.partition("\x1b")[0] for row in mode.rows(columns=columns, rows=rows, depth=DEPTH)]


def test_the_first_lines_are_shown_and_stay_when_more_come() -> None:
    mode = view([f"line {number}" for number in range(10)])
    assert shown(mode)[1:] == ["line 1", "line 2", "line 3"]
    mode.add(["more"])
    assert shown(mode)[1:] == ["line 1", "line 2", "line 3"]
    assert mode.variables()["scroll_position"] == "7"


def test_it_is_read_with_the_keys_of_copy_mode() -> None:
    mode = view([f"line {number}" for number in range(10)])
    mode.command("history-bottom")
    assert shown(mode)[3] == "line 9"
    assert (mode.name, mode.key_table) == ("view-mode", "copy-mode")


def test_a_program_cannot_be_looked_at_again() -> None:
    mode = view(["text"])
    mode.command("refresh-from-pane")
    assert shown(mode, rows=4)[0].startswith("text")


def test_control_characters_are_left_out_unless_they_are_to_be_obeyed() -> None:
    mode = view(["a\x1b[31mb\x07c\td"])
    assert shown(mode)[0].startswith("a[31mbc d")
    mode.add(["\x1b[31mred\x1b[0m plain"], parse=True)
    assert "\x1b[0;31mred\x1b[m plain" in mode.rows(columns=20, rows=4, depth=DEPTH)[1]


def test_lines_can_be_added_after_a_resize() -> None:
    mode = view(["0123456789abcdefghij"])
    assert shown(mode, columns=10)[1] == "abcdefghij"
    mode.add(["next"])
    assert shown(mode, columns=10)[2] == "next"
