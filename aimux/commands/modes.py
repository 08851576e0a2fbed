"""What covers a pane's screen: copy mode, the output of commands, the chooser of windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aimux.commands.command import Aim, Call, Command
from aimux.commands.key_mode import KeyMode, Stroke
from aimux.commands.later_tmux import is_later
from aimux.commands.mode_stack import cover, leave, leave_all, raise_mode
from aimux.commands.scrollbars import SliderDrag
from aimux.commands.targets import Target
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.outcome import Copied, Outcome
from aimux.copymode.state import CopyOptions
from aimux.copymode.view_mode import ViewMode
from aimux.errors import CommandError, OptionError
from aimux.model.client import Client
from aimux.model.options_table import ROWS
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.styles.style import PLAIN, Style, parse_style

# What a drag waits before it scrolls by another row (WINDOW_COPY_DRAG_REPEAT_TIME of tmux).
SCROLL_SECONDS = 0.05
MODE_STYLE = "#{E:mode-style}"
POSITION_FORMAT = "copy-mode-position-format"

# A search that takes long holds nobody up for longer than this, and leaves as much to others.
SEARCH_SECONDS = 0.008

# ---- entering and leaving ----


def copy_mode(call: Call) -> None:
    """copy-mode [-deHMqSu] [-s src-pane] [-t target-pane].

    -S, as later versions have it, lets the scrollbar's slider follow the mouse.
    """
    arguments, pane = call.arguments, call.the_pane()
    if arguments.has("q"):
        leave_all(pane)
        return
    if arguments.has("M"):
        place = call.source.mouse
        if place is None or place.pane is None:
            return
        pane = place.pane
    drag = SliderDrag(call, pane, exits=arguments.has("e")) if arguments.has("S") else None
    entered = not raise_mode(pane, "copy-mode")
    if entered:
        source = call.origin().pane if arguments.has("s") else pane
        mode = enter_copy_mode(call.state, pane, source or pane)
        mode.state.exit_at_bottom = arguments.has("e")
        mode.state.position_hidden = arguments.has("H")
        around = Target(pane=pane, window=call.state.window_of(pane))
        obey_position_format(call.state, pane, lambda text: call.expand(text, around))
    if drag is not None:
        drag.start()
    elif arguments.has("M") and entered:
        _drag_selection(call, pane)
    for flag, motion in (("u", "page-up"), ("d", "page-down")):
        if arguments.has(flag) and isinstance(pane.mode, CopyMode):
            finish(call, pane, pane.mode.command(motion))


def enter_copy_mode(state: State, pane: Pane, source: Pane) -> CopyMode:
    """Cover a pane with copy mode over another's (or its own) screen."""
    mode = CopyMode(
        source.screen,
        copy_options(state, pane),
        styles=copy_styles(pane),
        memory=pane.search,
        foreign=source is not pane,
    )
    mode.state.prompts, mode.state.outputs = source.prompt_rows, source.output_rows
    cover(pane, mode)
    return mode


def copy_options(state: State, pane: Pane) -> CopyOptions:
    """The options that copy mode obeys in a pane."""
    session = session_around(state, pane)
    options = session.options if session is not None else state.session_options
    return CopyOptions(
        vi=pane.options.text("mode-keys") == "vi",
        word_separators=options.text("word-separators"),
        wrap_search=pane.options.flag("wrap-search"),
        line_numbers=pane.options.text("copy-mode-line-numbers"),
    )


def copy_styles(pane: Pane) -> CopyStyles:
    """The styles that copy mode is drawn in."""
    return CopyStyles(
        selection=style_option(pane, "copy-mode-selection-style"),
        position=style_option(pane, "copy-mode-position-style"),
        match=style_option(pane, "copy-mode-match-style"),
        current_match=style_option(pane, "copy-mode-current-match-style"),
        mark=style_option(pane, "copy-mode-mark-style"),
        number=style_option(pane, "copy-mode-line-number-style"),
        current_number=style_option(pane, "copy-mode-current-line-number-style"),
    )


def obey_options(state: State, pane: Pane) -> None:
    """Let the copy mode of a pane, if it is in it, have the options as they are now."""
    mode = pane.mode
    if isinstance(mode, CopyMode):
        options = copy_options(state, pane)
        if options != mode.state.options:
            mode.configure(options, copy_styles(pane))


def obey_styles(pane: Pane) -> None:
    """Let the copy mode of a pane, if it is in it, have the styles as they are now."""
    mode = pane.mode
    if isinstance(mode, CopyMode):
        styles = copy_styles(pane)
        if styles != mode.styles:
            mode.configure(mode.state.options, styles)


def obey_position_format(state: State, pane: Pane, expand: Callable[[str], str]) -> None:
    """Let the copy mode of a pane, if it is in it, show its place as the option says.

    Args:
        state: Its version decides what the option's default means: tmux 3.3a had none.
        pane: The pane.
        expand: Expands a format for that pane.
    """
    mode = pane.mode
    if not isinstance(mode, CopyMode):
        return
    template = pane.options.text(POSITION_FORMAT)
    later = is_later(state.server_options.text("tmux-version"))
    if template == ROWS[POSITION_FORMAT].default and not later:
        mode.state.position = None
    else:
        mode.state.position = lambda: expand(template)


def style_option(pane: Pane, name: str) -> Style:
    """A style option's value for a pane; plain if it cannot be read.

    Of formats only the default of later tmux's options is known, which names another option.
    """
    text = pane.options.text(name)
    if text == MODE_STYLE:
        text = pane.options.text("mode-style")
    try:
        return parse_style(text)
    except OptionError:
        return PLAIN


