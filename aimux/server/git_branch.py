"""What git has checked out in a directory, read from its files: no process is started."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_UP = 64
MAX_FILE = 4096
_REFERENCE = "ref: refs/heads/"


def git_branch(path: str) -> str:
    """The branch, the first letters of the commit where there is none, or "" outside of git.

    It reads files, at most a few per directory above; call it where that may wait.
    """
    if not path.startswith("/"):
        return ""
    directory = Path(path)
    for place in [directory, *directory.parents][:MAX_UP]:
        head = _read(place / ".git" / "HEAD") or _head_elsewhere(place / ".git")
        if head:
            return _name(head)
    return ""


def _head_elsewhere(file: Path) -> str:
    """HEAD of a worktree or a submodule, whose `.git` is a file that says where it is."""
    where = _read(file)
    if not where.startswith("gitdir: "):
        return ""
    return _read(file.parent / where.removeprefix("gitdir: ") / "HEAD")


def _name(head: str) -> str:
    if head.startswith(_REFERENCE):
        return head.removeprefix(_REFERENCE)[:200]
    return head[:12] if len(head) >= 40 and head.isalnum() else ""


def _read(path: Path) -> str:
    """A small regular file's text without blanks at its end; "" if it is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return os.read(descriptor, MAX_FILE).decode("utf-8", "replace").strip()
    except OSError:
        return ""
    finally:
        os.close(descriptor)
