"""Paths that tools print, as a person would write them."""

from collections.abc import Sequence

from aimux.semantic.result import Problem

_LIBRARIES = (
    "/site-packages/",
    "/dist-packages/",
    "/node_modules/",
    "/lib/python",
    "/usr/lib/",
    "/usr/include/",
    "/.cargo/registry/",
    "/rustc/",
    "/go/pkg/mod/",
    "/usr/local/go/",
)


class Shortened:
    """Paths as a person in the command's directory writes them.

    Args:
        problems: All that were found: without a directory, what their paths share is left out.
        words: The command's words; a file that is named there is called so.
        directory: Where the command ran, if that is known.
    """

    def __init__(
        self, problems: Sequence[Problem], words: Sequence[str], directory: str | None
    ) -> None:
        self._words = [word for word in words if not word.startswith("-")]
        self._directory = directory.rstrip("/") + "/" if directory else None
        own = [each.path for each in problems if each.path.startswith("/") and is_own(each.path)]
        self._common = _common_directory(own)

    def __call__(self, path: str) -> str:
        """`path` as such a person writes it."""
        path = path.removeprefix("./")
        if not path.startswith("/"):
            return path
        if self._directory and path.startswith(self._directory):
            return path[len(self._directory) :]
        for word in self._words:
            if path.endswith("/" + word.removeprefix("./")):
                return word.removeprefix("./")
        if self._common and path.startswith(self._common):
            return path[len(self._common) :]
        return path


def is_own(path: str) -> bool:
    """Whether the file is no library's and no interpreter's, as far as its name says."""
    return bool(path) and path[0] != "<" and not any(each in path for each in _LIBRARIES)


def _common_directory(paths: Sequence[str]) -> str:
    """The directory that all stand in, with its slash; "" if that is no more than `/`."""
    if not paths:
        return ""
    first, last = min(paths), max(paths)
    length = 0
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        length += 1
    return first[: first.rfind("/", 0, length) + 1] if length > 1 else ""
