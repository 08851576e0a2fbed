"""Runs in a terminal: writes a file's bytes to it in steps, each when it is asked to.

What the terminal has read is known by the answer to a question asked after each step. Asked by a
line with the end of the step on one FIFO, it answers with a line on another.
"""

import os
import pathlib
import sys
import tty

QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"


def main(path: pathlib.Path) -> None:
    """Play `path` as `path.steps` says; tell `path.done`."""
    tty.setraw(0)
    data = path.read_bytes()
    position = 0
    with path.with_suffix(".steps").open() as steps, path.with_suffix(".done").open("w") as done:
        for line in steps:
            part = memoryview(data[position : int(line)] + QUESTION)
            position = int(line)
            while part:
                part = part[os.write(1, part[:4096]) :]
            replies = b""
            while ANSWER not in replies:
                replies += os.read(0, 4096)
            done.write("done\n")
            done.flush()


main(pathlib.Path(sys.argv[1]))
