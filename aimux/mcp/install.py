"""`aimux mcp install [--undo] [--dry-run] [kind ...]`: makes agents start `aimux mcp`.

What was put into a file is remembered in the state directory, so that `--undo` gives back the file
byte for byte. If the agent has written the file since, only what was put in is taken out, and only
if it stands there unchanged.
"""

from __future__ import annotations

import difflib
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from aimux.errors import LinkError
from aimux.mcp import settings_file
from aimux.mcp.registrations import REGISTRATIONS, Environment, Registration
from aimux.mcp.settings_file import Settings
from aimux.paths import home_directory, make_state_directory, state_directory

USAGE = f"usage: aimux mcp install [--undo] [--dry-run] [{'|'.join(REGISTRATIONS)} ...]"
FLAGS = ("--undo", "--dry-run")
CONTEXT_LINES = 2


@dataclass(frozen=True, slots=True)
class _Installed:
    """What was done to a file.

    Attributes:
        path: The file.
        before: What it held; None if there was none.
        added: The bytes that were put in.
        at: Where.
        entry: What they say of aimux.
        made: How many objects around it were put in with it.
    """

    path: Path
    before: bool
    added: bytes
    at: int
    entry: Mapping[str, object]
    made: int


def run(words: Sequence[str], environment: Environment) -> int:
    """Install or undo; prints what it does. The exit status is 1 if something could not be done.

    Args:
        words: Behind `aimux mcp`.
        environment: Says where agents keep their settings.

    Raises:
        LinkError: The command line is wrong.
    """
    flags = [word for word in words[1:] if word.startswith("-")]
    kinds = [word for word in words[1:] if not word.startswith("-")]
    unknown = [word for word in (*flags, *kinds) if word not in (*FLAGS, *REGISTRATIONS)]
    if words[0] != "install" or unknown:
        said = f"unknown: {unknown[0]}\n" if unknown else ""
        raise LinkError(f"{said}{USAGE}")
    home = home_directory(environment)
    if home is None:
        raise LinkError("no home directory")
    work = _Work(environment, Path(home), is_dry="--dry-run" in flags)
    step = work.undo if "--undo" in flags else work.install
    failed = [kind for kind in kinds or work.found(step) if not _reported(step, kind)]
    return 1 if failed else 0


def _reported(step: Callable[[Registration], str], kind: str) -> bool:
    try:
        sys.stdout.write(step(REGISTRATIONS[kind]))
    except LinkError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{kind}: {error}\n")
        return False
    return True


class _Work:
    """The steps for one kind, each of which says what it did."""

    def __init__(self, environment: Environment, home: Path, *, is_dry: bool) -> None:
        self._environment = environment
        self._home = home
        self._is_dry = is_dry

    def found(self, step: Callable[[Registration], str]) -> list[str]:
        """The kinds that are meant where none is named. Raises LinkError if there is none."""
        is_meant = self._is_noted if step == self.undo else self._is_used
        kinds = [kind for kind, row in REGISTRATIONS.items() if is_meant(row)]
        if not kinds:
            raise LinkError(f"no agent found to do this for; name one: {', '.join(REGISTRATIONS)}")
        return kinds

    def install(self, row: Registration) -> str:
        """Put aimux into the settings of a kind."""
        before = settings_file.read(row.file(self._environment, self._home))
        text = before.text
        entry = row.entry(own_command())
        after = row.format.add(text, row.path, entry)
        _require_only_addition(row, text, after)
        added, at = _difference(text.encode(), after.encode())
        if not self._is_dry:
            made = _missing(row, text)
            note = _Installed(before.path, before.data is not None, added, at, entry, made)
            self._write(row, note, before, after.encode())
        return _report(row, before, after)

    def _write(self, row: Registration, note: _Installed, before: Settings, after: bytes) -> None:
        """The note comes first: what cannot be undone is not done."""
        file = self._note_file(row, make=True)
        try:
            file.write_text(_note_text(note))
            settings_file.replace(before, after)
        except OSError as error:
            raise LinkError(f"cannot write {file} ({error.strerror})") from error
        except LinkError:
            file.unlink(missing_ok=True)
            raise

    def undo(self, row: Registration) -> str:
        """Take out of the settings of a kind what `install` put in."""
        note = self._note(row)
        before = settings_file.read(note.path)
        if before.data is None:
            raise LinkError(f"{note.path} is not there any more")
        after = _without(row, before, note)
        if after.strip() and row.format.value_at(after.decode(), row.path) is not None:
            raise LinkError(f"{note.path} has aimux twice: take it out by hand")
        if not self._is_dry:
            gone = not note.before and not after
            settings_file.replace(before, None if gone else after)
            self._note_file(row).unlink(missing_ok=True)
        return _report(row, before, after.decode())

    def _is_used(self, row: Registration) -> bool:
        return row.is_used(self._environment, self._home)

    def _is_noted(self, row: Registration) -> bool:
        return self._note_file(row).exists()

    def _note_file(self, row: Registration, *, make: bool = False) -> Path:
        place = make_state_directory if make else state_directory
        return Path(place(self._environment) or "/", f"mcp-{row.kind}.json")

    def _note(self, row: Registration) -> _Installed:
        file = self._note_file(row)
        try:
            said = json.loads(file.read_bytes())
            return _Installed(
                path=Path(said["path"]),
                before=bool(said["before"]),
                added=said["added"].encode("latin-1"),
                at=int(said["at"]),
                entry=dict(said["entry"]),
                made=int(said["made"]),
            )
        except FileNotFoundError as error:
            raise LinkError("aimux has not been installed there") from error
        except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
            raise LinkError(f"cannot read {file} ({error})") from error


