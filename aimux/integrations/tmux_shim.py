"""Makes a program called `tmux` that is aimux, for what looks for tmux on PATH.

The program is a script of four lines. It names this Python and this installation, so that Python
need not look for either: a command of a few milliseconds is called thousands of times.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from aimux.errors import PathError

NAME = "tmux"
MARK = "# This tmux is aimux (aimux shim)."
MODE = 0o755
MAX_INTERPRETER_LINE = 127  # characters of a #! line that every Linux reads: execve(2)

_SCRIPT = """\
{first_line}
{mark}
import sys
sys.path[:] = {path}
from aimux.cli import main
sys.exit(main(program="tmux"))
"""
# What the shell runs for an interpreter that no #! line can name; to Python it is a string.
_BY_SHELL = "#!/bin/sh\n'''exec' {interpreter} -IS \"$0\" \"$@\"\n' '''"


def make_shim(directory: Path) -> Path:
    """Write the program into a directory, which is made if it is missing.

    Returns:
        The program's path.

    Raises:
        PathError: It cannot be written, or a `tmux` that is not ours stands there.
    """
    path = directory / NAME
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not _is_ours(path):
            raise PathError(f"{path} exists and is not aimux's")
        _replace(path, shim_script(sys.executable, module_path(sys.path)))
    except OSError as error:
        raise PathError(f"couldn't write {path} ({error.strerror})") from error
    return path


def shim_script(interpreter: str, module_path: Sequence[str]) -> str:
    """The program's text.

    Args:
        interpreter: The Python that runs it, absolute.
        module_path: Where that Python finds its modules, and aimux.
    """
    line = f"#!{interpreter} -IS"
    if len(line) > MAX_INTERPRETER_LINE or " " in interpreter:
        quoted = "'" + interpreter.replace("'", "'\"'\"'") + "'"
        line = _BY_SHELL.format(interpreter=quoted)
    return _SCRIPT.format(first_line=line, mark=MARK, path=ascii(list(module_path)))


def module_path(found: Sequence[str]) -> list[str]:
    """The absolute places of modules; of the working directory only what is imported from it."""
    package = str(Path(__file__).resolve().parents[2])
    places = [place for place in found if Path(place).is_absolute()]
    return list(dict.fromkeys(places if package in places else [*places, package]))


def _is_ours(path: Path) -> bool:
    """Whether a file may be replaced: there is none, or aimux wrote it."""
    if not os.path.lexists(path):
        return True
    try:
        return path.is_file() and MARK in path.read_text(errors="replace")[:2000]
    except OSError:
        return False


def _replace(path: Path, text: str) -> None:
    """Write a program whole: it may be running, and be started, at any moment."""
    new = path.with_name(f".{NAME}.{os.getpid()}")
    new.write_text(text)
    new.chmod(MODE)
    new.replace(path)
