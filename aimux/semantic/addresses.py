"""Addresses and progress that any program may print."""

import re

MAX_URLS = 20

_URL = re.compile(
    r"https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[[0-9a-f:]{2,39}\]|"
    r"\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]{1,63}\.local)(?::\d{1,5})?(?:/[^\s\"'<>)\]]{0,200})?"
)
_PERCENT = re.compile(r"(?<![\d.])(100|\d{1,2})(?:\.\d{1,3})?%(?!\w)")
_OF = re.compile(r"[\[(]\s{0,6}(\d{1,7})/(\d{1,7})[\])]")


class Addresses:
    """Addresses on this machine or its network, and how far the last bar was.

    Attributes:
        percent: 0 to 100, or `None` where no bar was drawn.
    """

    def __init__(self) -> None:
        self._urls: dict[str, None] = {}
        self.percent: int | None = None

    @property
    def urls(self) -> tuple[str, ...]:
        """At most 20, in the order they were printed."""
        return tuple(self._urls)

    def feed(self, line: str) -> None:
        """Read a finished line."""
        if "://" in line and len(self._urls) < MAX_URLS:
            for url in _URL.findall(line):
                self._urls[url.rstrip(".,;:")] = None
        self.progress(line)

    def progress(self, line: str) -> None:
        """Read how far a bar is: `42%`, `[3/17]`, `(3/17)`."""
        if "%" in line:
            percents = _PERCENT.findall(line)
            if percents:
                self.percent = int(percents[-1])
        elif "/" in line:
            of = _OF.search(line)
            if of and 0 < int(of[2]) >= int(of[1]):
                self.percent = 100 * int(of[1]) // int(of[2])
