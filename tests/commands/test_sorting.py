"""`-O` and `-r` of list commands."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.run("rename-window b ; split-window ; new-pane -d -x 3 -y 2 ; new-window -d -n a")
    desk.run("new-session -d -s aside -n c ; set-buffer -b x 12 ; set-buffer -b a 1234")
    desk.asker.said.clear()
    return desk


@pytest.mark.parametrize(
    ("command", "listed"),
    [
        ("list-panes -F '#{pane_id}' -r", ["%2", "%1", "%0"]),
        ("list-panes -F '#{pane_id}' -O size", ["%2", "%0", "%1"]),
        ("list-panes -F '#{pane_id}' -O z", ["%2", "%0", "%1"]),
        ("list-windows -F '#{window_name}' -O name", ["a", "b"]),
        ("list-windows -F '#{window_name}' -O Name -r", ["b", "a"]),
        ("list-windows -a -F '#{window_name}' -O name", ["a", "b", "c"]),
        ("list-sessions -F '#{session_name}' -O index", ["work", "aside"]),
        ("list-sessions -F '#{session_name}' -r", ["work", "aside"]),
        ("list-buffers -F '#{buffer_name}' -O size", ["x", "a"]),
        ("list-buffers -F '#{buffer_name}' -O creation", ["a", "x"]),
        ("list-buffers -F '#{buffer_name}' -O modifier", ["a", "x"]),
        ("list-clients -F '#{client_name}' -O nonsense", ["invalid sort order"]),
    ],
)
def test_things_are_listed_in_the_order_that_is_asked_for(
    desk: Desk, command: str, listed: list[str]
) -> None:
    desk.run(command)
    assert desk.asker.said == listed


def test_keys_are_listed_in_an_order(desk: Desk) -> None:
    desk.run("bind -N two b display b ; bind -N one M-a display a ; bind -n a display")
    desk.asker.said.clear()
    desk.run("list-keys -O key")
    assert [line.split()[3] for line in desk.asker.said] == ["a", "M-a", "b"]
    desk.asker.said.clear()
    desk.run("list-keys -N -O modifier -r")
    assert desk.asker.said == ["C-b M-a one", "C-b b   two"]
