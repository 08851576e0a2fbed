from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from aimux.pty.foreground import command_line, command_name, foreground_command, foreground_path
from tests.pty.conftest import Starter


def test_the_foreground_command_follows_the_job(start: Starter, tmp_path: Path) -> None:
    shell = start(
        "-bash", "--noprofile", "--noediting", executable="bash", environment={"PS1": "> "}
    )
    shell.wait_for(b"> ")
    fd = shell.process.fd
    assert foreground_command(fd) == "bash"
    assert foreground_path(fd) == "/"
    shell.process.write(
        f'(cd {tmp_path} && exec python3 -c \'print("wa" + "iting"); input()\')\n'.encode()
    )
    shell.wait_for(b"waiting")
    assert foreground_command(fd) == "python3"
    assert foreground_path(fd) == str(tmp_path)


def test_a_deleted_directory_is_named_as_the_kernel_does(start: Starter, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = start("cat", cwd=str(gone))
    gone.rmdir()
    assert foreground_path(program.process.fd) == f"{gone} (deleted)"


def test_a_zombie_has_no_command_and_a_closed_terminal_none_either(start: Starter) -> None:
    program = start("true")
    os.waitid(os.P_PID, program.process.pid, os.WEXITED | os.WNOWAIT)
    assert foreground_command(program.process.fd) is None
    assert foreground_path(program.process.fd) is None
    assert foreground_command(-1) is None
    assert foreground_path(-1) is None


def test_a_command_line_may_hold_anything(start: Starter) -> None:
    program = start("sh", "-c", "read x", "\n b", "")
    assert command_line(program.process.pid) == ("sh", "-c", "read x", "\n b", "")
    assert command_line(2) == ()  # a kernel thread, or none of ours at all


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("-bash", "bash"),
        ("/usr/bin/vim", "vim"),
        ("exec less x", "less"),
        ('"quoted name" rest', "quoted"),
        ("x/y", "x/y"),
        ("a\x01", "a"),
        ("/usr/bin/", "bin"),
        ("/", "/"),
        ("  -- x", "x"),
        ("", ""),
    ],
)
def test_a_short_name_is_made_as_tmux_makes_it(text: str, name: str) -> None:
    assert command_name(text) == name


def test_a_command_is_named_as_in_tmux(start: Starter, tmp_path: Path) -> None:
    script = tmp_path / "odd name"
    script.write_text("#!/bin/sh\necho ready; read x\n")
    script.chmod(0o755)
    program = start(str(script))
    program.wait_for(b"ready")
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", f"exec '{script}'; read x"], check=True)
    try:
        asked = [*tmux, "display-message", "-p", "#{pane_current_command}"]
        names: set[str] = set()
        while "sh" not in names:  # until it has become the script
            names.add(subprocess.check_output(asked, text=True).strip())
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)
    assert foreground_command(program.process.fd) in names
