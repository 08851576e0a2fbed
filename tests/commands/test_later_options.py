"""What options of tmux 3.4 to 3.7 do."""

from __future__ import annotations

import pytest

from aimux.commands.groups import ends_unattached
from tests.commands.test_overlays import Desk


def test_the_tiled_layout_has_no_more_columns_than_asked_for() -> None:
    desk = Desk()
    desk.run("split-window ; split-window ; select-layout tiled ; split-window")
    desk.run("set -w tiled-layout-max-columns 1 ; select-layout tiled")
    assert {pane.columns for pane in desk.world.window.panes} == {80}
    desk.run("set -w tiled-layout-max-columns 0 ; select-layout tiled")
    assert {pane.columns for pane in desk.world.window.panes} == {40, 39}


@pytest.mark.parametrize(
    ("wanted", "grouped", "alone"),
    [
        ("off", False, False),
        ("on", True, True),
        ("keep-last", True, False),
        ("keep-group", True, True),
    ],
)
def test_an_unattached_session_may_stay_for_its_group(
    wanted: str, grouped: bool, alone: bool
) -> None:
    desk = Desk()
    desk.run(f"set -g destroy-unattached {wanted} ; new-session -d -t work -s other")
    assert desk.asker.said == []
    sessions = list(desk.world.state.sessions.values())
    assert [ends_unattached(desk.world.state, one) for one in sessions] == [grouped, grouped]
    desk.run("new-session -d -s alone")
    *_, single = desk.world.state.sessions.values()
    assert ends_unattached(desk.world.state, single) is alone


def test_the_last_of_a_group_is_kept() -> None:
    desk = Desk()
    desk.run("new-session -d -t work -s other ; kill-session -t other")
    desk.run("set -g destroy-unattached keep-group")
    assert not ends_unattached(desk.world.state, desk.world.session)
