"""Copy mode as a pane's mode: what covers the screen while a person reads, searches and copies."""

from __future__ import annotations

import time
from collections.abc import Callable

from aimux.copymode.commands import COMMANDS
from aimux.copymode.drawing import CopyStyles, Painter, position
from aimux.copymode.grid import Grid, Screen
from aimux.copymode.later_commands import LATER_COMMANDS
from aimux.copymode.line_numbers import column_below, counted_position, seen_column
from aimux.copymode.outcome import DONE, Outcome
from aimux.copymode.request import Clear, Request
from aimux.copymode.search import Search, SearchMemory
from aimux.copymode.selection import Follow, Place, Unit
from aimux.copymode.state import CopyOptions, CopyState
from aimux.copymode.words import line_at, word_at
from aimux.errors import CommandError

MAX_TIMES = 0x7FFF
UNIT_NAMES = {Unit.CHARACTER: "char", Unit.WORD: "word", Unit.LINE: "line"}
KEY_TABLES = {False: "copy-mode", True: "copy-mode-vi"}


class CopyMode:
    """A pane in copy mode; satisfies `aimux.model.pane.Mode`.

    The rows are taken once: what the program prints meanwhile is not shown.

    Attributes:
        name: As `#{pane_mode}` shows it.
        key_table: Where its keys are bound; unbound keys do nothing.
        state: Where it stands.
        is_served: Somebody calls `work_on` while the mode is busy.
        prefix: How often the next command is done, if nothing else is said; then it is 1 again.

    Args:
        screen: The screen to read.
        options: The options that it obeys; see `configure`.
        styles: How selection, matches and mark look.
        exit_at_bottom: `copy-mode -e`: scrolling down to the last row ends the mode.
        memory: The pane's last search; kept up to date here.
        clock: Monotonic seconds, for the limits on searches.
        foreign: Whether the screen is another pane's: empty rows at its end are left out.
    """

    def __init__(  # noqa: PLR0913  # what it reads, obeys and looks like
        self,
        screen: Screen,
        options: CopyOptions,
        *,
        styles: CopyStyles | None = None,
        exit_at_bottom: bool = False,
        memory: SearchMemory | None = None,
        clock: Callable[[], float] = time.monotonic,
        foreign: bool = False,
    ) -> None:
        self.name = "copy-mode"
        self.prefix = 1
        self.key_table = KEY_TABLES[options.vi]
        self._version = 0
        self.is_served = False
        self._painter = Painter(styles or CopyStyles())
        search = Search(memory or SearchMemory(), clock)
        self.state = CopyState(Grid.of_screen(screen, trim=foreign), search, options)
        self.state.source = screen
        self.state.exit_at_bottom = exit_at_bottom
        row = len(screen.history) + screen.y
        self.state.show(Place(screen.x, min(row, self.state.grid.last)))
        self.state.mark = self.state.place

    @property
    def styles(self) -> CopyStyles:
        """How selection, matches and mark look."""
        return self._painter.styles

    def configure(self, options: CopyOptions, styles: CopyStyles) -> None:
        """Obey other options from now on."""
        self.state.options = options
        self.key_table = KEY_TABLES[options.vi]
        self._painter = Painter(styles)
        self._version += 1

    def command(
        self, name: str, words: tuple[str, ...] = (), *, times: int | None = None
    ) -> Outcome:
        """Run a command of `send-keys -X`.

        Args:
            name: The command.
            words: Its arguments, format-expanded where the caller wants them to be. As in tmux, a
                wrong number of them makes the command do nothing.
            times: How often to repeat it, at most 32767; None for `prefix`.

        Raises:
            CommandError: There is no command of that name.
        """
        command = COMMANDS.get(name) or LATER_COMMANDS.get(name)
        if command is None:
            raise CommandError(f"copy mode command not supported yet: {name}")
        fewest, most = command.arity
        outcome = DONE
        self.state.search.stop()
        if fewest <= len(words) <= most:
            count = self.prefix if times is None else times
            outcome = command.run(Request(self.state, words, max(1, min(count, MAX_TIMES))))
        self.prefix = 1
        self._clear_marks(name, command.clear)
        self._version += 1
        return outcome

    @property
    def is_searching(self) -> bool:
        """Whether a search takes longer than its command; any key ends it."""
        return self.state.search.is_running

    @property
    def is_busy(self) -> bool:
        """Whether there is something to search or to count: `work_on` has to be called."""
        return self.is_searching or self.state.search.counting is not None

    def work_on(self, seconds: float) -> None:
        """Go on with the search, or with counting its matches, for a while."""
        search, before = self.state.search, position(self.state)
        if search.is_running:
            search.go_on(seconds)
        else:
            search.count_on(seconds)
        if position(self.state) != before:
            self._version += 1

    def stop_searching(self) -> None:
        """Give up the search; the cursor stays where it is."""
        self.state.search.stop()
        self._version += 1

    def _clear_marks(self, name: str, clear: Clear) -> None:
        state = self.state
        if name.startswith("search-") or state.search.marks is None:
            return
        if clear is Clear.ALWAYS or (clear is Clear.EMACS_ONLY and not state.options.vi):
            state.search.clear()
            state.search_origin = None

    # ---- the mouse ----

    def place_cursor(self, column: int, row: int) -> None:
        """Put the cursor at what is seen in a cell of the pane."""
        self._put_cursor(column_below(self.state, column), row)

    def _put_cursor(self, column: int, row: int) -> None:
        grid = self.state.grid
        self.state.column = max(0, min(column, grid.columns - 1))
        self.state.row = max(0, min(row, grid.lines - 1))
        self._version += 1

    def start_drag(self, column: int, row: int) -> None:
        """Begin to select with the mouse at a cell; within a chosen word or line, go on with it."""
        state = self.state
        column = column_below(state, column)
        start, end = state.anchor_start, state.anchor_end
        inside = start.column <= column <= end.column and state.top + row == start.row
        if not inside:
            state.unit = Unit.CHARACTER
        self._put_cursor(0 if state.unit is Unit.LINE else column, row)
        if state.unit is Unit.WORD:
            reader = state.reader()
            reader.previous_word(state.options.word_separators, already=False, stop_at_end=True)
            self._put_cursor(reader.column, reader.row - state.top)
        elif state.unit is Unit.CHARACTER:
            state.begin_selection()

    def drag_to(self, column: int, row: int) -> bool:
        """Select up to a cell.

        Returns:
            Whether the mouse came to the first or the last row, or rests there: then it has
            scrolled, and `scroll_drag` is to be called after 50 ms while the button is held.
        """
        state = self.state
        before = (state.column, state.row)
        self.place_cursor(column, row)
        state.update_selection()
        along = state.row == before[1] and state.column != before[0]
        return not along and self.scroll_drag()

    def show_from(self, row: int) -> None:
        """Show the rows from that one of the grid on; the cursor stays where it is on the screen.

        Args:
            row: 0 for the oldest, at most the grid's `above`.
        """
        state = self.state
        if not state.in_rectangle:
            state.remember_column()
            state.column = state.last_column
        state.scroll(state.top - row)
        if not state.in_rectangle:
            state.keep_to_line()
        self._version += 1

    def scroll_drag(self) -> bool:
        """Scroll one row while the mouse rests in the first or the last one; False if it does not.

        The row at which scrolling ends counts: the mouse may be moved away from it.
        """
        state = self.state
        if state.row == 0:
            state.up(scroll=True)
        elif state.row == state.grid.lines - 1:
            state.down(scroll=True)
        else:
            return False
        self._version += 1
        return True

    # ---- aimux.model.pane.Mode ----

    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""
        self.resize(columns=columns, lines=rows)
        return self._painter.rows(self.state, depth=depth)

    def refresh(self) -> None:
        """What was read stays still."""

    def cursor(self) -> tuple[int, int] | None:
        """Row and column of the cursor."""
        return self.state.row, seen_column(self.state, self.state.column)

    @property
    def version(self) -> int:
        """Changes whenever `rows` would give something else for the same size."""
        return self._version

    def resize(self, *, columns: int, lines: int) -> None:
        """Take another size: lines wrap anew, the selection goes, the cursor stays in its text."""
        state, grid = self.state, self.state.grid
        if (columns, lines) == (grid.columns, grid.lines):
            return
        self._version += 1
        shown = state.search.marks is not None
        if columns == grid.columns:
            place = state.place
            grid.resize(columns=columns, lines=lines)
        else:
            position = grid.wrap_position(state.column, state.absolute_row)
            grid.resize(columns=columns, lines=lines)
            place = Place(*grid.unwrap_position(*position))
        state.show(place)
        state.clear_selection()
        state.search.clear()
        if shown:
            state.search.mark(grid, state.top, visible_only=False)
        state.search_origin = (state.column, state.row, state.scrolled)

    # ---- formats ----

    def variables(self) -> dict[str, str]:
        """The format variables that tmux adds in copy mode."""
        state, search = self.state, self.state.search
        following = state.follow is not Follow.NONE
        place, limit = counted_position(state)
        variables = {
            "copy_position": place,
            "copy_position_limit": limit,
            "selection_mode": UNIT_NAMES[state.unit],
            "search_timed_out": int(search.timed_out),
            "top_line_time": 0,  # no row knows when it was printed
            "scroll_position": state.scrolled,
            "rectangle_toggle": int(state.rectangle),
            "copy_cursor_x": state.column,
            "copy_cursor_y": state.row,
            "selection_present": int(state.selecting),
            "selection_active": int(state.selecting and following),
            "search_present": int(state.search.marks is not None),
            "search_match": state.search.match_at(state.grid, state.place, state.top) or "",
            "copy_cursor_word": word_at(state.grid, state.place, state.options.word_separators),
            "copy_cursor_line": line_at(state.grid, state.absolute_row),
        }
        if state.selecting:
            variables |= {
                "selection_start_x": state.start.column,
                "selection_start_y": state.start.row,
                "selection_end_x": state.end.column,
                "selection_end_y": state.end.row,
            }
        if search.count != -1:
            variables |= {"search_count": search.count, "search_count_partial": int(search.more)}
        return {name: str(value) for name, value in variables.items()}
