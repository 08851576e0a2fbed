"""Reads configuration files as the server would, but runs nothing of them."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator, Mapping
from pathlib import Path

from aimux.commands.build import Language
from aimux.commands.configuration import is_toml, read_configuration
from aimux.commands.table import COMMANDS
from aimux.doctor.findings import Finding, Mark
from aimux.errors import AimuxError, CommandError
from aimux.security.clean import clean

SECTION = "configuration"
MAX_FILE = 1 << 20
MAX_ERRORS = 20


class Reader:
    """What parsing asks of the world: this process's environment; conditions are false."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)

    def lookup_environment(self, name: str) -> str | None:
        """A variable of this process, or one that the file assigned."""
        return self._environment.get(name)

    def home(self, user: str | None) -> str | None:
        """A home directory, or None."""
        if user is None:
            return self._environment.get("HOME")
        try:
            return pwd.getpwnam(user).pw_dir
        except KeyError:
            return None

    def expand_condition(self, text: str) -> str:
        """No condition holds: what depends on a server is not looked at."""
        return ""

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        """An assignment counts for the rest of the file."""
        self._environment[name] = value


def configuration_findings(
    paths: tuple[str, ...], environment: Mapping[str, str]
) -> Iterator[Finding]:
    """Each configuration file, and what is wrong in it."""
    if not paths:
        yield Finding(SECTION, "files", Mark.OK, "none")
    language = Language(tuple(COMMANDS.values()), Reader(environment))
    for path in paths:
        errors = _errors(path, language)
        if not errors:
            yield Finding(SECTION, "file", Mark.OK, clean(path))
        for error in errors[:MAX_ERRORS]:
            advice = "correct the line, then: aimux source-file " + clean(path)
            yield Finding(SECTION, "file", Mark.FAIL, clean(error), advice)


def _errors(path: str, language: Language) -> list[str]:
    try:
        text = _read(path)
        if is_toml(path):
            return read_configuration(language, text, source=path, read_file=_read).errors
        language.read_file(text, source=path)
    except AimuxError as error:
        return [str(error)]
    return []


def _read(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return os.fsdecode(file.read(MAX_FILE))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
