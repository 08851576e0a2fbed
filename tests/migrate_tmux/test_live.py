from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compat.differences import normalised
from tests.migrate_tmux.homes import Home
from tests.programs import needs, tmux_3_3a
from tests.waiting import wait_until

SHOWN = (
    "#{session_name}:#{window_index}.#{pane_index} #{window_name} #{pane_current_path}"
    " #{pane_title} #{window_active}#{pane_active} #{window_width}x#{window_height}"
    " #{pane_left},#{pane_top},#{pane_width}x#{pane_height}"
)


KEYS = (
    ("bind-key", "-r", "-N", "A note", "-T", "mine", "x", "display-message 'a $b' ; new-window"),
    ("bind-key", "-N", "Another note", "c", "new-window"),
    ("bind-key", "\\;", "last-window"),
    ("bind-key", '"', "split-window", "-c", "#{pane_current_path}"),
    ("bind-key", "-n", "M-F5", "if-shell", "-F", "#{pane_in_mode}", "{ send-keys -X cancel }"),
    ("unbind-key", "%"),
    ("unbind-key", "-T", "copy-mode", "C-Space"),
)
TABLES = ("prefix", "root", "copy-mode", "copy-mode-vi", "mine")
TAKEOVER = ("import-tmux", "--live", "-L", "old")


@pytest.fixture(scope="module")
def running() -> Iterator[Home]:
    """A home in which a tmux runs that has been used."""
    tmux_3_3a()
    needs("less")
    with tempfile.TemporaryDirectory(prefix="mig", ignore_cleanup_errors=True) as place:
        home = Home(Path(place) / "h")
        use_tmux(home)
        yield home
        home.tmux("kill-server")


def use_tmux(home: Home) -> None:
    directory = home.directory / "a directory"
    directory.mkdir()
    size = ("-x", "100", "-y", "30")
    home.tmux("new-session", "-d", "-s", "work", "-n", "edit", *size, "-c", "/usr")
    home.tmux("send-keys", "-t", "work", "printf '\\033[31m%s\\033[m\\n' re''d; seq 1 90", "Enter")
    home.tmux("split-window", "-h", "-t", "work", "-c", str(directory), "less /etc/passwd")
    home.tmux("split-window", "-v", "-t", "work", "-c", "/", "sleep 1000")
    home.tmux("new-window", "-d", "-t", "work:5", "-n", "logs", "-c", "/")
    home.tmux("select-pane", "-t", "work:5", "-T", "a title")
    home.tmux("set-option", "-g", "status-left", "[of #S];x ")
    home.tmux("set-option", "-t", "work", "status-right", "of #{session_name}")
    home.tmux("set-option", "-w", "-t", "work:5", "monitor-silence", "77")
    for line in KEYS:
        home.tmux(*line)
    home.tmux("set-hook", "-g", "after-rename-window", "set -g @hooked 'a $b' ; set -g @more 1")
    home.tmux("set-hook", "-gw", "window-renamed", "set -gF @window '#{hook}'")
    home.tmux("new-session", "-d", "-s", "other", "-x", "80", "-y", "24", "-c", "/")
    home.tmux("link-window", "-s", "work:5", "-t", "other:9")
    shown = ("capture-pane", "-p", "-t", "work:0.0")
    wait_until(lambda: "\n90\n" in home.tmux(*shown))
    wait_until(lambda: "root" in home.tmux("capture-pane", "-p", "-t", "work:0.1"))


@pytest.fixture(scope="module")
def report(running: Home) -> Iterator[dict[str, object]]:
    """What the takeover by a fresh aimux said; tmux is asked before and afterwards."""
    ask = ("list-panes", "-a", "-F", f"{SHOWN} #{{pane_pid}} #{{window_layout}}")
    before = running.tmux(*ask)
    said = json.loads(running.do(*TAKEOVER, "--json"))
    yield {**said, "left alone": running.tmux(*ask) == before}
    running.run("kill-server")


@pytest.mark.usefixtures("report")
def test_sessions_windows_layouts_places_and_titles_are_taken_over(running: Home) -> None:
    ask = ("list-panes", "-a", "-F", SHOWN)

    def same() -> bool:
        return running.do(*ask).splitlines() == running.tmux(*ask).splitlines()

    wait_until(same, state=lambda: running.do(*ask))


@pytest.mark.usefixtures("report")
def test_options_are_taken_over(running: Home) -> None:
    assert running.do("show-options", "-gv", "status-left") == "[of #S];x \n"
    assert running.do("show-options", "-t", "work", "-v", "status-right") == "of #{session_name}\n"
    assert running.do("show-options", "-w", "-t", "work:5", "-v", "monitor-silence") == "77\n"


@pytest.mark.parametrize("table", TABLES)
def test_keys_and_their_notes_are_taken_over(
    running: Home, report: dict[str, list[str]], table: str
) -> None:
    assert len(report["keys"]) == len(KEYS)
    for ask in (("list-keys", "-T", table), ("list-keys", "-N", "-T", table)):
        assert keys(running.do(*ask)) == keys(running.tmux(*ask))


def test_hooks_are_taken_over(running: Home, report: dict[str, list[str]]) -> None:
    assert len(report["hooks"]) == 2
    for flag in ("-g", "-gw"):
        ask = ("show-hooks", flag)
        assert set(running.tmux(*ask).splitlines()) <= set(running.do(*ask).splitlines())


@pytest.mark.usefixtures("report")
def test_scrollback_is_there_with_its_colours_and_its_file_is_gone(running: Home) -> None:
    shown = ("capture-pane", "-ep", "-S", "-", "-t", "work:0.0")
    wait_until(lambda: "\n90\n" in running.do(*shown))
    text = running.do(*shown)
    assert "\033[31mred" in text
    assert "\n1\n2\n" in text.replace("\033[39m", "")
    wait_until(lambda: not contents(running))


def test_programs_of_the_list_are_started_again_and_the_others_are_named(
    running: Home, report: dict[str, dict[str, str]]
) -> None:
    assert list(report["restarted"].values()) == ["less /etc/passwd"]
    assert list(report["left"].values()) == ["sleep 1000"]
    assert report["problems"] == []
    wait_until(lambda: "root:" in running.do("capture-pane", "-p", "-t", "work:0.1"))


def test_the_tmux_server_is_left_alone(report: dict[str, object]) -> None:
    assert report["left alone"] is True


def test_a_session_that_is_there_already_is_not_touched(running: Home) -> None:
    second = ("-L", "second")
    try:
        running.do(*second, "new-session", "-d", "-s", "work", "-n", "mine")
        assert "duplicate session: work" in running.do(*second, *TAKEOVER)
        windows = running.do(*second, "list-windows", "-t", "work", "-F", "#{window_name}")
        assert windows == "mine\n"
        assert running.run(*second, "has-session", "-t", "other").returncode == 0
        wait_until(lambda: not contents(running))
    finally:
        running.run(*second, "kill-server")


def test_a_dry_run_only_says_what_would_be_made(running: Home) -> None:
    said = running.do("-L", "third", *TAKEOVER, "--dry-run")
    assert "work: 2 windows, 4 panes" in said
    assert running.run("-L", "third", "list-sessions").returncode == 1


def keys(listed: str) -> list[str]:
    """What is listed of keys, without padding and aimux's own (and where it splits)."""
    lines = [" ".join(line.split()) for line in normalised("aimux", listed).splitlines()]
    return [line for line in lines if "split-window -v" not in line]


def contents(home: Home) -> list[Path]:
    """The files with scrollback that no pane has shown yet."""
    return list((home.directory / ".local" / "state" / "aimux").glob("pane-*"))
