"""Runs in a terminal: writes a file's bytes to it and waits until it has read them all.

The end is known by the answer to a question asked last. What the terminal answered is left in
`FILE.replies`.
"""

import os
import pathlib
import select
import signal
import sys
import tty

QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"


def main(path: pathlib.Path) -> None:
    """Play `path` and wait to be killed."""
    tty.setraw(0)
    data = memoryview(path.read_bytes() + QUESTION)
    while data:
        data = data[os.write(1, data[:4096]) :]
    replies = b""
    while ANSWER not in replies and select.select([0], [], [], 5)[0]:
        replies += os.read(0, 4096)
    partial = path.with_suffix(".partial")
    partial.write_bytes(replies.replace(ANSWER, b""))
    partial.rename(path.with_suffix(".replies"))
    signal.pause()


main(pathlib.Path(sys.argv[1]))
