"""Clients that go from session to session."""

from __future__ import annotations

from tests.end_to_end.world import World
from tests.waiting import wait_until


def display_of(aimux: World, session: str) -> str:
    """The variable DISPLAY of a session."""
    return aimux.run("show-environment", "-t", session, "DISPLAY").stdout


def test_a_session_gets_the_variables_of_the_client_that_switches_to_it(aimux: World) -> None:
    for name in ("work", "one", "other"):
        aimux.do("new", "-d", "-s", name, "cat")
    terminal = aimux.terminal("attach", "-t", "work", DISPLAY=":7")
    aimux.wait_until_live(terminal)
    aimux.do("switch-client", "-t", "one")
    assert display_of(aimux, "one") == "DISPLAY=:7\n"
    aimux.do("switch-client", "-E", "-t", "other")
    assert display_of(aimux, "other") == "-DISPLAY\n"


def test_a_zoomed_window_shows_the_pane_that_was_switched_to(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "cat")
    aimux.do("new", "-d", "-s", "other", "cat", ";", "split-window", "-d", "cat")
    aimux.do("resize-pane", "-Z", "-t", "other:0.0")
    terminal = aimux.attached()
    aimux.do("switch-client", "-Z", "-t", "other:0.1")
    assert aimux.ask("#{pane_index} #{window_zoomed_flag}", "other:") == "1 1"
    aimux.do("switch-client", "-t", "other:0.0")
    assert aimux.ask("#{pane_index} #{window_zoomed_flag}", "other:") == "0 0"
    wait_until(lambda: "[other]" in terminal.text, step=lambda: terminal.read(0.1))
