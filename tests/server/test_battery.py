"""A battery as the kernel tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimux.commands.effects import Battery, Charge
from aimux.server.battery import FRESH_SECONDS, BatteryReader


def supply(place: Path, **values: object) -> None:
    """A power supply's files."""
    place.mkdir(exist_ok=True)
    for name, value in values.items():
        (place / name).write_text(f"{value}\n")


def read(place: Path) -> Battery | None:
    return BatteryReader(lambda: 0.0, supplies=place).read()


def test_without_a_battery_there_is_none(tmp_path: Path) -> None:
    supply(tmp_path / "AC", type="Mains", online=1)
    supply(tmp_path / "hid-mouse", type="Battery", scope="Device", capacity=40)
    assert read(tmp_path) is None
    assert read(tmp_path / "missing") is None


@pytest.mark.parametrize(
    ("status", "charge", "minutes"),
    [
        ("Discharging", Charge.DISCHARGING, 150),
        ("Charging", Charge.CHARGING, 90),
        ("Full", Charge.CHARGED, 150),
        ("Not charging", Charge.ATTACHED, 150),
        ("Unknown", Charge.UNKNOWN, 150),
    ],
)
def test_what_it_does_and_how_long(
    tmp_path: Path, status: str, charge: Charge, minutes: int
) -> None:
    supply(
        tmp_path / "BAT0",
        type="Battery",
        capacity=62,
        status=status,
        energy_now=25_000_000,
        energy_full=40_000_000,
        power_now=10_000_000,
    )
    assert read(tmp_path) == Battery(62, charge, minutes)


def test_some_tell_of_charge_and_current_and_some_of_neither(tmp_path: Path) -> None:
    battery = tmp_path / "BAT1"
    supply(battery, type="Battery", capacity=50, status="Discharging")
    assert read(tmp_path) == Battery(50, Charge.DISCHARGING)
    supply(battery, charge_now=2000, charge_full=4000, current_now=-1000)
    assert read(tmp_path) == Battery(50, Charge.DISCHARGING, 120)
    supply(battery, current_now=0)
    assert read(tmp_path) == Battery(50, Charge.DISCHARGING)


def test_it_is_not_read_more_often_than_it_changes(tmp_path: Path) -> None:
    now = 0.0
    reader = BatteryReader(lambda: now, supplies=tmp_path)
    assert reader.read() is None
    supply(tmp_path / "BAT0", type="Battery", capacity=7, status="Full")
    now = FRESH_SECONDS - 1
    assert reader.read() is None
    now = FRESH_SECONDS
    assert reader.read() == Battery(7, Charge.CHARGED)
