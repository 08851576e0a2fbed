"""Titles that programs give themselves."""

from __future__ import annotations

from tests.end_to_end.world import World
from tests.waiting import wait_until


def test_programs_may_be_kept_from_changing_a_title(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "cat")
    aimux.do("set", "-p", "-t", "work", "allow-set-title", "off")
    aimux.do("select-pane", "-t", "work", "-T", "mine")
    aimux.do("respawn-pane", "-k", "-t", "work", r"printf '\033]2;its\033\\%s' rea''dy; cat")
    aimux.wait_for("ready", "work")
    assert aimux.ask("#{pane_title}", "work") == "mine"
    aimux.do("set", "-p", "-t", "work", "allow-set-title", "on")
    aimux.do("respawn-pane", "-k", "-t", "work", r"printf '\033]2;its\033\\'; cat")
    wait_until(lambda: aimux.ask("#{pane_title}", "work") == "its")
