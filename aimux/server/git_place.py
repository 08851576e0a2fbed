"""Which repository a directory is in, found by looking for `.git`: no process is started."""

from __future__ import annotations

from pathlib import Path

MAX_UP = 64


def git_top(path: str) -> str:
    """The top directory of the worktree that an absolute path is in; "" outside of git."""
    if not path.startswith("/"):
        return ""
    directory = Path(path)
    for place in [directory, *directory.parents][:MAX_UP]:
        try:
            if (place / ".git").exists():
                return str(place)
        except OSError:
            return ""
    return ""