def session_around(state: State, pane: Pane) -> Session | None:
    """A session that holds a pane's window."""
    window = state.window_of(pane)
    place = next(state.links_of(window), None) if window is not None else None
    return place[0] if place is not None else None


def show_lines(state: State, pane: Pane, lines: Iterable[str]) -> None:
    """Show lines of output over a pane, below those that are shown there already."""
    mode = pane.mode if raise_mode(pane, "view-mode") else None
    if not isinstance(mode, ViewMode):
        mode = ViewMode(
            columns=pane.columns,
            lines=pane.rows,
            options=copy_options(state, pane),
            styles=copy_styles(pane),
            memory=pane.search,
        )
        cover(pane, mode)
    mode.add(lines)


# ---- keys and commands in a mode ----


def mode_key(pane: Pane, stroke: Stroke) -> None:
    """A key that no table binds, in the mode that covers a pane; copy mode's search it stops."""
    if isinstance(pane.mode, KeyMode):
        pane.mode.key(stroke)
    elif isinstance(pane.mode, CopyMode) and pane.mode.is_searching:
        pane.mode.stop_searching()


def mode_command(call: Call, pane: Pane, words: list[str], *, times: int | None) -> None:
    """A command of `send-keys -X` in the mode that covers a pane. Raises CommandError."""
    mode = pane.mode
    if not isinstance(mode, CopyMode):
        raise CommandError("not in a mode")
    obey_options(call.state, pane)
    if times is not None:
        mode.prefix = times
    if not words:
        return
    name, *arguments = words
    if name == "scroll-to-mouse":
        SliderDrag(call, pane, exits="-e" in arguments).start()
        mode.prefix = 1
        return
    if mode.is_searching and call.source.key and not name.startswith("search-"):
        mode.stop_searching()
        return
    place, event = call.source.mouse, call.source.mouse_event
    inside = place is not None and place.pane is pane and 0 <= place.column < pane.columns
    if place is not None and event is not None and inside and not event.wheel:
        mode.place_cursor(place.column, place.row)
        if name == "begin-selection":
            _drag_selection(call, pane)
            return
    finish(call, pane, mode.command(name, tuple(arguments)))


def _drag_selection(call: Call, pane: Pane) -> None:
    """Select from the mouse's place on while its button is held."""
    place, client, mode = call.source.mouse, call.source.client, pane.mode
    if place is None or client is None or not isinstance(mode, CopyMode):
        return
    mode.start_drag(place.column, place.row)
    client.drag = _Drag(call, pane, mode, client).move


class _Drag:
    """A selection that follows the mouse, and scrolls while it rests at the top or the bottom."""

    def __init__(self, call: Call, pane: Pane, mode: CopyMode, client: Client) -> None:
        self._call = call
        self._pane = pane
        self._mode = mode
        self._client = client
        self._moves = 0

    def move(self, column: int, row: int) -> None:
        """Follow the mouse to a cell of the window."""
        pane = self._pane
        if pane.mode is not self._mode:
            return
        self._moves += 1
        place = _within(column - pane.column, pane.columns), _within(row - pane.row, pane.rows)
        self._go_on(self._mode.drag_to(*place))

    def _go_on(self, scrolling: bool) -> None:
        if scrolling:
            move = self._moves
            self._call.effects.after(SCROLL_SECONDS, lambda: self._scroll(move))

    def _scroll(self, move: int) -> None:
        held = self._client.drag == self.move and self._pane.mode is self._mode
        if held and move == self._moves:
            self._go_on(self._mode.scroll_drag())


def _within(place: int, size: int) -> int:
    return max(0, min(size - 1, place))


def finish(call: Call, pane: Pane, outcome: Outcome) -> None:
    """Do what a command of copy mode asked for."""
    mode = pane.mode
    if isinstance(mode, CopyMode):
        _work_on(call, pane, mode)
    if outcome.copied is not None:
        _keep(call, pane, outcome.copied)
    if outcome.cancelled:
        leave(pane)


def _work_on(call: Call, pane: Pane, mode: CopyMode) -> None:
    """Go on, piece by piece, with the search that the mode has begun, and with its count."""
    if mode.is_served or not mode.is_busy:
        return
    mode.is_served = True

    def go_on() -> None:
        mode.is_served = False
        if pane.mode is mode:
            mode.work_on(SEARCH_SECONDS)
            _work_on(call, pane, mode)

    call.effects.after(SEARCH_SECONDS, go_on)


def _keep(call: Call, pane: Pane, copied: Copied) -> None:
    text = copied.text
    if text and copied.to_buffer:
        data = text.encode("utf-8", "surrogateescape")
        _store(call, copied, data)
        call.effects.set_clipboard(data)
    if copied.piped:
        command = call.expand(copied.command) or call.state.server_options.text("copy-command")
        if command:
            call.effects.pipe_text(command, text or "", session=session_around(call.state, pane))


def _store(call: Call, copied: Copied, data: bytes) -> None:
    buffers = call.state.buffers
    top = buffers.top()
    if copied.append and top is not None:
        buffers.replace(top.name, top.data + data)
        return
    prefix = call.expand(copied.prefix) if copied.prefix else "buffer"
    buffers.add(data, now=call.effects.now(), prefix=prefix)


COMMANDS = (
    Command(
        name="copy-mode",
        alias=None,
        getopt="deHMs:St:uq",
        arity=(0, 0),
        usage="[-eHMuq] [-s src-pane] [-t target-pane]",
        target=Aim.PANE,
        source=Aim.PANE,
        run=copy_mode,
    ),
)
