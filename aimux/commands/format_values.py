"""What a format's modifiers do to one value: names of paths, quoting, padding, times, numbers."""

import re
import time
from typing import Final

from aimux.styles.measure import trim_left, trim_right
from aimux.styles.width import text_width

SHELL_SPECIAL: Final = frozenset("|&;<>()$`\\\"'*?[# =%")
_QUOTED = str.maketrans({character: f"\\{character}" for character in SHELL_SPECIAL})
_INTEGER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]{1,19})")

_EXPANDED_TIME_LIMIT = 8192  # bytes, tmux's buffer for a template
_TIME_LIMIT = 512  # bytes, tmux's buffer for `t/f/.../`
_DAY = 24 * 60 * 60


def as_bytes(text: str) -> bytes:
    """`text` as tmux counts and compares it. Undecodable bytes are themselves again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def read_integer(text: str, low: int, high: int) -> int | None:
    """The decimal number that is the whole of `text`, or None if it is none or out of range."""
    match = _INTEGER.fullmatch(text)
    if match is None:
        return None
    number = int(match[1])
    return number if low <= number <= high else None


def base_name(path: str) -> str:
    """basename(3): the last component; `.` of nothing, `/` of slashes alone."""
    if not path:
        return "."
    stripped = path.rstrip("/")
    return stripped.rpartition("/")[2] if stripped else "/"


def directory_name(path: str) -> str:
    """dirname(3): all but the last component; `.` without one."""
    stripped = path.rstrip("/")
    if not stripped:
        return "/" if path else "."
    parent, slash, _ = stripped.rpartition("/")
    if not slash:
        return "."
    return parent.rstrip("/") or "/"


def quote_shell(text: str) -> str:
    """A backslash before every character that sh(1) or tmux's command language would read."""
    return text.translate(_QUOTED)


def quote_style(text: str) -> str:
    """Every `#` doubled, so that drawing shows it instead of reading it."""
    return text.replace("#", "##")


def pad(text: str, width: int, limit: int) -> str:
    """Blanks up to `width` cells: after the text if it is positive, before it if negative.

    Never more than `limit` blanks.
    """
    blanks = " " * min(abs(width) - text_width(text), limit)
    return text + blanks if width > 0 else blanks + text


def expand_time(template: str, now: float) -> str:
    """strftime(3) on a whole template; empty if the result is longer than tmux's buffer."""
    return _strftime(template, now, _EXPANDED_TIME_LIMIT)


def format_time(seconds: int, template: str | None) -> str:
    """A time as `t:` shows it: by strftime(3), or as ctime(3) without a template."""
    if template is not None:
        return _strftime(template, seconds, _TIME_LIMIT)
    try:
        return time.ctime(seconds)
    except (ValueError, OverflowError, OSError):
        return ""


def pretty_time(seconds: int, now: float) -> str:
    """A past time in few characters, as `t/p:` shows it: the less exact the older."""
    current = max(int(now), seconds)
    age = current - seconds
    try:
        then, today = time.localtime(seconds), time.localtime(current)
    except (ValueError, OverflowError, OSError):
        return ""
    months = (today.tm_year - then.tm_year) * 12 + today.tm_mon - then.tm_mon
    if age < _DAY:
        return time.strftime("%H:%M", then)
    if not months or age < 28 * _DAY:
        return time.strftime("%a%d", then)
    return time.strftime("%d%b" if months < 12 else "%h%y", then)


def _strftime(template: str, seconds: float, limit: int) -> str:
    try:
        shown = time.strftime(template, time.localtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""
    return shown if len(as_bytes(shown)) < limit else ""


def limited(value: str, limit: int, marker: str | None) -> str:
    """The first `limit` columns of a value, or its last ones; `marker` stands for what is cut.

    Args:
        value: May hold styles, which take no columns.
        limit: Counts from the end if negative.
        marker: None for nothing.
    """
    kept = trim_left(value, limit) if limit > 0 else trim_right(value, -limit)
    if marker is None or kept == value:
        return kept
    return kept + marker if limit > 0 else marker + kept
