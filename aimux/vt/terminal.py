"""The state of a terminal around its grid: modes, saved cursors, title, colours, output."""

from collections.abc import Callable
from typing import NamedTuple

from aimux.vt.attributes import TABLE
from aimux.vt.charsets import ASCII
from aimux.vt.colours import Colours, palette_colour
from aimux.vt.events import HistoryCleared, IconNameChanged, ScreenEvent, TitleChanged
from aimux.vt.margins import MarginPrinter
from aimux.vt.modes import Modes
from aimux.vt.reflow import MainScreen, resize_alternate
from aimux.vt.replies import ReplyLimit
from aimux.vt.roots import Roots
from aimux.vt.row import Row
from aimux.vt.rules import Rules
from aimux.vt.titles import clean_title
from aimux.vt.unlinking import unlink, unlinked

_TITLE_STACK: int = 16
_TAB_WIDTH: int = 8


class SavedCursor(NamedTuple):
    """What DECSC keeps."""

    x: int = 0
    y: int = 0
    attribute: int = 0
    charsets: tuple[str, str] = (ASCII, ASCII)
    shift: int = 0
    origin: bool = False


class Terminal(MarginPrinter):
    """Everything that control sequences act on.

    Attributes:
        rules: What options allow; another may be put here.
        modes: See `Modes`.
        title: OSC 0 or 2, as `clean_title` leaves it. icon_name: OSC 0 or 1, as `title`.
        path: OSC 7's payload, unchecked.
        cursor_shape: DECSCUSR, 0..6.
        colours: The palette that colour queries are answered from.
        on_event: Called with each event, while feeding; must not feed this screen.
        on_reply: Called with each reply, in the order of the questions; as `on_event`.
        main_rows: The main screen's rows while the alternate one is shown.
        tab_stops: Columns, at most one for each.
    """

    def __init__(
        self, columns: int, lines: int, history_limit: int, clock: Callable[[], float]
    ) -> None:
        super().__init__(columns, lines, history_limit)
        self._roots = Roots()
        TABLE.register(self._roots)
        self.rules = Rules()
        self.modes = Modes()
        self.colours = Colours()
        self.on_event: Callable[[ScreenEvent], None] | None = None
        self.on_reply: Callable[[bytes], None] | None = None
        self._reply_limit = ReplyLimit(clock)
        self.title = ""
        self.icon_name = ""
        self.path = ""
        self.titles: list[tuple[str, str]] = []
        self.cursor_shape = 0
        self.tab_stops: set[int] = set()
        self.set_default_tab_stops()
        self.saved_cursor: SavedCursor | None = None
        self.alternate_saved_cursor: SavedCursor | None = None
        self.main_rows: list[Row] = []
        self.kitty_stacks: tuple[list[int], list[int]] = ([0], [0])
        self.settle()

    # Output

    def emit(self, event: ScreenEvent) -> None:
        """Tell the owner."""
        if self.on_event is not None:
            self.on_event(event)

    def reply(self, text: str) -> None:
        """Answer the program, unless it asks faster than the limit."""
        if self.on_reply is not None and self._reply_limit.allows(len(text)):
            self.on_reply(text.encode("ascii", "replace"))

    def palette_entry(self, index: int) -> int:
        """The 24-bit colour of the palette at 0..255: a program's, an option's or xterm's."""
        changed = self.colours.palette.get(index)
        given = self.rules.default_colour(index) if changed is None else changed
        return palette_colour(index) if given is None else given

    # Cursor

    def move_to(self, *, row: int, column: int) -> None:
        """CUP: to a position counted from 0, between the margins when DECOM is set."""
        self.stay()
        if self.modes.origin:
            self.y = min(self.top + row, self.bottom)
            self.x = min(self.left + column, self.right - 1)
        else:
            self.y = min(row, self.lines - 1)
            self.x = min(column, self.columns - 1)

    def home(self) -> None:
        """To the first row and column of what DECOM makes the screen."""
        self.move_to(row=0, column=0)

    def leave_pending_wrap(self) -> None:
        """Put the cursor on the last column if it waits beyond it."""
        self.x = min(self.x, self.columns - 1)
        self.stay()

    def save_cursor(self) -> SavedCursor:
        """What DECSC keeps of the present state."""
        charsets = (self.charsets[0], self.charsets[1])
        return SavedCursor(self.x, self.y, self.attribute, charsets, self.shift, self.modes.origin)

    def restore_cursor(self, saved: SavedCursor) -> None:
        """DECRC."""
        self.stay()
        self.x = min(saved.x, self.columns - 1)
        self.y = min(saved.y, self.lines - 1)
        self.attribute = saved.attribute
        self.charsets = list(saved.charsets)
        self.shift = saved.shift
        self.modes.change("origin", saved.origin)
        self.update_special()

    def set_default_tab_stops(self) -> None:
        """One every eight columns."""
        self.tab_stops = self.default_tab_stops()

    def default_tab_stops(self) -> set[int]:
        """The tab stops of a new screen."""
        return set(range(_TAB_WIDTH, self.columns, _TAB_WIDTH))

    # Screens

    def enter_alternate(self, *, save: bool) -> None:
        """Show the alternate screen, blank; the cursor stays where it is (as in tmux).

        Args:
            save: Keep the cursor for `leave_alternate` (1049).
        """
        if self.alternate or not self.rules.has_alternate():
            return
        if save:
            self.alternate_saved_cursor = self.save_cursor()
        self.main_rows = self.rows
        self.rows = [Row(self.version) for _ in range(self.lines)]
        self.alternate = True
        self.modes.change("kitty_flags", self.kitty_stack[-1])

    def leave_alternate(self, *, restore: bool) -> None:
        """Show the main screen as it was; the alternate one is forgotten."""
        if self.alternate:
            self.rows = self.main_rows
            self.main_rows = []
            self.alternate = False
            self.kitty_stacks[1][:] = [0]
            self.modes.change("kitty_flags", self.kitty_stack[-1])
        if restore and self.alternate_saved_cursor is not None:
            self.restore_cursor(self.alternate_saved_cursor)

    @property
    def kitty_stack(self) -> list[int]:
        """The kitty keyboard flags of the screen that is shown; the last are in force."""
        return self.kitty_stacks[1 if self.alternate else 0]

    def clear_history(self) -> None:
        """Forget the rows above the screen."""
        self.history.clear()
        self.recall_from = self.history.pushed
        self.emit(HistoryCleared())

    def forget_links(self) -> None:
        """Show what links stand on as plain text, on both screens, and end the one being drawn."""
        self.version += 1
        for row in (*self.rows, *self.main_rows):
            unlink(row, self.version)
        self.attribute = unlinked(self.attribute)
        self.settle()

    def trim_below(self, count: int) -> None:
        """Remove the last `count` rows; as many of the history come back above (resize-pane -T).

        Args:
            count: At most the rows below the cursor, and those of the history.
        """
        self.rows[:] = [*self.history.pop(count), *self.rows[: len(self.rows) - count]]
        self.recall_from = min(self.recall_from, self.history.pushed)
        self.y += count

    # Size

    def set_size(self, *, rows: int, columns: int) -> None:
        """Take a new size; see `reflow` for what becomes of the cells.

        The scroll region becomes the whole screen, and a new width restores the tab stops.
        """
        if (rows, columns) == (self.lines, self.columns):
            return
        if self.alternate:
            self._resize_hidden_main(rows, columns)
            self.y = resize_alternate(
                self.rows, height=rows, columns=columns, y=self.y, version=self.version
            )
            self.x = min(self.x, columns - 1)
        else:
            self.x, self.y = self._resize_main(self.rows, rows, columns, (self.x, self.y))
        if columns != self.columns:
            self.columns = columns
            self.set_default_tab_stops()
        self.lines = rows
        self.top = 0
        self.bottom = rows - 1
        self.reset_margins()

    def _resize_main(
        self, main: list[Row], rows: int, columns: int, cursor: tuple[int, int]
    ) -> tuple[int, int]:
        """Reflow the main screen; the cursor's new column and row."""
        screen = MainScreen(
            main,
            self.history,
            x=cursor[0],
            y=cursor[1],
            recallable=self.history.pushed - self.recall_from,
            version=self.version,
        )
        screen.set_height(rows)
        if columns != self.columns:
            screen.set_width(columns)
        self.recall_from = self.history.pushed - screen.recallable
        return screen.x, screen.y

    def _resize_hidden_main(self, rows: int, columns: int) -> None:
        saved = self.alternate_saved_cursor
        cursor = (self.x, self.y) if saved is None else (saved.x, saved.y)
        x, y = self._resize_main(self.main_rows, rows, columns, cursor)
        if saved is not None:
            self.alternate_saved_cursor = saved._replace(x=x, y=y)

    # Resets

    def soft_reset(self) -> None:
        """DECSTR (DEC STD 070): modes, region, pen and saved cursor; cells and position stay."""
        for name, value in _SOFT_RESET:
            self.modes.change(name, value)
        self.insert = False
        self.autowrap = True
        self.attribute = 0
        self.charsets = [ASCII, ASCII]
        self.shift = 0
        self.top = 0
        self.bottom = self.lines - 1
        self.saved_cursor = None
        self.cursor_shape = 0
        self.margin_mode = False
        self.reset_margins()

    def hard_reset(self) -> None:
        """RIS: as new, but what the screen shows goes to the history (as in tmux)."""
        self.leave_alternate(restore=False)
        self.attribute = 0
        self.scroll_into_history()
        self.graphemes = False
        self.soft_reset()
        self.modes.reset()
        self.colours.reset()
        self.set_default_tab_stops()
        self.alternate_saved_cursor = None
        for stack in self.kitty_stacks:
            stack[:] = [0]
        self.titles.clear()
        self.x = 0
        self.y = 0

    def set_title(self, title: str) -> None:
        """OSC 2."""
        self.title = clean_title(title)
        self.emit(TitleChanged(self.title))

    def set_icon_name(self, name: str) -> None:
        """OSC 1."""
        self.icon_name = clean_title(name)
        self.emit(IconNameChanged(self.icon_name))

    def push_title(self) -> None:
        """Keep both titles (XTWINOPS 22); the oldest are forgotten when many are kept."""
        self.titles.append((self.title, self.icon_name))
        del self.titles[:-_TITLE_STACK]

    def pop_title(self, *, window: bool, icon: bool) -> None:
        """Take back what `push_title` kept last (XTWINOPS 23): one title or both."""
        if not self.titles:
            return
        title, name = self.titles.pop()
        if icon:
            self.set_icon_name(name)
        if window:
            self.set_title(title)

    def set_theme(self, *, foreground: int, background: int, cursor: int) -> None:
        """The colours that questions are answered with; a program that set mode 2031 is told.

        Args:
            foreground: 24 bits, as all three.
            background: Darker or lighter than the foreground: that is what the program hears.
            cursor: What OSC 12 reports.
        """
        was_dark = self.colours.dark
        self.colours.set_defaults(foreground=foreground, background=background, cursor=cursor)
        self._tell_of_theme(was_dark=was_dark)

    def report_colour(self, code: int, colour: int) -> None:
        """Have one of the colours that questions are answered with; as `set_theme`.

        Args:
            code: 10 for the foreground, 11 for the background, 12 for the cursor.
            colour: 24 bits.
        """
        was_dark = self.colours.dark
        self.colours.report(code, colour)
        self._tell_of_theme(was_dark=was_dark)

    def _tell_of_theme(self, *, was_dark: bool) -> None:
        if self.modes.color_scheme_updates and self.colours.dark != was_dark:
            self.report_color_scheme()

    def report_color_scheme(self) -> None:
        """The answer to DSR ?996: 1 dark, 2 light."""
        self.reply(f"\x1b[?997;{1 if self.colours.dark else 2}n")

    def settle(self) -> None:
        """Tell the attribute table what is held; call when a feed or a change of size is done."""
        saved = (self.saved_cursor, self.alternate_saved_cursor)
        pens = [self.attribute, self.kept_attribute]
        pens += [cursor.attribute for cursor in saved if cursor is not None]
        self._roots.pens = tuple(pens)
        self._roots.history = self.history
        self._roots.rows = (self.rows, self.main_rows)
        TABLE.sweep_if_crowded()


_SOFT_RESET: tuple[tuple[str, int], ...] = (
    ("insert", False),
    ("origin", False),
    ("wrap", True),
    ("application_cursor_keys", False),
    ("application_keypad", False),
    ("cursor_visible", True),
)
