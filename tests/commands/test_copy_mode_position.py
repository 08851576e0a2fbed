"""What copy mode shows of its place (`copy-mode-position-format`)."""

from __future__ import annotations

from tests.commands.test_overlays import Desk

SHOWN = "capture-pane -pM -E 0"


def _desk(*settings: str) -> Desk:
    desk = Desk()
    desk.world.pane.screen.feed("\r\n".join(f"row {number}" for number in range(60)).encode())
    for setting in settings:
        desk.run(setting)
    return desk


def test_the_default_is_what_the_version_has() -> None:
    desk = _desk("copy-mode -u", SHOWN)
    assert desk.asker.said[0].endswith(f"[{desk.world.pane.rows - 2}/37]")
    later = _desk("set -s tmux-version 3.7c", "copy-mode ; send-keys -X search-backward row", SHOWN)
    assert later.asker.said[0].endswith(" [0/37] (60 results)")


def test_a_format_stands_where_it_says_and_leaves_the_rest() -> None:
    template = "#[align=centre]<#{copy_position} of #{copy_position_limit}>"
    desk = _desk(f"set -g copy-mode-position-format '{template}'", "copy-mode", SHOWN)
    line = desk.asker.said[0]
    assert line.startswith("row 37")
    assert line.strip().endswith("<0 of 37>")
    assert abs(line.index("<") - 35) <= 1


def test_its_styles_count_over_the_options() -> None:
    desk = _desk(
        "set -g copy-mode-position-style 'bg=blue'",
        "set -g copy-mode-position-format '#[align=right]a#[fg=red]日'",
        "copy-mode",
        "capture-pane -peM -E 0",
    )
    assert desk.asker.said[0].endswith("\x1b[44ma\x1b[31m日")


def test_an_empty_format_shows_nothing() -> None:
    desk = _desk("set -g copy-mode-position-format ''", "copy-mode", SHOWN)
    assert desk.asker.said == ["row 37"]


def test_the_variables_tell_of_place_and_search() -> None:
    names = ("copy_position", "copy_position_limit", "selection_mode", "search_count")
    template = " ".join(f"#{{{name}}}" for name in names)
    desk = _desk("copy-mode -u", "send-keys -X search-backward 'row 1'")
    desk.run(f"display-message -p '{template}'")
    assert desk.asker.said == ["21 37 char 11"]
