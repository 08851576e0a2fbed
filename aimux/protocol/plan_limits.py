"""How a limit of an agent's plan is named and written: `5h 62% resets 14:00`."""

from __future__ import annotations

from time import localtime, strftime

_WEEK = 10_080
_SIZES = ((1440, "d"), (60, "h"), (1, "min"))
_DAY_SECONDS = 86_400


def limit_name(minutes: int) -> str:
    """The name of a limit that covers some minutes: `5h`, `week`, `3d`."""
    if minutes == _WEEK:
        return "week"
    size, word = next((size, word) for size, word in _SIZES if minutes % size == 0)
    return f"{minutes // size}{word}"


def limit_text(name: str, percent: float, resets_at: float | None, now: float) -> str:
    """`5h 62% resets 14:00`; another day's time has its weekday, a past one is not said.

    Args:
        name: The limit's.
        percent: Used, 0 to 100.
        resets_at: Seconds since the epoch; None if not said.
        now: The same clock.
    """
    text = f"{name} {percent:.0f}%"
    if resets_at is None or resets_at <= now:
        return text
    form = "%H:%M" if resets_at - now < _DAY_SECONDS else "%a %H:%M"
    return f"{text} resets {strftime(form, localtime(resets_at))}"


def compactions_text(count: int) -> str:
    """`compacted`, `compacted 3 times`; empty for 0."""
    if count <= 1:
        return "compacted" if count else ""
    return f"compacted {count} times"
