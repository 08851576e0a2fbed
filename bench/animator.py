"""Draws 60 times a second: one line anew (`line`), one line more (`scroll`), or all (`page`)."""

import os
import sys
import time

FRAME = 1 / 60
SPINNER = "|/-\\"
WORDS = (
    "drwxr-xr-x 2 ada ada 4096 Nov 22 14:02 \033[0;34moperations\033[0m "
    "\033[1;32m{:06d}\033[0m cards"
)


def line(number: int) -> str:
    """One line, in place."""
    return f"\r{SPINNER[number % 4]} working {number:06d}"


def scroll(number: int) -> str:
    """One line more."""
    return "\r\n" + WORDS.format(number)


def page(number: int) -> str:
    """Every line anew."""
    rows = os.get_terminal_size(1).lines
    return "\033[H" + "\r\n".join(WORDS.format(number + row) for row in range(rows))


DRAWINGS = {"line": line, "scroll": scroll, "page": page}


def main() -> None:
    """Draw until the terminal is gone."""
    draw = DRAWINGS[sys.argv[1]]
    number, due = 0, time.monotonic()
    while True:
        os.write(1, draw(number).encode())
        number += 1
        due += FRAME
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    main()
