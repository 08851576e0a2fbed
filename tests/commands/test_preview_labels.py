"""What stands over the screens of tree mode's previews."""

from __future__ import annotations

from tests.commands.test_overlays import Desk


def shown(*settings: str) -> str:
    """What a chooser shows of a session with two windows."""
    desk = Desk()
    desk.world.window.name = "first"
    desk.run("new-window -n second")
    for setting in settings:
        desk.run(setting)
    desk.run("choose-tree -s")
    desk.run("capture-pane -pM")
    return desk.asker.said[-1]


def test_the_default_is_what_the_version_has() -> None:
    assert "│ 0:first │" in shown()
    assert "│ 0:first │" in shown("set -s tmux-version 3.7c")
    assert "│ 1:second │" in shown("set -s tmux-version 3.7c")


def test_a_format_says_what_stands_there() -> None:
    wanted = "#{?window_format,win,pane}-#{window_index}#[bold]!"
    assert "│ win-1! │" in shown(f"set -g tree-mode-preview-format '{wanted}'")


def test_an_empty_format_leaves_the_screens_alone() -> None:
    assert "0:first" not in shown("set -g tree-mode-preview-format ''").split("\n", 3)[3]


def test_a_long_text_is_cut_to_the_place() -> None:
    text = shown("set -g tree-mode-preview-format '" + "x" * 100 + "'")
    assert "x" * 30 in text
    assert "x" * 40 not in text
