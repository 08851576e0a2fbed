"""Sessions outlive the server: saved by hand or at its end, made again by hand or at its start."""

from __future__ import annotations

from pathlib import Path

from migrate_tmux.plugins import KNOWN
from tests.end_to_end.world import World
from tests.waiting import wait_until

SHAPE = "#{session_name}:#{window_index} #{window_name} #{pane_index} #{pane_current_path}"


def shape(aimux: World) -> set[str]:
    """All panes and where they are."""
    return set(aimux.do("list-panes", "-a", "-F", SHAPE).splitlines())


def test_what_was_saved_is_there_again(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-n", "one", "-c", "/usr")
    aimux.do("split-window", "-d", "-h", "-c", "/etc", "-t", "work")
    aimux.do("new", "-d", "-s", "other", "-n", "two", "-c", "/tmp")
    before = shape(aimux)
    size = aimux.ask("#{window_width}x#{window_height}", "work")
    path = str(Path(aimux.directory, "saved"))
    assert aimux.do("save-sessions", path) == f"2 sessions saved in {path}\n"
    aimux.do("kill-session", "-t", "work")
    said = aimux.do("restore-sessions", path)
    assert "work: 1 windows\n" in said
    assert "duplicate session: other\n" in said
    wait_until(lambda: shape(aimux) == before, state=lambda: str(shape(aimux)))
    assert aimux.ask("#{window_width}x#{window_height}", "work") == size


def test_the_next_server_begins_with_the_sessions_of_the_last(aimux: World) -> None:
    configuration = Path(aimux.directory, "autosave.conf")
    configuration.write_text("set -s autosave-interval 15\nset -s autosave-restore on\n")
    aimux.do("-f", str(configuration), "new", "-d", "-s", "work", "-n", "one", "-c", "/usr")
    aimux.do("new-window", "-d", "-n", "two", "-c", "/etc", "-t", "work")
    before = shape(aimux)
    aimux.do("kill-server")
    wait_until(lambda: not aimux.socket.exists())
    aimux.do("-f", str(configuration), "new", "-d", "-A", "-s", "fresh", "-c", "/")
    assert before <= shape(aimux)
    assert {line.partition(":")[0] for line in shape(aimux)} == {"work", "fresh"}


def test_a_first_server_has_nothing_to_restore(aimux: World) -> None:
    configuration = Path(aimux.directory, "autosave.conf")
    configuration.write_text("set -s autosave-restore on\n")
    aimux.do("-f", str(configuration), "new", "-d", "-s", "work")
    assert aimux.do("list-sessions", "-F", "#{session_name}") == "work\n"


def test_the_lines_of_an_import_take_continuums_options(aimux: World) -> None:
    configuration = Path(aimux.directory, "imported.conf")
    lines = KNOWN["tmux-continuum"].lines
    options = ("set -g @continuum-save-interval 60", "set -g @continuum-restore on")
    configuration.write_text("\n".join((*options, *lines)))
    aimux.do("-f", str(configuration), "new", "-d", "-s", "work", "-c", "/")
    assert aimux.ask("#{autosave-interval} #{autosave-restore}") == "60 1"
    configuration.write_text("\n".join(lines))
    aimux.do("set-option", "-gu", "@continuum-save-interval")
    aimux.do("source-file", str(configuration))
    assert aimux.ask("#{autosave-interval}") == "15"
    aimux.do("set-option", "-s", "autosave-interval", "0")
