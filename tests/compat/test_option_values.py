"""Every option takes, refuses, keeps and shows what tmux's takes, refuses, keeps and shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aimux.model.option_row import OptionKind, OptionRow, Scope
from aimux.model.options_table import OPTIONS
from tests.compat.conftest import fresh
from tests.compat.programs import SHIM, Result

PROBES = {
    OptionKind.NUMBER: ("-1", "0", "1", "99", "32768", "65536", "2147483648", "x", "", "1x"),
    OptionKind.FLAG: ("on", "off", "yes", "0", "ON", "true", "", "2"),
    OptionKind.STRING: ("", "x", "a b", "#{x}", "$x ; ~"),
    OptionKind.COLOUR: ("red", "colour1", "colour300", "#ff0000", "terminal", "none", "xx", "97"),
    OptionKind.STYLE: ("", "fg=red", "fg=red,bold", "bg=xx", "none", "fg=red bg=blue", "#{x}"),
    OptionKind.KEY: ("C-a", "a", "None", "", "nokey", "F12", "^A", "M-x"),
    OptionKind.CHOICE: ("on", "off", "x", "", "1"),
}
SCOPES = {Scope.SERVER: "-s", Scope.SESSION: "-g"}
# Setting them has effects beyond their value, or asks the machine.
LEFT_OUT = ("default-shell", "exit-empty", "exit-unattached", "command-alias")
SPECIFIED = [row for row in OPTIONS if not (row.is_addition or row.is_later or row.is_hook)]
TESTED = [row for row in SPECIFIED if row.name not in LEFT_OUT]


def probes(row: OptionRow) -> Iterator[str]:
    """Lines of a configuration that set an option in every way, and show it."""
    flag, name = SCOPES.get(row.scope, "-gw"), row.name
    limits = [str(limit + step) for limit in (row.minimum, row.maximum) for step in (-1, 0, 1)]
    values = [*PROBES[row.kind], *row.choices, *(limits if row.kind is OptionKind.NUMBER else [])]
    for value in values:
        yield f"set {flag} {name} '{value}'"
        yield f"set -a {flag} {name} '{value}'"
    yield from (f"set {flag} {name}", f"set {flag} {name}", f"set {flag}u {name}")
    yield from (f"set {flag} {name}[3] abc", f"set {flag}u {name}[3]", f"set {flag}u {name}")
    yield from (f"set -p {name} ''", f"set -w {name}", f"set -s {name} on")
    yield from (f"set -pu {name}", f"set -wu {name}", f"set {flag}u {name}")


def answered(name: str, rows: list[OptionRow]) -> Result:
    """What a program says to all probes of some options, each of which is shown behind each."""
    lines = []
    for row in rows:
        show = f"show {SCOPES.get(row.scope, '-gw')} {row.name}\nshow -p {row.name}"
        for line in probes(row):
            lines += [line, show]
    with fresh(name) as program:
        (program.directory / "probes.conf").write_text("\n".join(lines))
        program("new-session", "-d", "-x", "80", "-y", "24", "cat")
        return program("source-file", "probes.conf")


@pytest.mark.parametrize("scope", [Scope.SERVER, Scope.SESSION, Scope.WINDOW], ids=str)
def test_every_option_is_tmuxs(scope: Scope) -> None:
    rows = [row for row in TESTED if scope in row.scope]
    assert len(rows) > 10
    assert answered(SHIM, rows) == answered("tmux", rows)
