"""The machine's battery, as Linux tells of it (sysfs-class-power)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from aimux.commands.effects import Battery, Charge

SUPPLIES = Path("/sys/class/power_supply")
FRESH_SECONDS = 30.0  # as long as what was read counts; a status line asks more often
_STATES = {
    "Charging": Charge.CHARGING,
    "Discharging": Charge.DISCHARGING,
    "Full": Charge.CHARGED,
    "Not charging": Charge.ATTACHED,
}
_SYSTEM_SCOPE = ("", "System")  # a mouse's battery has the scope `Device`
# What there is, what it can hold, how fast it changes: in µWh and µW, or in µAh and µA.
_AMOUNTS = (
    ("energy_now", "energy_full", "power_now"),
    ("charge_now", "charge_full", "current_now"),
)


class BatteryReader:
    """Reads the first battery of the machine, not more often than it changes.

    Args:
        monotonic: The time in seconds.
        supplies: The directory that the kernel lists power supplies in.
    """

    def __init__(self, monotonic: Callable[[], float], *, supplies: Path = SUPPLIES) -> None:
        self._monotonic = monotonic
        self._supplies = supplies
        self._until = float("-inf")
        self._known: Battery | None = None

    def read(self) -> Battery | None:
        """How it is; None without a battery."""
        now = self._monotonic()
        if now >= self._until:
            self._until = now + FRESH_SECONDS
            self._known = self._look()
        return self._known

    def _look(self) -> Battery | None:
        with contextlib.suppress(OSError):
            for place in sorted(self._supplies.iterdir()):
                if _word(place, "type") == "Battery" and _word(place, "scope") in _SYSTEM_SCOPE:
                    return _battery(place)
        return None


def _battery(place: Path) -> Battery | None:
    percent = _number(place, "capacity")
    if percent is None:
        return None
    charge = _STATES.get(_word(place, "status"), Charge.UNKNOWN)
    return Battery(min(100, percent), charge, _minutes(place, charge))


def _minutes(place: Path, charge: Charge) -> int | None:
    for now_name, full_name, rate_name in _AMOUNTS:
        now, full, rate = (_number(place, name) for name in (now_name, full_name, rate_name))
        if now is not None and full is not None and rate:
            left = max(0, full - now) if charge is Charge.CHARGING else now
            return left * 60 // rate
    return None


def _number(place: Path, name: str) -> int | None:
    text = _word(place, name).removeprefix("-")
    return int(text) if text.isdecimal() else None


def _word(place: Path, name: str) -> str:
    """A file's text; empty if there is none, or the hardware does not answer."""
    try:
        with (place / name).open(encoding="ascii", errors="replace") as file:
            return file.read(64).strip()
    except OSError:
        return ""
