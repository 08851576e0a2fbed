"""Telling of changed files by inotify(7): nothing is polled."""

from __future__ import annotations

import asyncio
import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MAX_DIRECTORIES = 1024
"""Directories that are watched at once; what lies in more is not told of."""
_READ_BYTES = 65_536
_TRIES = 3
_EVENT = struct.Struct("iIII")
_IN_MODIFY, _IN_CLOSE_WRITE, _IN_MOVED_FROM, _IN_MOVED_TO = 0x2, 0x8, 0x40, 0x80
_IN_CREATE, _IN_DELETE, _IN_IGNORED, _IN_ONLYDIR = 0x100, 0x200, 0x8000, 0x0100_0000
_WANTED = (
    _IN_MODIFY
    | _IN_CLOSE_WRITE
    | _IN_MOVED_FROM
    | _IN_MOVED_TO
    | _IN_CREATE
    | _IN_DELETE
    | _IN_ONLYDIR
)


@dataclass(eq=False, slots=True)
class Following:
    """One file that somebody follows.

    Attributes:
        directory: Where it lies, or will.
        name: Its name there.
        changed: Called when it was written, made or deleted; it may not be there.
        at: What is watched for it now: its directory, or the nearest one above that exists, and
            the name that is awaited in that.
    """

    directory: str
    name: str
    changed: Callable[[], None]
    at: tuple[str, str] = ("", "")


@dataclass(slots=True)
class _Directory:
    """A watched directory and who awaits which name in it."""

    number: int
    by_name: dict[str, list[Following]] = field(default_factory=dict)


class FileWatch:
    """Follows files of any number of directories, which need not exist yet.

    Where the kernel gives no inotify, nothing is told.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = -1
        self._directories: dict[str, _Directory] = {}
        self._paths: dict[int, str] = {}

    def follow(self, path: str, changed: Callable[[], None]) -> Following:
        """Call `changed` whenever the file at an absolute path has changed."""
        following = Following(os.path.dirname(path), os.path.basename(path), changed)  # noqa: PTH119, PTH120  # strings all over here
        self._attach(following)
        return following

    def leave(self, following: Following) -> None:
        """Tell no more of a file."""
        directory, name = following.at
        watched = self._directories.get(directory)
        if watched is None:
            return
        waiting = watched.by_name.get(name, [])
        if following in waiting:
            waiting.remove(following)
        if not waiting:
            watched.by_name.pop(name, None)
        if not watched.by_name:
            del self._directories[directory]
            self._paths.pop(watched.number, None)
            self._libc.inotify_rm_watch(self._descriptor, watched.number)

    def close(self) -> None:
        """Tell of nothing any more."""
        if self._descriptor >= 0:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
        self._descriptor = -1
        self._directories.clear()
        self._paths.clear()

    def _attach(self, following: Following) -> None:
        """Watch its directory, or the nearest one above it that exists.

        What is made between a look at a directory and the watch on the one above is told by nobody,
        so it is looked for once more.
        """
        for _ in range(_TRIES):
            self._attach_once(following)
            directory, name = following.at
            if directory in ("", following.directory):
                return
            if not os.path.isdir(f"{directory}/{name}"):  # noqa: PTH112  # strings all over here
                return
            self.leave(following)
        self._attach_once(following)

    def _attach_once(self, following: Following) -> None:
        directory, name = following.directory, following.name
        following.at = "", ""
        while not self._watch(directory):
            above, name = os.path.split(directory)
            if above == directory:
                return
            directory = above
        following.at = directory, name
        self._directories[directory].by_name.setdefault(name, []).append(following)

    def _watch(self, directory: str) -> bool:
        if directory in self._directories:
            return True
        if len(self._directories) >= MAX_DIRECTORIES or not self._is_open():
            return False
        path = os.fsencode(directory)
        number = self._libc.inotify_add_watch(self._descriptor, path, _WANTED)
        if number < 0 or number in self._paths:  # it is none, or another path to a watched one
            return False
        self._directories[directory] = _Directory(number)
        self._paths[number] = directory
        return True

    def _is_open(self) -> bool:
        if self._descriptor < 0:
            self._descriptor = self._libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
            if self._descriptor >= 0:
                self._loop.add_reader(self._descriptor, self._readable)
        return self._descriptor >= 0

    def _readable(self) -> None:
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        for number, name in dict.fromkeys(_events(data)):
            directory = self._paths.get(number)
            if directory is None:
                continue
            if name is None:
                self._lost(directory)
            else:
                self._happened(directory, name)

    def _happened(self, directory: str, name: str) -> None:
        for following in list(self._directories[directory].by_name.get(name, ())):
            if following.directory != directory:
                self.leave(following)
                self._attach(following)
                if following.at[0] != following.directory:
                    continue
            following.changed()
            if directory not in self._directories:
                return

    def _lost(self, directory: str) -> None:
        """The directory has gone: await that it comes back."""
        watched = self._directories.pop(directory)
        self._paths.pop(watched.number, None)
        for following in [one for waiting in watched.by_name.values() for one in waiting]:
            self._attach(following)


def _events(data: bytes) -> Iterator[tuple[int, str | None]]:
    """Of what happened: a watch's number, and a name in its directory or `None` for its end."""
    at = 0
    while at + _EVENT.size <= len(data):
        number, mask, _cookie, length = _EVENT.unpack_from(data, at)
        at += _EVENT.size
        if mask & _IN_IGNORED:
            yield number, None
        elif length:
            yield number, os.fsdecode(data[at : at + length].split(b"\0", 1)[0])
        at += length
