"""COMMANDS: what the focused pane's shell ran last, how it ended and how long it took."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.ages import age_text, duration_text
from aimux.client.sidebar.colours import FAILURE, QUIET
from aimux.client.sidebar.panel import Panel, View, spread, styled
from aimux.protocol.messages import CommandFact, Facts


def _note(view: View) -> Text:
    failed = sum(_has_failed(command) for command in view.facts.commands)
    return styled(f"{failed} failed", FAILURE) if failed else Text()


def _has_failed(command: CommandFact) -> bool:
    return command.exit_status is not None and command.exit_status != 0


def _entries(view: View) -> list[list[Text]]:
    return [_entry(command, view) for command in view.facts.commands]


def _entry(command: CommandFact, view: View) -> list[Text]:
    mark, style = _mark(command)
    row = styled(f"{mark} ", style).append_text(styled(command.text))
    entry = [spread(row, _times(command, view.now), view.width)]
    if _has_failed(command):
        entry.append(styled(f"  exit {command.exit_status}", FAILURE))
    return entry


def _mark(command: CommandFact) -> tuple[str, str]:
    if command.seconds is None:
        return "●", ""
    if command.exit_status is None:
        return "·", QUIET
    return ("✗", FAILURE) if command.exit_status else ("✓", "")


def _times(command: CommandFact, now: float) -> Text:
    """How long it ran and how long ago it ended; while it runs, since when."""
    if command.seconds is None:
        return styled(f"runs {age_text(now - command.started)}", "")
    ended = command.started + command.seconds
    return styled(f"{duration_text(command.seconds)} {age_text(now - ended):>3}", QUIET)


def _moments(facts: Facts) -> Iterable[float]:
    return (command.started + (command.seconds or 0) for command in facts.commands)


PANEL = Panel("COMMANDS", _note, _entries, _moments, empty="none seen yet")
