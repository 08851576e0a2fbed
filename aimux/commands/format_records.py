"""The format variables of what ran last in a pane; aimux's own."""

from __future__ import annotations

from aimux.commands.format_scope import Reader, Scope, of_pane
from aimux.model.pane import Pane
from aimux.security.clean import clean
from aimux.semantic.output import Ran


def _last(pane: Pane, scope: Scope) -> Ran | None:
    return scope.effects.records.last(pane)


def _command(pane: Pane, scope: Scope) -> str:
    ran = _last(pane, scope)
    return clean(ran.record.text or "") if ran is not None else ""


def _exit(pane: Pane, scope: Scope) -> str:
    ran = _last(pane, scope)
    known = ran is not None and ran.record.exit_status is not None
    return str(ran.record.exit_status) if ran is not None and known else ""


def _result(pane: Pane, scope: Scope) -> str:
    """How it went, and what it said: `fail 1 failed, 10 passed`."""
    ran = _last(pane, scope)
    return clean(f"{ran.result.status} {ran.result.headline}") if ran is not None else ""


RECORD_VARIABLES: dict[str, Reader] = {
    "last_command": of_pane(_command),
    "last_exit": of_pane(_exit),
    "last_result": of_pane(_result),
}
"""Of the newest command in the pane that has ended; empty where none has."""
