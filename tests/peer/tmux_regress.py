"""tmux's own regression tests: shell scripts that drive the program that TEST_TMUX names."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.peer.running import Outcome

REPOSITORY = "https://github.com/tmux/tmux"
SECONDS_A_SCRIPT = 180
SHELL = "bash"  # several scripts need an `echo -e` that Debian's sh has not


def scripts(repository: str, release: str, cache: Path) -> Path:
    """The directory of a release's scripts, cloned once.

    Args:
        repository: An address or a directory that git clones.
        release: A tag or a branch.
        cache: Where clones are kept.

    Raises:
        subprocess.CalledProcessError: git could not get it.
    """
    place = cache / f"tmux-{release}"
    if not (place / "regress").is_dir():
        words = ["git", "clone", "--quiet", "--depth", "1", "--branch", release]
        subprocess.run([*words, repository, place], check=True)
    return place / "regress"


def run_scripts(
    directory: Path, tmux: Path, chosen: Sequence[str], variables: Mapping[str, str]
) -> Outcome:
    """Run scripts one after another, each with sockets, a home and a time limit of its own.

    Args:
        directory: Where they lie.
        tmux: The program that they test.
        chosen: Their names, without `.sh`; all if there are none.
        variables: Set for each beside what it is given.
    """
    names = list(chosen) or sorted(path.stem for path in directory.glob("*.sh"))
    failed = tuple(name for name in names if not _passes(directory, name, tmux, variables))
    return Outcome(len(names) - len(failed), 0, failed)


def _passes(directory: Path, name: str, tmux: Path, variables: Mapping[str, str]) -> bool:
    with tempfile.TemporaryDirectory(prefix="tr", ignore_cleanup_errors=True) as place:
        environment = {
            "PATH": os.environ["PATH"],
            "LC_CTYPE": "C.UTF-8",
            "SHELL": "/bin/sh",
            "TEST_TMUX": str(tmux),
            **dict.fromkeys(("HOME", "TMPDIR", "TMUX_TMPDIR"), place),
            **variables,
        }
        process = subprocess.Popen(
            [SHELL, f"{name}.sh"],
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        passes = _ends_well(process)
        for socket in _sockets(Path(place)):
            words = [tmux, "-S", socket, "kill-server"]
            subprocess.run(words, env=environment, capture_output=True, check=False)
        return passes


def _ends_well(process: subprocess.Popen[bytes]) -> bool:
    try:
        return process.wait(SECONDS_A_SCRIPT) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def _sockets(place: Path) -> Iterator[Path]:
    """The sockets of servers that a script left running."""
    for path in place.rglob("*"):
        try:
            if stat.S_ISSOCK(path.lstat().st_mode):
                yield path
        except OSError:
            continue
