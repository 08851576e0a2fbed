"""pyte's `ByteStream`: hands bytes to a `Screen`."""

from pyte.streams import ByteStream as PyteByteStream
from typing_extensions import override

from aimux.vt.screen import Screen


class ByteStream(PyteByteStream):
    """Feeds one screen of this package, in UTF-8.

    Args:
        screen: What is fed; may come later, with `attach`.

    Attributes:
        use_utf8: Always. ISO 2022's way out of UTF-8 is ignored (xterm's `utf8: always`; tmux).
    """

    use_utf8 = True

    def __init__(self, screen: Screen | None = None) -> None:
        self.listener = None
        self._screen = screen

    @override
    def attach(self, screen: Screen) -> None:  # type: ignore[override] # ours alone can be fed
        self._screen = screen

    @override
    def detach(self, screen: Screen) -> None:  # type: ignore[override] # as `attach`
        if screen is self._screen:
            self._screen = None

    @override
    def select_other_charset(self, code: str) -> None:
        """Nothing: see `use_utf8`."""

    @override
    def feed(self, data: bytes) -> None:  # type: ignore[override] # as in pyte, bytes for text
        """Act on bytes; they may stop anywhere, in characters and sequences too."""
        if self._screen is not None:
            self._screen.feed(data)
