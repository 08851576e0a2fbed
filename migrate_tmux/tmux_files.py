"""The files of a tmux configuration: where tmux looks, what a pattern matches, what they hold."""

from __future__ import annotations

import glob
from collections.abc import Mapping
from pathlib import Path

from aimux.errors import PathError
from aimux.paths import home_directory

MAXIMUM_BYTES = 1 << 20
MAXIMUM_FILES = 200
SYSTEM_FILE = "/etc/tmux.conf"


class TmuxFiles:
    """Reads configuration files of the user whose environment is given."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.home = (home_directory(environment) or "/").rstrip("/") or "/"
        base = environment.get("XDG_CONFIG_HOME", "")
        self._config = base.rstrip("/") if base.startswith("/") else f"{self.home}/.config"
        self._variables = {"HOME": self.home} | (
            {"XDG_CONFIG_HOME": self._config} if base.startswith("/") else {}
        )

    @property
    def variables(self) -> dict[str, str]:
        """The variables by which a file's place may be named without depending on the machine."""
        return self._variables

    def default(self) -> str:
        """The file that tmux would read: the user's before the system's.

        Raises:
            PathError: There is none; the text lists where it was looked for.
        """
        places = [
            f"{self.home}/.tmux.conf",
            f"{self._config}/tmux/tmux.conf",
            f"{self.home}/.config/tmux/tmux.conf",
            SYSTEM_FILE,
        ]
        for place in places:
            if Path(place).is_file():
                return place
        raise PathError(f"no tmux.conf found: looked for {', '.join(dict.fromkeys(places))}")

    def read(self, path: str) -> str:
        """The text of a file.

        Raises:
            PathError: `FILE: reason`.
        """
        try:
            with Path(path).open("rb") as file:
                data = file.read(MAXIMUM_BYTES + 1)
        except OSError as error:
            raise PathError(f"{path}: {error.strerror}") from error
        if len(data) > MAXIMUM_BYTES:
            raise PathError(f"{path}: file is too big")
        return data.decode("utf-8", "surrogateescape")

    def matching(self, pattern: str) -> list[str]:
        """The files that a pattern of source-file means, sorted; none if there are none."""
        absolute = pattern if pattern.startswith("/") else f"{self.home}/{pattern}"
        found = sorted(glob.glob(absolute))  # noqa: PTH207  # patterns are absolute, as tmux's
        return [path for path in found if Path(path).is_file()][:MAXIMUM_FILES]

    def shown(self, path: str) -> str:
        """A path as people write it, with `~`."""
        inside = self.home != "/" and path.startswith(f"{self.home}/")
        return f"~{path[len(self.home) :]}" if inside else path
