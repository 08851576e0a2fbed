"""What the audit says of commands: nothing of those that show, no words that were typed."""

from __future__ import annotations

import pytest

from aimux.commands.arguments import parse_flags
from aimux.commands.audited import audited_text
from aimux.commands.table import COMMANDS
from aimux.model.command_list import BoundCommand


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("rename-window -t work new", "rename-window -t work new"),
        ("list-windows", None),
        ("display-message hello", None),
        ("send-keys -t work secret Enter", "send-keys -t work [2 not stored]"),
        ("send-keys -X cancel", None),
        ("set-buffer secret", "set-buffer [1 not stored]"),
        ("set-environment TOKEN secret", "set-environment TOKEN [1 not stored]"),
        ("set-environment -u TOKEN", "set-environment -u TOKEN"),
        ("history --failed", None),
        ("history delete 3", "history delete 3"),
        ("run-shell true", "run-shell true"),
        ("exec make", "exec make"),
    ],
)
def test_what_is_audited(words: str, text: str | None) -> None:
    name, *rest = words.split()
    row = COMMANDS[name]
    given = parse_flags(rest, row.spec, command_name=name, usage=row.usage)
    assert audited_text(BoundCommand(name, given)) == text
