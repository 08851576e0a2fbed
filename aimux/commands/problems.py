"""next-problem, previous-problem and open-problem: from what a tool said to its place. aimux's own.

The problems are those of the newest command of the pane that has any. A jump opens copy mode at the
row on which the problem was printed; there the key table PROBLEM_TABLE counts before copy mode's.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import PurePosixPath

from aimux.commands.command import Aim, Call, Command
from aimux.commands.mode_stack import cover, leave
from aimux.commands.modes import copy_options, copy_styles
from aimux.commands.spawn import Start, make_window
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.selection import Place
from aimux.copymode.state import CopyOptions
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.semantic.output import Ran
from aimux.semantic.output_reader import find_line
from aimux.semantic.result import Problem

PROBLEM_TABLE = "problems"


class ProblemMode(CopyMode):
    """Copy mode that was opened at a problem.

    Attributes:
        ran: The command whose problems these are.
        index: Which of them it was opened at, or moved to, last.
    """

    def __init__(self, pane: Pane, options: CopyOptions, styles: CopyStyles, ran: Ran) -> None:
        super().__init__(pane.screen, options, styles=styles, memory=pane.search)
        self.ran = ran
        self.index = -1
        self._dropped = pane.screen.history.dropped
        self._rows: dict[int, int] = {}

    def show_problem(self, index: int, row: int) -> None:
        """Put the cursor on a problem that stands at an absolute row of the pane's screen."""
        place = row - self._dropped
        if 0 <= place <= self.state.grid.last:
            self.state.clear_selection()
            self.state.scroll_to(Place(0, place))
            self._rows[place] = index
        self.index = index
        self._version += 1

    @property
    def problem(self) -> Problem | None:
        """The problem that the cursor is on."""
        index = self._rows.get(self.state.absolute_row)
        return self.ran.result.problems[index] if index is not None else None


def problem_table(pane: Pane) -> str | None:
    """The key table that counts first in a pane: where copy mode is on a problem."""
    mode = pane.mode
    on_one = isinstance(mode, ProblemMode) and mode.problem and not mode.state.selecting
    return PROBLEM_TABLE if on_one else None


def next_problem(call: Call) -> None:
    """next-problem [-t target-pane]: the first one, or the one behind that of the last jump."""
    _jump(call, 1)


def previous_problem(call: Call) -> None:
    """previous-problem [-t target-pane]: the last one, or the one before that of the last jump."""
    _jump(call, -1)


def _jump(call: Call, step: int) -> None:
    pane = call.the_pane()
    ran = _newest(call.effects.records.of(pane))
    mode = pane.mode if isinstance(pane.mode, ProblemMode) else None
    before = mode.index if mode is not None and mode.ran.record.id == ran.record.id else None
    count = len(ran.result.problems)
    first = 0 if step > 0 else count - 1
    index = first if before is None else (before + step) % count
    for _ in range(count):
        row = find_line(pane.screen, ran.rows[index], ran.said[index])
        if row is not None:
            _show(call, pane, ran, index, row)
            return
        index = (index + step) % count
    raise CommandError("no problem is on the screen or in its history any more")


def _newest(ran: Sequence[Ran]) -> Ran:
    found = next((one for one in reversed(ran) if one.rows), None)
    if found is None:
        raise CommandError("no problems")
    return found


def _show(call: Call, pane: Pane, ran: Ran, index: int, row: int) -> None:
    mode = pane.mode
    if not isinstance(mode, ProblemMode) or mode.ran.record.id != ran.record.id:
        if isinstance(mode, ProblemMode):
            leave(pane)
        mode = ProblemMode(pane, copy_options(call.state, pane), copy_styles(pane), ran)
        cover(pane, mode)
    mode.show_problem(index, row)


def open_problem(call: Call) -> None:
    """open-problem [-t target-pane]: the file of the problem under the cursor, in an editor.

    The editor is started with its arguments; what a tool printed is never given to a shell.
    """
    pane = call.the_pane()
    problem = pane.mode.problem if isinstance(pane.mode, ProblemMode) else None
    if problem is None or not isinstance(pane.mode, ProblemMode):
        raise CommandError("the cursor is on no problem")
    if not problem.path or not problem.path.isprintable():
        raise CommandError("the problem names no file")
    base = pane.mode.ran.record.path or pane.path or pane.start_path or "/"
    path = str(PurePosixPath(base) / problem.path)
    words = editor_words(_variables(call), path, problem.line, problem.column)
    session = call.the_session()
    index = session.free_index(session.options.number("base-index"))
    name = PurePosixPath(path).name
    make_window(call, session, index=index, start=Start(words, base), name=name, selected=True)


def _variables(call: Call) -> dict[str, str]:
    values = call.state.environment.visible()
    session = call.target().session
    if session is not None:
        session.environment.apply(values)
    client = call.source.client
    if client is not None:
        values.update(client.environment)
    values.setdefault("EDITOR", call.state.server_options.text("editor"))
    return values


def editor_words(
    environment: dict[str, str], path: str, line: int | None, column: int | None
) -> tuple[str, ...]:
    """The program that opens a file at a place, with its arguments.

    Args:
        environment: The person's: TERM_PROGRAM, VISUAL and EDITOR count, in this order.
        path: Absolute.
        line: From 1.
        column: From 1.
    """
    if environment.get("TERM_PROGRAM") == "vscode":
        place = ":".join(str(part) for part in (path, line, line and column) if part)
        return ("code", "-g", place)
    editor = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    try:
        words = shlex.split(editor)
    except ValueError:
        words = [editor]
    at = (f"+{line}",) if line is not None else ("--",)
    return (*(words or ["vi"]), *at, path)


COMMANDS = tuple(
    Command(
        name=name,
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane]",
        target=Aim.PANE,
        run=run,
        is_addition=True,
    )
    for name, run in (
        ("next-problem", next_problem),
        ("open-problem", open_problem),
        ("previous-problem", previous_problem),
    )
)
