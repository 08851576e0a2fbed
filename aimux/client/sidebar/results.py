"""RESULTS: how the focused pane's last commands, tests and builds ended, failures first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from rich.cells import cell_len
from rich.text import Text

from aimux.client.sidebar.ages import age_text, duration_text
from aimux.client.sidebar.colours import FAILURE, QUIET
from aimux.client.sidebar.panel import Entry, Panel, View, cut, ending, joined, spread, styled
from aimux.protocol.client_messages import OutputOpened
from aimux.protocol.facts import CommandFact, ProblemFact
from aimux.protocol.server_messages import Facts

SHOWN_PROBLEMS = 3
INTERRUPTED = 130  # 128 + SIGINT: a person ended it, which is no failure


def _note(view: View) -> Text:
    failed = sum(_has_failed(command) for command in _newest(view.facts))
    note = styled(f"{failed} failed " if failed else "", FAILURE)
    return note.append_text(styled(view.facts.pane if view.facts.commands else "", QUIET))


def _newest(facts: Facts) -> list[CommandFact]:
    """Each command line once, as it ran last: what was mended is no failure any more."""
    newest: dict[str, CommandFact] = {}
    for index, command in enumerate(facts.commands):
        newest.setdefault(command.text or f"\0{index}", command)
    return list(newest.values())


def _has_failed(command: CommandFact) -> bool:
    """By its exit status where that is known: what it printed never makes a failure a success."""
    if command.exit_status is not None:
        return command.exit_status not in (0, INTERRUPTED)
    return command.status == "fail"


def _rank(command: CommandFact) -> int:
    if command.seconds is None:
        return 0
    return 1 if _has_failed(command) else 2


def _entries(view: View) -> list[Entry]:
    ordered = sorted(_newest(view.facts), key=_rank)
    return [entry for command in ordered for entry in _of_command(command, view)]


def _of_command(command: CommandFact, view: View) -> Iterator[Entry]:
    pane = int(view.facts.pane.removeprefix("%") or 0)
    opens = OutputOpened(pane, command.id, -1)
    yield Entry(f"{command.id}", tuple(_rows(command, view)), opens)
    if not _has_failed(command) and command.status != "warn":
        return
    for number, problem in enumerate(command.problems[:SHOWN_PROBLEMS]):
        opens = OutputOpened(pane, command.id, problem.row)
        yield Entry(f"{command.id}.{number}", (_problem(problem, view),), opens)


def _rows(command: CommandFact, view: View) -> Iterator[Text]:
    mark, style = _mark(command, view)
    words = joined((f"{mark} ", style))
    if command.tool and command.headline:
        words.append_text(styled(f"{command.tool}  "))
        said, rest = _in_two(command, view.width - words.cell_len - len(_ago(command, view.now)))
        yield _with_times(words.append_text(styled(said, style or QUIET)), command, view)
        if rest and not command.problems:
            yield cut(styled(f"  {rest}", QUIET), view.width, view.marks)
        return
    words.append_text(styled(command.text))
    yield _with_times(words, command, view)
    more = command.headline or _ending(command)
    if more:
        yield cut(styled(f"  {more}", style or QUIET), view.width, view.marks)


def _in_two(command: CommandFact, room: int) -> tuple[str, str]:
    """A headline, and what stands behind its colon if there is no room for all of it."""
    if cell_len(command.headline) < room:
        return command.headline, ""
    said, _, rest = command.headline.partition(": ")
    return said, rest


def _with_times(words: Text, command: CommandFact, view: View) -> Text:
    """How long it ran gives way to what it said, how long ago that was does not."""
    ago = _ago(command, view.now)
    times = ago if command.seconds is None else f"{duration_text(command.seconds)} {ago:>3}"
    if words.cell_len + len(times) >= view.width:
        times = ago
    style = "" if command.seconds is None else QUIET
    return spread(words, styled(times, style), view.width, view.marks)


def _ago(command: CommandFact, now: float) -> str:
    """How long ago it ended; while it runs, since when."""
    if command.seconds is None:
        return f"runs {age_text(now - command.started)}"
    return age_text(now - command.started - command.seconds)


def _ending(command: CommandFact) -> str:
    return f"exit {command.exit_status}" if _has_failed(command) else ""


def _mark(command: CommandFact, view: View) -> tuple[str, str]:
    marks = view.marks
    if command.seconds is None:
        return marks.runs, ""
    if _has_failed(command):
        return marks.failed, FAILURE
    return (marks.succeeded, "") if command.exit_status == 0 else (marks.ended, QUIET)


def _problem(problem: ProblemFact, view: View) -> Text:
    line = "" if problem.line is None else f":{problem.line}"
    place = f"{problem.path}{line}"
    if cell_len(place) + cell_len(problem.message) + 3 > view.width:
        place = ending(f"{PurePath(problem.path).name}{line}", view.width // 2, view.marks)
    row = joined((f"  {place} " if place else "  ", ""), (problem.message, QUIET))
    return cut(row, view.width, view.marks)


def _moments(facts: Facts) -> Iterable[float]:
    return (command.started + (command.seconds or 0) for command in facts.commands)


PANEL = Panel("results", "RESULTS", "commands, tests, builds", _note, _entries, _moments)
