"""list-keys -F: a format for each key, as tmux has it since 3.7."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk

FORMAT = "#{key_prefix}|#{key_table}|#{key_string}|#{key_repeat}|#{key_note}|#{key_command}"
WIDTHS = "#{key_table_width} #{key_string_width} #{key_has_repeat} #{notes_only}"


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.run("bind-key -N 'A note' a next-window ; bind-key -r C-Up previous-window")
    desk.run("bind-key -n F1 { next-window }")
    return desk


def listed(desk: Desk, command: str) -> list[str]:
    desk.asker.said.clear()
    desk.run(f"list-keys {command}")
    return desk.asker.said


def test_a_format_sees_the_binding(desk: Desk) -> None:
    assert listed(desk, f"-F '{FORMAT}'") == [
        "C-b|prefix|a|0|A note|next-window",
        "C-b|prefix|C-Up|1||previous-window",
        "|root|F1|0||next-window",
    ]


def test_a_format_sees_the_widths_of_all_that_is_listed(desk: Desk) -> None:
    assert listed(desk, f"-F '{WIDTHS}'") == ["6 4 1 0"] * 3
    assert listed(desk, f"-N -F '{WIDTHS}'") == ["6 1 0 1"]


def test_a_format_is_for_the_keys_that_the_other_flags_choose(desk: Desk) -> None:
    assert listed(desk, "-F '#{key_string}' -T root") == ["F1"]
    assert listed(desk, "-F '#{key_string}' -1") == ["a"]
    assert listed(desk, "-F '#{key_string}' -N -a") == ["a", "C-Up", "F1"]
    assert listed(desk, "-F '#{key_string}' C-Up") == ["C-Up"]
    assert listed(desk, "-F '#{key_string}' C-Down") == ["unknown key: C-Down"]


def test_a_key_for_a_command_of_later_tmux_is_an_addition(desk: Desk) -> None:
    desk.run("bind-key g new-pane ; bind-key h new-window")
    tables = desk.world.state.key_tables

    def is_addition(key: str) -> bool:
        binding = tables.lookup("prefix", key)
        return binding is not None and binding.is_addition

    assert (is_addition("g"), is_addition("h")) == (True, False)
    desk.run("set -s tmux-version 3.7c ; bind-key g new-pane")
    assert not is_addition("g")
