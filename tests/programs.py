"""Programs that tests run for real."""

import os
import shutil
import subprocess

import pytest


def without(reason: str) -> None:
    """Skip the test for what this machine lacks; with AIMUX_TEST_EVERYTHING=1, as in CI, fail."""
    if os.environ.get("AIMUX_TEST_EVERYTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def needs(*names: str) -> None:
    """Go on only if these programs are installed; see `without`."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        without(f"not installed: {', '.join(missing)}")


def tmux_3_3a() -> str:
    """The path of the tmux that is the specification; see `without` if it is not there."""
    program = shutil.which("tmux") or ""
    if not program or "3.3a" not in subprocess.check_output([program, "-V"], text=True):
        without("needs tmux 3.3a")
    return program
