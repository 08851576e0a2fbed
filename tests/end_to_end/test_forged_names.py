"""Names that programs and strangers choose: shown as text, never obeyed."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.world import World
from tests.waiting import wait_until

EVIL = "#(touch {path})#[fg=red]%1:#{{pane_pid}}"


def test_a_name_or_title_from_a_program_is_no_command_and_no_format(
    aimux: World, tmp_path: Path
) -> None:
    path = tmp_path / "forged"
    evil = EVIL.format(path=path)
    script = tmp_path / "script"
    script.write_bytes(
        b"\033k" + evil.encode() + b"\r\n\033\\\033]2;" + evil.encode() + b"\a" + b"SHOWN\n"
    )
    aimux.do("new", "-d", "-s", "work", "-x", "200", "-y", "24", f"cat {script}; exec cat")
    aimux.do("set", "-g", "allow-rename", "on")
    aimux.do("set", "-g", "set-titles", "on")
    aimux.wait_for("SHOWN")
    terminal = aimux.attached()
    aimux.do("split-window", "-t", "work:", f"cat {script}; exec cat")
    wait_until(lambda: aimux.ask("#{pane_title}", "work:") == evil)
    assert aimux.ask("#{window_name}", "work:") == evil
    aimux.do("set", "-g", "status-right", "#{pane_title}")
    aimux.wait_until_live(terminal)
    assert not path.exists()


def test_a_name_from_a_person_holds_no_control_character(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24")
    for words in (("rename-window", "a\033]2;x\ab\nc"), ("rename-session", "a\033[31mb\nc")):
        aimux.run(*words)
        name = aimux.ask("#{window_name} #{session_name}")
        assert all(character >= " " for character in name), words
    assert "\033" not in aimux.run("list-sessions").stdout
    assert "\033" not in aimux.run("list-windows").stdout