def own_command() -> list[str]:
    """The words that start `aimux mcp`, whatever the agent's PATH is."""
    program = shutil.which("aimux")
    found = [str(Path(program).absolute())] if program else [sys.executable, "-m", "aimux"]
    return [*found, "mcp"]


def _require_only_addition(row: Registration, text: str, after: str) -> None:
    """Raise LinkError unless the new text says all that the old one said, and aimux."""
    old = row.format.value_at(text, ()) if text.strip() else {}
    if not _holds(row.format.value_at(after, ()), old):
        raise LinkError("cannot be changed without changing what else it says")


def _holds(new: object, old: object) -> bool:
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return all(name in new and _holds(new[name], value) for name, value in old.items())
    return new == old


def _difference(before: bytes, after: bytes) -> tuple[bytes, int]:
    """What was put in, in one piece, and where. Raises LinkError if more than that was done."""
    same = (one == other for one, other in zip(before, after, strict=False))
    at = next((place for place, is_same in enumerate(same) if not is_same), len(before))
    added = after[at : at + len(after) - len(before)]
    if after[:at] + after[at + len(added) :] != before:
        raise LinkError("cannot be changed in one place")
    return added, at


def _missing(row: Registration, text: str) -> int:
    """How many of the objects around the entry are not there."""
    around = range(1, len(row.path))
    known = (row.format.value_at(text, row.path[:depth]) for depth in around if text.strip())
    return len(around) - sum(value is not None for value in known)


def _without(row: Registration, settings: Settings, note: _Installed) -> bytes:
    """The file without what was put in. Raises LinkError if that is not there as it was put in."""
    data, text = settings.data or b"", settings.text
    if data[note.at : note.at + len(note.added)] == note.added:
        return data[: note.at] + data[note.at + len(note.added) :]
    if data.count(note.added) == 1:
        return data.replace(note.added, b"")
    # The agent has written the file anew in its own manner.
    if row.format.value_at(text, row.path) != note.entry:
        raise LinkError(f"{note.path} says something else of aimux now: take it out by hand")
    text = row.format.remove(text, row.path)
    for depth in range(len(row.path) - 1, len(row.path) - 1 - note.made, -1):
        if row.format.value_at(text, row.path[:depth]) == {}:
            text = row.format.remove(text, row.path[:depth])
    return text.encode()


def _note_text(note: _Installed) -> str:
    added = note.added.decode("latin-1")  # it may begin or end inside a character
    return json.dumps({**asdict(note), "path": str(note.path), "added": added})


def _report(row: Registration, before: Settings, after: str) -> str:
    lines = difflib.unified_diff(
        before.text.splitlines(keepends=True),
        after.splitlines(keepends=True),
        str(before.path),
        str(before.path),
        n=CONTEXT_LINES,
    )
    ended = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
    return f"{row.kind}:\n{ended}"
