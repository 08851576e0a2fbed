from __future__ import annotations

import io

import pytest
from rich.console import Console

from migrate_tmux.printed_report import line_numbers, print_report
from migrate_tmux.report import Displaced, Entry, Fate, Place, Report


def printed(report: Report, width: int) -> str:
    output = io.StringIO()
    print_report(report, Console(file=output, width=width, markup=False, highlight=False))
    return output.getvalue()


def example() -> Report:
    place = Place("~/.tmux.conf", 3)
    report = Report("~/.tmux.conf")
    report.entries = [
        Entry(Fate.CARRIED, place, "set -g mouse on", "config.toml [options.session]"),
        Entry(Fate.CARRIED, Place("~/.tmux.conf", 4), "set", "config.toml [options.session]"),
        Entry(Fate.DROPPED, place, "set -g " + "long " * 200, "", "aimux has no option \033[31mx"),
        Entry(Fate.TRANSLATED, place, "old", "new words", "since tmux 2.4"),
    ]
    report.displaced = [Displaced(place, "prefix", "b", "toggle-sidebar", "M-b")]
    report.calls_tmux = [place]
    report.notes = ["It costs agents. " * 20]
    report.files = ["/home/me/.config/aimux/config.toml"]
    return report


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_moves_the_cursor(width: int) -> None:
    text = printed(example(), width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "\033" not in text


def test_lines_that_went_to_one_place_are_told_together() -> None:
    text = printed(example(), 80)
    assert "Carried over (2)" in text
    assert "~/.tmux.conf:3-4" in text
    assert "now: new words" in text
    assert "bind-key -T prefix M-b toggle-sidebar" in text
    assert "would be written: /home/me/.config/aimux/config.toml" in text


def test_runs_of_numbers_are_joined() -> None:
    assert line_numbers([3, 1, 2, 7, 9, 10, 7]) == "1-3, 7, 9-10"
