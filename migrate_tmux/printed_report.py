"""The report of an import on a terminal, for people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from aimux.security.clean import clean
from migrate_tmux.placeholders import readable
from migrate_tmux.report import Entry, Fate, Report

MAXIMUM_LINE = 4000  # cells of one paragraph
MAXIMUM_TEXT = 300  # characters of a command in the report; --json has it whole
_TITLES = {
    Fate.CARRIED: "Carried over",
    Fate.CONDITION: "Carried over as conditions",
    Fate.TRANSLATED: "Translated",
    Fate.BUILT_IN: "Built in",
    Fate.DROPPED: "Dropped",
}
_STYLES = {Fate.DROPPED: "bold red", Fate.TRANSLATED: "bold yellow", Fate.BUILT_IN: "bold cyan"}


def print_report(report: Report, console: Console) -> None:
    """Print the whole report, wrapped to the console's width."""
    _line(console, f"Import of {report.source}", style="bold")
    for fate in (Fate.CARRIED, Fate.CONDITION):
        _carried(console, fate, report.of(fate))
    for fate in (Fate.TRANSLATED, Fate.BUILT_IN, Fate.DROPPED):
        _singly(console, fate, report.of(fate))
    _displaced(console, report)
    _notes(console, report)
    _files(console, report)


def line_numbers(numbers: Iterable[int]) -> str:
    """Numbers in order with runs joined: `3, 5-8`."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _line(console: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    console.print(Padding(Text(clean(text, limit=MAXIMUM_LINE), style=style), (0, 0, 0, indent)))


def _title(console: Console, fate: Fate, entries: list[Entry]) -> None:
    console.print()
    _line(console, f"{_TITLES[fate]} ({len(entries)})", style=_STYLES.get(fate, "bold green"))


def _carried(console: Console, fate: Fate, entries: list[Entry]) -> None:
    """What needs no word each: where it went, and the lines that it came from."""
    if not entries:
        return
    _title(console, fate, entries)

    def where(entry: Entry) -> tuple[str, str]:
        return entry.result, entry.place.file

    for (result, file), group in groupby(sorted(entries, key=where), key=where):
        listed = list(group)
        numbers = line_numbers(entry.place.line for entry in listed)
        _line(console, result or "nothing to do", indent=2)
        _line(console, f"{file}:{numbers}", indent=6, style="dim")
    _remarks(console, [entry for entry in entries if entry.remark])


def _remarks(console: Console, entries: list[Entry]) -> None:
    def what(entry: Entry) -> tuple[str, str]:
        return entry.place.file, entry.remark

    for (file, remark), group in groupby(sorted(entries, key=what), key=what):
        numbers = line_numbers(entry.place.line for entry in group)
        _line(console, f"{file}:{numbers}: {remark}", indent=2)


def _singly(console: Console, fate: Fate, entries: list[Entry]) -> None:
    if not entries:
        return
    _title(console, fate, entries)
    for remark, group in groupby(entries, key=lambda entry: entry.remark):
        for entry in group:
            _line(console, f"{entry.place}  {_cut(entry.text)}", indent=2)
            if entry.result and not entry.result.startswith(("config.toml", "keymap")):
                _line(console, f"now: {_cut(readable(entry.result))}", indent=6)
        if remark:
            _line(console, remark, indent=6, style="italic")


def _cut(text: str) -> str:
    return text if len(text) <= MAXIMUM_TEXT else f"{text[:MAXIMUM_TEXT]}…"


def _displaced(console: Console, report: Report) -> None:
    if not report.displaced:
        return
    console.print()
    _line(console, f"Keys of aimux that are taken ({len(report.displaced)})", style="bold magenta")
    for key in report.displaced:
        _line(console, f"{key.place}  {key.table} {key.key}: {key.command}", indent=2)
        _line(console, f"to have it elsewhere: {key.rebind}", indent=6, style="italic")


def _notes(console: Console, report: Report) -> None:
    if not report.notes:
        return
    console.print()
    _line(console, "To know", style="bold")
    for note in report.notes:
        _line(console, note, indent=2)
    if report.calls_tmux:
        places = sorted(set(report.calls_tmux))
        for file, group in groupby(places, key=lambda place: place.file):
            _line(console, f"calls tmux: {file}:{line_numbers(p.line for p in group)}", indent=2)


def _files(console: Console, report: Report) -> None:
    console.print()
    _line(console, "Written" if report.written else "Nothing was written (--dry-run)", style="bold")
    for path in report.files:
        _line(console, path if report.written else f"would be written: {path}", indent=2)
    for path in report.backups:
        _line(console, f"backup: {path}", indent=2)
