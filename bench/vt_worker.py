"""The engine of another directory, in a process of its own: two builds are measured in one run.

Started by `vt_bench.py --also DIRECTORY`. A payload comes in as eight bytes of length and so many
bytes; the CPU seconds that a new engine took for it go out as a line.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from payloads import COLUMNS, LINES

LENGTH_BYTES = 8


class Worker:
    """The other process, as long as it is entered.

    Args:
        directory: Where its `aimux` is, such as pip's `--target`.
        chunk: Bytes of each feed.
    """

    def __init__(self, directory: Path, chunk: int) -> None:
        words = [sys.executable, __file__, str(directory.resolve()), str(chunk)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def seconds(self, data: bytes) -> float:
        """CPU seconds for a payload."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("the worker has no pipes")
        self._process.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def main() -> None:
    """Feed what comes until nothing more comes."""
    directory, chunk = sys.argv[1], int(sys.argv[2])
    sys.path.insert(0, directory)
    from aimux.vt.engine import Engine  # noqa: PLC0415  # it is where the command line says

    while length := int.from_bytes(sys.stdin.buffer.read(LENGTH_BYTES), "big"):
        data = sys.stdin.buffer.read(length)
        pieces = [data[start : start + chunk] for start in range(0, length, chunk)]
        engine = Engine(COLUMNS, LINES)
        begun = time.process_time()
        for piece in pieces:
            engine.feed(piece)
        print(time.process_time() - begun, flush=True)


if __name__ == "__main__":
    main()
