"""Files that commands name: only such as never keep the server waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aimux.server.file_effects import open_regular


@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_WRONLY | os.O_CREAT])
def test_a_fifo_is_refused_at_once(tmp_path: Path, flags: int) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    keep = os.open(fifo, os.O_RDWR)
    try:
        with pytest.raises(OSError, match="Not a regular file"):
            open_regular(str(fifo), flags)
    finally:
        os.close(keep)


def test_the_null_device_and_files_are_taken(tmp_path: Path) -> None:
    with open_regular(os.devnull, os.O_RDONLY) as null:
        assert null.read() == b""
    with open_regular(str(tmp_path / "new"), os.O_WRONLY | os.O_CREAT) as file:
        file.write(b"text")
    assert (tmp_path / "new").read_bytes() == b"text"
