"""Paste buffers and environments: what tmux 3.3a says of them, and what aimux says."""

from collections.abc import Callable

import pytest

from aimux.errors import CommandError
from aimux.model.buffers import Buffers
from aimux.model.environment import Environment

Run = Callable[..., tuple[int, str]]

DATA = [
    b"plain",
    b"two\nlines\tand a tab",
    b'quotes " and \\ and $HOME and $ 5',
    "é 日本 \x1b[1m".encode(),
    b"bytes \xff\xc3(",
    b"x" * 200,
    b"x" * 201,
    b"\n" * 150,
    "é".encode() * 101,
]


@pytest.mark.parametrize("data", DATA, ids=lambda data: repr(data[:20]))
def test_a_sample_is_what_list_buffers_shows(tmux: Run, data: bytes) -> None:
    tmux("set-buffer", "-b", "sample", "--", data.decode("utf-8", "surrogateescape"))
    _, theirs = tmux("list-buffers", "-F", "#{buffer_sample}")
    tmux("delete-buffer", "-b", "sample")
    buffer = Buffers().set("sample", data, now=0)
    assert buffer is not None
    assert buffer.sample == theirs.removesuffix("\n")


def test_automatic_buffers_are_named_dropped_and_kept_as_by_tmux(tmux: Run) -> None:
    buffers = Buffers(limit=3)
    tmux("set-option", "-s", "buffer-limit", "3")
    for _, name in tmux_buffers(tmux):
        tmux("delete-buffer", "-b", name)
    first = next_index(tmux)
    buffers._next_index = first
    for data in ("one", "two", "three", "four"):
        tmux("set-buffer", data)
        buffers.add(data.encode(), now=0)
    tmux("set-buffer", "-b", f"buffer{first + 1}", "-n", "kept")
    buffers.rename(f"buffer{first + 1}", "kept")
    for data in ("five", "six"):
        tmux("set-buffer", data)
        buffers.add(data.encode(), now=0)
    assert [(one.sample, one.name) for one in buffers] == tmux_buffers(tmux)
    tmux("set-option", "-s", "buffer-limit", "50")


def tmux_buffers(tmux: Run) -> list[tuple[str, str]]:
    _, text = tmux("list-buffers", "-F", "#{buffer_sample} #{buffer_name}")
    return [tuple(line.split(" ")) for line in text.splitlines()]


def next_index(tmux: Run) -> int:
    """The number of the automatic buffer after one that is made and deleted here."""
    tmux("set-buffer", "x")
    name = tmux("list-buffers", "-F", "#{buffer_name}")[1].strip()
    tmux("delete-buffer", "-b", name)
    return int(name.removeprefix("buffer")) + 1


@pytest.mark.parametrize(
    ("old", "new"), [("none", "x"), ("there", "other"), ("there", ""), ("", "x"), ("there", "x")]
)
def test_renaming_is_refused_in_the_words_of_tmux(tmux: Run, old: str, new: str) -> None:
    buffers = Buffers()
    for name in ("there", "other"):
        tmux("set-buffer", "-b", name, "data")
        buffers.set(name, b"data", now=0)
    try:
        buffers.rename(old, new)
        ours = ""
    except CommandError as error:
        ours = f"{error}\n"
    assert ours == tmux("set-buffer", "-b", old, "-n", new)[1]
    for name in ("there", "other", "x"):
        tmux("delete-buffer", "-b", name)


def test_variables_are_shown_as_tmux_shows_them(tmux: Run) -> None:
    environment = Environment()
    for name, value in (("PLAIN", "a b"), ("QUOTED", '$x `y` "z" \\'), ("EMPTY", "")):
        tmux("set-environment", name, value)
        environment.set(name, value)
    tmux("set-environment", "-h", "SECRET", "s")
    environment.set("SECRET", "s", hidden=True)
    tmux("set-environment", "-r", "GONE")
    environment.clear("GONE")
    for flags, arguments in (
        ((), {}),
        (("-s",), {"shell": True}),
        (("-h",), {"hidden": True}),
        (("-hs",), {"hidden": True, "shell": True}),
    ):
        theirs = tmux("show-environment", *flags)[1].splitlines()
        names = {"PLAIN", "QUOTED", "EMPTY", "SECRET", "GONE"}
        mine = [line for line in theirs if any(name in line for name in names)]
        assert environment.show(**arguments) == mine
    for name in ("PLAIN", "GONE", "SECRET", "NONE"):
        try:
            ours = environment.show(name)
        except CommandError as error:
            ours = [str(error)]
        assert ours == tmux("show-environment", name)[1].splitlines()
