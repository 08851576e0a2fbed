from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.errors import PathError
from aimux.integrations.tmux_shim import make_shim, shim_script


def version_of(program: Path, **settings: str) -> tuple[int, str]:
    """What `-V` prints where no server runs."""
    environment = {"AIMUX_TMPDIR": str(program.parent), "PATH": os.environ["PATH"], **settings}
    done = subprocess.run(
        [program, "-V"], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_program_answers_as_tmux(tmp_path: Path) -> None:
    program = make_shim(tmp_path / "bin")
    assert program == tmp_path / "bin" / "tmux"
    assert version_of(program) == (0, "tmux 3.3a\n")


def test_the_version_without_a_server_is_the_environments(tmp_path: Path) -> None:
    program = make_shim(tmp_path)
    assert version_of(program, AIMUX_TMUX_VERSION="3.7c") == (0, "tmux 3.7c\n")
    for wrong in ("\x1b]0;x1\x07", "master", ""):
        assert version_of(program, AIMUX_TMUX_VERSION=wrong) == (0, "tmux 3.3a\n")


def test_a_link_of_any_name_is_tmux_too(tmp_path: Path) -> None:
    link = tmp_path / "mux"
    link.symlink_to(make_shim(tmp_path / "bin"))
    assert version_of(link) == (0, "tmux 3.3a\n")


def test_an_interpreter_that_no_first_line_can_name_is_found(tmp_path: Path) -> None:
    directory = tmp_path / ("it's a long name " + "x" * 150)
    directory.mkdir()
    interpreter = directory / "python"
    interpreter.symlink_to(sys.executable)
    program = tmp_path / "tmux"
    program.write_text(shim_script(str(interpreter), [one for one in sys.path if one]))
    program.chmod(0o755)
    assert version_of(program) == (0, "tmux 3.3a\n")


def test_an_older_program_is_replaced_and_another_one_is_not(tmp_path: Path) -> None:
    program = make_shim(tmp_path)
    program.write_text(program.read_text() + "# older\n")
    assert "older" not in make_shim(tmp_path).read_text()
    program.write_text("#!/bin/sh\necho the real tmux\n")
    with pytest.raises(PathError, match="exists and is not aimux's"):
        make_shim(tmp_path)
    program.unlink()
    program.symlink_to("/no/such/tmux")
    with pytest.raises(PathError, match="exists and is not aimux's"):
        make_shim(tmp_path)


def test_a_directory_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PathError, match=r"couldn't write .*tmux \(Not a directory\)"):
        make_shim(tmp_path / "file" / "bin")
