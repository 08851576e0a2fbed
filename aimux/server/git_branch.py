"""What git has checked out in a directory, read from its files: no process is started."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_UP = 64
MAX_FILE = 4096
MAX_PACKED = 1 << 20
"""Bytes of git's list of branches that are looked through."""
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


def git_commit(path: str) -> str:
    """The whole name of the commit that is checked out in a directory; "" if there is none."""
    if not path.startswith("/"):
        return ""
    directory = Path(path)
    for place in [directory, *directory.parents][:MAX_UP]:
        own = _git_directory(place / ".git")
        head = _read(own / "HEAD") if own is not None else ""
        if own is not None and head:
            return _commit(own, head)
    return ""


def _git_directory(file: Path) -> Path | None:
    """Where a worktree's own HEAD is; None if this is no `.git`."""
    if file.is_dir():
        return file
    where = _read(file)
    return file.parent / where.removeprefix("gitdir: ") if where.startswith("gitdir: ") else None


def _commit(own: Path, head: str) -> str:
    """What a HEAD means: worktrees have their branches in the directory of the first one."""
    if not head.startswith("ref: "):
        return head if _is_commit(head) else ""
    name = head.removeprefix("ref: ")
    if ".." in name.split("/"):
        return ""
    shared = own / (_read(own / "commondir") or ".")
    found = _read(own / name) or _read(shared / name) or _packed(shared, name)
    return found if _is_commit(found) else ""


def _packed(shared: Path, name: str) -> str:
    lines = _read(shared / "packed-refs", limit=MAX_PACKED).splitlines()
    return next((line[: -len(name) - 1] for line in lines if line.endswith(f" {name}")), "")


def _is_commit(text: str) -> bool:
    return len(text) in (40, 64) and text.isalnum()


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


def _read(path: Path, *, limit: int = MAX_FILE) -> str:
    """A small regular file's text without blanks at its end; "" if it is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return os.read(descriptor, limit).decode("utf-8", "replace").strip()
    except OSError:
        return ""
    finally:
        os.close(descriptor)
