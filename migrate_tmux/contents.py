"""What a pane showed before: kept in a file until the new pane has shown it."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from aimux.errors import PathError
from migrate_tmux.session_plan import SessionPlan

MAXIMUM_CONTENTS = 16 << 20  # bytes of one pane's scrollback
MAXIMUM_SAVED = 256 << 20  # bytes of all that are read from an archive
ARCHIVE = "pane_contents.tar.gz"  # as tmux-resurrect calls it, beside its save files
NEWEST = "last"  # its link to the newest save file, whose panes the archive holds
_PREFIX = "pane-"


def keep_contents(directory: Path, data: bytes) -> Path:
    """Write what a pane shows into a private file of its own, which the pane removes.

    Args:
        directory: Where; private.
        data: Text with colours; of much only the end is kept, from a line's start.
    """
    if len(data) > MAXIMUM_CONTENTS:
        data = data[-MAXIMUM_CONTENTS:].partition(b"\n")[2]
    with tempfile.NamedTemporaryFile(dir=directory, prefix=_PREFIX, delete=False) as file:
        file.write(data + b"\033[m\n")  # no colour goes on behind it
    return Path(file.name)


def forget_contents(plan: SessionPlan) -> None:
    """Remove the files of panes that will not be there to do it."""
    for window in plan.windows:
        for pane in window.panes:
            if pane.contents is not None:
                pane.contents.unlink(missing_ok=True)


def saved_contents(save_file: Path) -> Mapping[str, bytes]:
    """What tmux-resurrect kept of the panes of a save file, by `SESSION:WINDOW.PANE`.

    It keeps one archive, of its newest save: for an older file there is nothing.

    Raises:
        PathError: The archive cannot be read.
    """
    archive = save_file.parent / ARCHIVE
    newest = save_file.parent / NEWEST
    if not archive.is_file() or (newest.exists() and not newest.samefile(save_file)):
        return {}
    try:
        with tarfile.open(archive, "r:gz") as file:
            return _panes(file)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise PathError(f"{archive}: {error}") from error


def _panes(file: tarfile.TarFile) -> dict[str, bytes]:
    """The archive's members that are panes; nothing is unpacked to where it says."""
    found: dict[str, bytes] = {}
    left = MAXIMUM_SAVED
    for member in file:
        name = PurePosixPath(member.name).name
        left -= member.size
        if left < 0:
            raise tarfile.TarError("it is too large")
        content = file.extractfile(member) if member.isreg() else None
        if content is not None and name.startswith(_PREFIX):
            found[name.removeprefix(_PREFIX)] = content.read(member.size)
    return found
