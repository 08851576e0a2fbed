"""What aimux does otherwise than tmux 3.3a on purpose, and why; everything else is compared.

What aimux adds (commands, options, hooks, keys) is known by the marks in its own tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aimux.commands.table import COMMANDS
from aimux.data import load_data
from aimux.model.options_table import OPTIONS


@dataclass(frozen=True)
class Difference:
    """A pattern in aimux's output, and what tmux has instead (empty: tmux has nothing there)."""

    reason: str
    ours: str
    theirs: str = ""


def _any_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, names))})"


def _own_keys() -> Iterator[str]:
    """How list-keys shows each key that aimux adds: as a command, or with its note."""
    tables = load_data("keymaps", "aimux")["tables"]
    assert isinstance(tables, dict)
    for table, keys in tables.items():
        for key, row in keys.items():
            assert row["addition"]
            command = re.escape(row["command"].replace(" ; ", " \\; "))
            yield rf"bind-key +(?:-r +)?-T +{table} +\\?{re.escape(key)} +{command}"
            if "note" in row:
                yield rf".* {re.escape(row['note'])}"


OWN_COMMANDS = _any_of(row.name for row in COMMANDS.values() if row.is_addition)
OWN_OPTIONS = _any_of(row.name for row in OPTIONS if row.is_addition)
OWN_KEYS = f"(?:{'|'.join(_own_keys())})"

DIFFERENCES = (
    Difference("the program has a name of its own", r"\baimux(?=: | \[-)", "tmux"),
    Difference("so it has a socket directory of its own", r"WORK/aimux-(?=\d)", "WORK/tmux-"),
    Difference("and a version", r"\Aaimux \d+\.\d+\.\d+$", "tmux 3.3a"),
    Difference("the mouse is on", r"(?m)^(mouse\*?) on$", r"\1 off"),
    Difference("options and hooks of its own", rf"(?m)^{OWN_OPTIONS}\*?(?: .*)?\n"),
    Difference("commands of its own", rf"(?m)^{OWN_COMMANDS}(?:[ |].*)?\n"),
    Difference("keys of its own", rf"(?m)^{OWN_KEYS}\n"),
    Difference(
        "the status line says what agents do",
        r"(?m)^(status-right\*? [\"'])#\{\?agents_waiting.*?agent_context_percent\}%% ,\}",
        r"\1",
    ),
    Difference("and have room for that", r"(?m)^(status-right-length\*?) 64$", r"\1 40"),
)

# What no two runs have in common on either program. (tmux leaves the socket of a server that has
# ended where it is, unless kill-server ended it; aimux removes it.)
VOLATILE = (
    (
        r"error connecting to SOCKET \(No such file or directory\)",
        "no server running on SOCKET",
    ),
    (r"\(created [A-Z][a-z]{2} [^)]*\)", "(created TIME)"),
)


def normalised(name: str, text: str) -> str:
    """A program's output without what may differ."""
    for pattern, plain in VOLATILE:
        text = re.sub(pattern, plain, text)
    for difference in DIFFERENCES if name == "aimux" else ():
        text = re.sub(difference.ours, difference.theirs, text)
    return text
