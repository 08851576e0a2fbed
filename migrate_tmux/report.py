"""What became of each line: the report of an import, for people (`printed`) and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import Enum

from typing_extensions import override


class Fate(Enum):
    """What became of a command; the value is its name in JSON."""

    CARRIED = "carried-over"
    CONDITION = "condition"
    TRANSLATED = "translated"
    BUILT_IN = "built-in"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; `file` is shown with `~`."""

    file: str
    line: int

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the configuration.

    Attributes:
        fate: What became of it.
        place: Where it stood.
        text: What was written, on one line.
        result: Where it went or what it became.
        remark: Why, and what to know; may be empty.
    """

    fate: Fate
    place: Place
    text: str
    result: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Displaced:
    """A key that aimux adds to tmux's and the configuration binds to something else."""

    place: Place
    table: str
    key: str
    command: str
    free_key: str

    @property
    def rebind(self) -> str:
        """The command line that gives aimux's command another key."""
        return f"bind-key -T {self.table} {self.free_key} {self.command}"


@dataclass(slots=True)
class Report:
    """The whole report.

    Attributes:
        source: The file that was imported.
        entries: One for each command, in the order of reading.
        displaced: aimux's keys that are taken.
        calls_tmux: Where the configuration or its plugins call tmux.
        notes: What else a person has to know.
        files: What was written, or would be.
        backups: Copies of what was overwritten.
        written: Whether anything was written.
    """

    source: str
    entries: list[Entry] = field(default_factory=list)
    displaced: list[Displaced] = field(default_factory=list)
    calls_tmux: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)
    written: bool = False

    def of(self, fate: Fate) -> list[Entry]:
        """The entries of one fate."""
        return [entry for entry in self.entries if entry.fate is fate]

    def as_json(self) -> dict[str, object]:
        """The report for programs; `entries` hold `fate`, `file`, `line`, `text` and so on."""
        return {
            "source": self.source,
            "written": self.written,
            "files": self.files,
            "backups": self.backups,
            "counts": {fate.value: len(self.of(fate)) for fate in Fate},
            "entries": [_entry(entry) for entry in self.entries],
            "displaced": [
                {**asdict(key.place), "table": key.table, "key": key.key}
                | {"command": key.command, "rebind": key.rebind}
                for key in self.displaced
            ],
            "calls_tmux": [asdict(place) for place in self.calls_tmux],
            "notes": self.notes,
        }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "fate": entry.fate.value,
        **asdict(entry.place),
        "text": entry.text,
        "result": entry.result,
        "remark": entry.remark,
    }
