"""`aimux agent setup [KIND] [--undo] [--dry-run]`: the hooks of agents, put into their files.

What a file held before is kept in the state directory. `--undo` gives it back byte for byte where
nobody has written to the file since; else it takes our parts out and leaves the rest, unless those
very parts were changed: then a person has to look.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from aimux.agents.kinds import shipped_kinds
from aimux.errors import LinkError, ParseError
from aimux.integrations.agent_hooks import SETTINGS, Setting
from aimux.paths import make_state_directory

USAGE = "usage: aimux agent setup [kind] [--undo] [--dry-run]"
FLAGS = ("--undo", "--dry-run")
DIRECTORY = "setup"
MAX_FILE = 4 << 20


def main(words: Sequence[str]) -> int:
    """Answer the words after `aimux agent setup`; returns the exit status.

    Raises:
        AimuxError: A kind is not known, or a file cannot be read, changed or restored.
    """
    flags = [word for word in words if word in FLAGS]
    kinds = [word for word in words if word not in FLAGS]
    unknown = [kind for kind in kinds if kind not in SETTINGS]
    if len(kinds) > 1 or any(kind.startswith("-") for kind in unknown):
        raise LinkError(USAGE)
    if unknown:
        raise LinkError(f"no setup for {unknown[0]} (one of {', '.join(SETTINGS)})")
    is_undo, is_dry = "--undo" in flags, "--dry-run" in flags
    for kind in kinds or _kinds_here(is_undo=is_undo):
        change = _Change(SETTINGS[kind], os.environ)
        sys.stdout.write(change.undo(is_dry=is_dry) if is_undo else change.do(is_dry=is_dry))
    return 0


def _kinds_here(*, is_undo: bool) -> list[str]:
    """The kinds whose programs are in PATH, or, to undo, that were set up. Raises LinkError."""
    if is_undo:
        found = [name for name, one in SETTINGS.items() if _Change(one, os.environ).is_done]
    else:
        kinds = shipped_kinds()
        found = [
            name
            for name in SETTINGS
            if any(shutil.which(program) for program in kinds[name].process.programs)
        ]
    if not found:
        raise LinkError("nothing was set up" if is_undo else "no agent that can be set up in PATH")
    return found


class _Change:
    """One file, as it is, as it was and as it is to be."""

    def __init__(self, setting: Setting, environment: Mapping[str, str]) -> None:
        self._setting = setting
        self.path = _path(setting, environment)
        self._kept = Path(make_state_directory(environment), DIRECTORY)
        self._before = self._kept / f"{setting.kind}.before"
        self._note = self._kept / f"{setting.kind}.json"

    @property
    def is_done(self) -> bool:
        """Whether the kind was set up."""
        return self._note.exists()

    def do(self, *, is_dry: bool) -> str:
        """Put our parts in; returns the difference, for people."""
        before = _bytes(self.path)
        text = self._text(before)
        after = self._edited(text)
        if after == text:
            return f"{self.path}: as it should be\n"
        told = _difference(self.path, text, after)
        if not is_dry:
            self._keep_if_news(before, text)
            _replace(self.path, after.encode(), expected=before)
            self._remember(after, existed=self._existed(before))
        return told

    def undo(self, *, is_dry: bool) -> str:
        """Give back what was; returns the difference, for people. Raises LinkError."""
        if not self.is_done:
            raise LinkError(f"{self._setting.kind} was not set up")
        note = json.loads(self._note.read_text())
        current = _bytes(self.path)
        text = self._text(current)
        after = self._restored(current, text, note)
        told = _difference(self.path, text, "" if after is None else after.decode())
        if not is_dry:
            _replace(self.path, after, expected=current)
            for path in (self._before, self._note):
                path.unlink(missing_ok=True)
        return told

    def _restored(
        self, current: bytes | None, text: str, note: Mapping[str, object]
    ) -> bytes | None:
        """The file's bytes without our parts; None for no file."""
        before = self._before.read_bytes() if note["existed"] else None
        if current is None or text == note["written"]:
            return before if current is not None else None
        try:
            if self._setting.parts(text) != self._setting.parts(str(note["written"])):
                raise LinkError(f"{self.path}: what aimux wrote was changed; nothing was undone")
            return self._setting.remove(text).encode() or None
        except ParseError as error:
            raise LinkError(f"{self.path}: {error}") from error

    def _existed(self, before: bytes | None) -> bool:
        if self._note.exists():
            return bool(json.loads(self._note.read_text())["existed"])
        return before is not None

    def _keep_if_news(self, before: bytes | None, text: str) -> None:
        """Keep what the file is without us, unless it is as we wrote it."""
        if not self.is_done:
            self._keep(before)
        elif text != json.loads(self._note.read_text())["written"]:
            self._keep(self._setting.remove(text).encode())

    def _keep(self, before: bytes | None) -> None:
        self._kept.mkdir(mode=0o700, exist_ok=True)
        _replace(self._before, before or b"", expected=_bytes(self._before))

    def _remember(self, written: str, *, existed: bool) -> None:
        note = json.dumps({"written": written, "existed": existed})
        _replace(self._note, note.encode(), expected=_bytes(self._note))

    def _text(self, data: bytes | None) -> str:
        try:
            return (data or b"").decode()
        except UnicodeDecodeError as error:
            raise LinkError(f"{self.path}: not UTF-8") from error

    def _edited(self, text: str) -> str:
        try:
            return self._setting.add(text)
        except ParseError as error:
            raise LinkError(f"{self.path}: {error}; nothing was changed") from error


def _path(setting: Setting, environment: Mapping[str, str]) -> Path:
    variable, below, at_home = setting.directory
    moved = environment.get(variable) if variable else None
    found = Path(moved, below) if moved else Path(environment.get("HOME", "/"), at_home)
    return found.resolve()  # a link into a person's dotfiles stays one


def _bytes(path: Path) -> bytes | None:
    """A file's content; None if there is none. Raises LinkError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LinkError(f"{path}: {error.strerror}") from error
    if len(data) > MAX_FILE:
        raise LinkError(f"{path}: too large")
    return data


def _replace(path: Path, data: bytes | None, *, expected: bytes | None) -> None:
    """Write a file whole or not at all; with None it goes. Raises LinkError.

    Args:
        path: The file.
        data: Its new content.
        expected: What it holds now: if it does not, somebody else writes to it, too.
    """
    if _bytes(path) != expected:
        raise LinkError(f"{path}: was changed meanwhile; nothing was written")
    try:
        if data is None:
            path.unlink(missing_ok=True)
        else:
            _write(path, data)
    except OSError as error:
        raise LinkError(f"{path}: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        Path(name).replace(path)
    except OSError:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _difference(path: Path, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), str(path), str(path), lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
