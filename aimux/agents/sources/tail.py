"""The lines of a file that grows, in pieces; bounded whatever is written."""

MAX_TAIL = 512 * 1024
"""Bytes of a file that already was there that are read: its end."""
MAX_LINE = 512 * 1024
"""Bytes of a line; a longer one is passed over."""


class Tail:
    """Cuts what is read from a file's end into whole lines.

    Attributes:
        offset: Where in the file to go on reading.
    """

    def __init__(self) -> None:
        self.offset = 0
        self._rest = b""
        self._skipping = False

    def begin(self, size: int) -> int:
        """Where to read next in a file of a size; from the beginning if it has become shorter."""
        if size < self.offset:
            self.__init__()  # type: ignore[misc]  # the same as a new one
        if self.offset == 0 and size > MAX_TAIL:
            self.offset = size - MAX_TAIL
            self._skipping = True
        return self.offset

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole after some more bytes, without the empty ones."""
        self.offset += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if lines and self._skipping:
            lines = lines[1:]
            self._skipping = False
        if len(self._rest) > MAX_LINE:
            self._rest = b""
            self._skipping = True
        return [line for line in lines if line.strip()]
