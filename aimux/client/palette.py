"""Textual's command palette over the client's screen, with the rows that the server lists.

Keys come from the server, in the order in which they were typed, so nothing that a person types can
overtake its opening; the mouse is Textual's. None of Textual's key bindings is ever asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import (
    Command,
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import LoadingIndicator, OptionList
from textual.worker import Worker
from typing_extensions import override

from aimux.client.palette_rows import Found, content, found
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import (
    PaletteAnswered,
    PaletteMoved,
    PaletteOpened,
    PaletteRow,
    PaletteTyped,
)

ICON = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
SEARCHES = "type to search"
WAITS = "/ searches, q closes"
MAX_PENDING = 1000
MOST_ROWS = 20
SMALL_ROWS = 20
"""A terminal with fewer rows shows no second row for each choice."""
COLUMNS = 80
_FRAME_ROWS = 3
_FRAME_COLUMNS = 5  # two borders, two blanks and the scroll bar

EDITS: Mapping[str, Callable[[CommandInput], object]] = {
    "BSpace": lambda line: line.action_delete_left(),
    "DC": lambda line: line.action_delete_right(),
    "Left": lambda line: line.action_cursor_left(),
    "Right": lambda line: line.action_cursor_right(),
    "C-a": lambda line: line.action_home(),
    "C-e": lambda line: line.action_end(),
    "C-k": lambda line: line.action_delete_right_all(),
    "C-u": lambda line: line.action_delete_left_all(),
    "C-w": lambda line: line.action_delete_left_word(),
}
MOVES: Mapping[str, Callable[[CommandList], object]] = {
    "Up": lambda rows: rows.action_cursor_up(),
    "Down": lambda rows: rows.action_cursor_down(),
    "PPage": lambda rows: rows.action_page_up(),  # type: ignore[no-untyped-call]  # Textual's
    "NPage": lambda rows: rows.action_page_down(),  # type: ignore[no-untyped-call]  # Textual's
    "Home": lambda rows: rows.action_first(),
    "End": lambda rows: rows.action_last(),
}
ENTER, SEARCH = "Enter", "/"


class RowHit(Hit):
    """What a search found."""

    def __init__(self, row: PaletteRow, drawn: str, tell: Callable[[], None], score: float) -> None:
        super().__init__(score, drawn, tell, row.label)
        self.row = row


class RowShown(DiscoveryHit):
    """What is listed while nothing is typed."""

    def __init__(self, row: PaletteRow, drawn: str, tell: Callable[[], None]) -> None:
        super().__init__(drawn, tell, row.label)
        self.row = row


class RowList(CommandList, can_focus=False):
    """The rows that were found; the current one is drawn in one style.

    Textual gives no style sheet a way to do so: it keeps the colours within a row, and knows no
    reverse video.

    Attributes:
        chosen: That style.
    """

    def __init__(self, chosen: Style) -> None:
        super().__init__()
        self.chosen = chosen

    @override
    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        segments = list(strip)
        if not any(_option_of(segment) == self.highlighted for segment in segments):
            return strip
        return Strip([self._as_chosen(segment) for segment in segments], strip.cell_length)

    def _as_chosen(self, segment: Segment) -> Segment:
        style = segment.style or Style()
        if _option_of(segment) is None:
            return segment
        marked = Style(underline=style.underline, meta=style.meta)
        return Segment(segment.text, self.chosen + marked)


def _option_of(segment: Segment) -> object:
    """The index of the row that a segment is a part of, by which Textual knows it, too."""
    return segment.style.meta.get("option") if segment.style is not None else None


class Rows(Provider):
    """Finds rows of the palette that is open."""

    @override
    async def discover(self) -> Hits:
        palette = self._palette()
        for one in palette.find(""):
            yield RowShown(one.row, palette.drawn(one), partial(palette.tell, one.row))

    @override
    async def search(self, query: str) -> Hits:
        palette = self._palette()
        matching = palette.find(query)
        for place, one in enumerate(matching):
            score = 1 - place / len(matching)
            yield RowHit(one.row, palette.drawn(one), partial(palette.tell, one.row), score)

    def _palette(self) -> Palette:
        palette = self.app.screen
        if not isinstance(palette, Palette):
            raise AssertionError("a search without a palette")  # noqa: TRY004  # a bug of ours
        return palette


class Palette(CommandPalette):
    """One list to choose from, until something is chosen or it is closed.

    Args:
        opened: What the server lists.
        send: Takes what the server is told.
        moved: Called when the place where text is typed may be another one.
        chosen: How the current row is drawn.

    Attributes:
        number: The server's for it.
        has_ended: The server knows, or has been told, that it is no more.
    """

    DEFAULT_CSS = """
    Palette { color: ansi_default; }
    Palette #--container {
        width: 80;
        max-width: 100%;
        height: auto;
        margin-top: 1;
        visibility: visible;
        color: $palette-text;
        background: $palette-page;
        border: solid $palette-frame;
        border-title-color: $palette-text;
        border-subtitle-color: $palette-quiet;
    }
    Palette.small #--container { margin-top: 0; }
    Palette #--input, Palette #--input.--list-visible { border: none; height: 1; }
    Palette CommandInput:ansi, Palette CommandInput:focus {
        border: none;
        height: 1;
        padding: 0;
        color: $palette-text;
        background: $palette-page;
    }
    Palette CommandInput:ansi > .input--placeholder { color: $palette-quiet; text-style: none; }
    Palette CommandInput:ansi > .input--cursor {
        color: $palette-text;
        background: $palette-page;
    }
    Palette SearchIcon { margin: 0 0 0 1; color: $palette-key; }
    Palette #--results { overlay: none; }
    Palette CommandList, Palette CommandList.--populating {
        border: none;
        background: $palette-page;
        scrollbar-size-vertical: 1;
        scrollbar-color: $palette-quiet;
        scrollbar-background: $palette-page;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Palette CommandList > .option-list--option {
        color: $palette-text;
        padding: 0 1;
        text-style: none;
    }
    Palette LoadingIndicator { display: none; }
    """

    def __init__(
        self,
        opened: PaletteOpened,
        send: Callable[[Message], None],
        moved: Callable[[], None],
        chosen: Style,
    ) -> None:
        super().__init__([Rows], placeholder=SEARCHES if opened.is_typing else WAITS)
        self.number = opened.number
        self._opened = opened
        self._send = send
        self._moved = moved
        self._chosen = chosen
        self._is_typing = opened.is_typing
        self._searched: str | None = None
        self._pending: deque[PaletteTyped] = deque()
        self._previewed = ""
        self._columns: int | None = None
        self.has_ended = False

    # ---- Textual ----

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield CommandInput(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield RowList(self._chosen)
                yield LoadingIndicator()

    def dress(self, chosen: Style) -> None:
        """The theme is another one: the current row is drawn in this style."""
        self._chosen = chosen
        for rows in self.query(RowList):
            rows.chosen = chosen
        self.refresh(layout=True)

    def on_mount(self) -> None:
        """Everything is there: search for what was typed so far."""
        self.query_one(SearchIcon).icon = ICON
        line = self.query_one(CommandInput)
        line.cursor_blink = False
        line.insert_text_at_cursor(self._opened.typed)
        self.query_one("#--container", Vertical).border_title = _literal(self._opened.title)
        self._fit()
        self._proceed()

    def on_resize(self, event: events.Resize) -> None:
        """Show as many rows as there is room for, each as wide as there is room."""
        self._fit()
        before, self._columns = self._columns, event.size.width
        if before not in (None, self._columns):
            line = self.query_one(CommandInput)
            line.post_message(line.Changed(line, line.value))  # search anew

    def _fit(self) -> None:
        rows = self.app.size.height
        self.set_class(rows < SMALL_ROWS, "small")
        room = rows - _FRAME_ROWS - (0 if rows < SMALL_ROWS else 2)
        self.query_one(CommandList).styles.max_height = max(1, min(MOST_ROWS, room))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Let the server preview what is current, or put back what it previewed."""
        row = _row_of(event.option)
        previewed = row.identity if row is not None and row.previews else ""
        if previewed != self._previewed and not self.has_ended:
            self._previewed = previewed
            self._send(PaletteMoved(self.number, previewed))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        """Say what was clicked on before anything that is typed then can be sent."""
        self.tell(_row_of(event.option))

    @override
    def dismiss(self, result: None = None) -> AwaitComplete:
        self.tell(None)
        return super().dismiss(result)

    @on(Worker.StateChanged)
    def _search_ended(self, event: Worker.StateChanged) -> None:
        if event.worker.is_finished:
            self._proceed()

    @property
    def cursor(self) -> Offset | None:
        """The cell of the terminal where text is typed; None where none is."""
        line = self.query(CommandInput)
        return line.first().cursor_screen_offset if line and self._is_typing else None

    # ---- searching ----

    def find(self, typed: str) -> list[Found]:
        """What is found by what is typed."""
        self._searched = typed
        rows = found(self._opened.rows, typed)
        frame = self.query_one("#--container", Vertical)
        frame.border_subtitle = f"{len(rows)} of {len(self._opened.rows)}"
        return rows

    def drawn(self, one: Found) -> str:
        """A row as it is drawn; Textual takes content where it says that it wants markup."""
        size = self.app.size
        columns, detail = min(COLUMNS, size.width) - _FRAME_COLUMNS, size.height >= SMALL_ROWS
        return content(one, columns=columns, detail=detail)  # type: ignore[return-value]  # see above

    # ---- keys ----

    def type(self, typed: PaletteTyped) -> None:
        """A key or a text that was typed."""
        if len(self._pending) < MAX_PENDING:
            self._pending.append(typed)
        self._proceed()

    def _proceed(self) -> None:
        """Do what was typed; what moves or chooses waits until the list is of what was typed."""
        if not self.is_mounted:
            return
        while self._pending and not self.has_ended:
            name = self._pending[0].name
            if (name in MOVES or name == ENTER) and not self._is_settled():
                return
            self._do(self._pending.popleft())
        self.call_after_refresh(self._moved)

    def _is_settled(self) -> bool:
        typed = self.query_one(CommandInput).value.strip()
        searching = any(worker.node is self and not worker.is_finished for worker in self.workers)
        return typed == self._searched and not searching

    def _do(self, typed: PaletteTyped) -> None:
        line, rows = self.query_one(CommandInput), self.query_one(CommandList)
        if typed.text:
            line.insert_text_at_cursor(typed.text)
        elif typed.name == ENTER:
            self._choose(rows)
        elif typed.name == SEARCH:
            line.placeholder, self._is_typing = SEARCHES, True
        elif typed.name in MOVES:
            MOVES[typed.name](rows)
        elif typed.name in EDITS:
            EDITS[typed.name](line)

    def _choose(self, rows: CommandList) -> None:
        row = _row_of(rows.highlighted_option)
        if row is None:
            self._send(PaletteAnswered(self.number, "", stays=True))
            return
        self.tell(row)
        self.dismiss()

    def tell(self, row: PaletteRow | None) -> None:
        """Say what was chosen, or that nothing was."""
        if not self.has_ended:
            self.has_ended = True
            self._send(PaletteAnswered(self.number, row.identity if row is not None else ""))

    def close(self) -> None:
        """The server has closed it."""
        if not self.has_ended:
            self.has_ended = True
            self.dismiss()


def _row_of(option: object) -> PaletteRow | None:
    hit = option.hit if isinstance(option, Command) else None
    return hit.row if isinstance(hit, (RowHit, RowShown)) else None


def _literal(text: str) -> str:
    """A border's title in which nothing is markup."""
    return text.replace("[", r"\[")
