"""The format variables of panes: place, program, screen, mode (tmux(1), FORMATS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aimux.commands.format_scope import Reader, Scope, flag, of_pane, seconds
from aimux.errors import OptionError
from aimux.model.pane import Pane
from aimux.styles.colour import RGB, format_colour
from aimux.styles.style import PLAIN, Style, overlay, parse_style
from aimux.vt.render import row_text

NO_PLACE = 0xFFFFFFFF
LINE_BYTES, CELL_BYTES = 32, 5  # sizeof struct grid_line and struct grid_cell_entry of tmux 3.3a


def pane_index(pane: Pane, scope: Scope) -> int:
    """A pane's index, from `pane-base-index` on."""
    window = scope.target.window
    if window is None or pane not in window.panes:
        return 0
    return window.index_of(pane) + window.options.number("pane-base-index")


def pane_edges(pane: Pane, scope: Scope) -> dict[str, bool]:
    """Which edges of the window a pane touches."""
    window = scope.target.window
    if window is None:
        return dict.fromkeys(("left", "top", "right", "bottom"), False)
    status = window.border_status
    return {
        "left": pane.box.column == 0,
        "top": pane.row == (1 if status == "top" else 0),
        "right": pane.box.column + pane.box.columns == window.columns,
        "bottom": pane.row + pane.rows == window.rows - (1 if status == "bottom" else 0),
    }


def is_last_pane(pane: Pane, scope: Scope) -> str:
    """Whether `last-pane` would select it."""
    window = scope.target.window
    return flag(window is not None and window.last_panes[-1:] == [pane])


def cursor_character(pane: Pane, _scope: Scope) -> str:
    """The character under the cursor."""
    screen = pane.screen
    text = row_text(screen.rows[screen.cursor_y])
    return text[screen.cursor_x : screen.cursor_x + 1] or " "


def tab_stops(pane: Pane, _scope: Scope) -> str:
    """The columns of the tab stops."""
    return ",".join(str(column) for column in sorted(pane.screen.tab_stops))


def mouse_any(pane: Pane, _scope: Scope) -> str:
    """Whether the program asked for the mouse in any way."""
    return flag(pane.screen.modes.mouse_protocol)


def in_mode(pane: Pane, _scope: Scope) -> str:
    """How many modes cover the pane."""
    return str(len(pane.covered) + (pane.mode is not None))


def saved_place(axis: str) -> Reader:
    """A coordinate of the cursor that the alternate screen keeps; tmux's largest for none."""

    def read(pane: Pane, _scope: Scope) -> int:
        saved = pane.screen.alternate_saved_cursor
        return NO_PLACE if saved is None else int(getattr(saved, axis))

    return of_pane(read)


def exit_part(read: Callable[[Pane], object]) -> Reader:
    """A variable of how a pane's program ended; empty while it runs."""
    return of_pane(lambda pane, _: "" if pane.exited is None else _known(read(pane)))


def _known(value: object) -> object:
    return "" if value is None else value


def _style(pane: Pane, option: str) -> Style:
    """A style of a pane; one that is a format is plain here."""
    try:
        return parse_style(pane.options.text(option))
    except OptionError:
        return PLAIN


def _own_style(pane: Pane) -> Style:
    """The colours that the pane's program gave the screen (OSC 10 and 11)."""
    colours = pane.screen.colours
    return replace(
        PLAIN,
        fg=colours.foreground | RGB if colours.is_changed(10) else PLAIN.fg,
        bg=colours.background | RGB if colours.is_changed(11) else PLAIN.bg,
    )


def pane_colour(part: str) -> Reader:
    """The foreground or background of what has none of its own: the style's or the program's."""

    def read(pane: Pane, scope: Scope) -> str:
        window, own = scope.target.window, _own_style(pane)
        style = overlay(own, _style(pane, "window-style"))
        if window is not None and window.active is pane:
            # What a program said counts before window-style here, as in tmux.
            style = overlay(style, overlay(own, _style(pane, "window-active-style")))
        return format_colour(getattr(style, part))

    return of_pane(read)


def history_bytes(pane: Pane, _scope: Scope) -> int:
    """What tmux's grid would take for the same lines: scripts read the number, not the memory."""
    counts = pane.screen.history.length_counts()
    counts.update(row.used for row in pane.screen.rows)
    return sum(
        count * (LINE_BYTES + CELL_BYTES * _allocated(length, pane.columns))
        for length, count in counts.items()
    )


def history_all_bytes(pane: Pane, _scope: Scope) -> str:
    """Lines, cells and cells that need more room, each as a count and what it takes in tmux."""
    lengths = pane.screen.history.length_counts()
    lengths.update(row.used for row in pane.screen.rows)
    lines = sum(lengths.values())
    cells = sum(count * _allocated(length, pane.columns) for length, count in lengths.items())
    return f"{lines},{lines * LINE_BYTES},{cells},{cells * CELL_BYTES},0,0"


def _allocated(length: int, columns: int) -> int:
    """Cells that tmux allocates for a line: none, a quarter, a half or all of the width.

    So it is for text that was written in one piece to a grid of this width (grid_expand_line); what
    was written piece by piece, or before the width changed, may have got another share.
    """
    steps = (1, columns // 4, columns // 2)
    allocated = (0, columns // 4, columns // 2)
    found = zip(steps, allocated, strict=True)
    return next((cells for step, cells in found if length < step), columns)


def mode_variable(name: str) -> Reader:
    """A variable that the pane's mode gives (copy mode's place, selection and search)."""

    def reader(scope: Scope) -> str | None:
        pane = scope.target.pane
        if pane is None or pane.mode is None:
            return None
        variables = getattr(pane.mode, "variables", None)
        value = variables().get(name) if variables is not None else None
        return None if value is None else str(value)

    return reader


PANE_VARIABLES: dict[str, Reader] = {
    "alternate_on": of_pane(lambda pane, _: flag(pane.screen.alternate)),
    "alternate_saved_x": saved_place("x"),
    "alternate_saved_y": saved_place("y"),
    "cursor_character": of_pane(cursor_character),
    "cursor_flag": of_pane(lambda pane, _: flag(pane.screen.cursor_visible)),
    "cursor_x": of_pane(lambda pane, _: pane.screen.cursor_x),
    "cursor_y": of_pane(lambda pane, _: pane.screen.cursor_y),
    "history_bytes": of_pane(history_bytes),
    "history_all_bytes": of_pane(history_all_bytes),
    "history_limit": of_pane(lambda pane, _: pane.screen.history_limit),
    "history_size": of_pane(lambda pane, _: len(pane.screen.history)),
    "insert_flag": of_pane(lambda pane, _: flag(pane.screen.modes.insert)),
    "keypad_cursor_flag": of_pane(lambda pane, _: flag(pane.screen.modes.application_cursor_keys)),
    "keypad_flag": of_pane(lambda pane, _: flag(pane.screen.modes.application_keypad)),
    "mouse_all_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1003)),
    "mouse_any_flag": of_pane(mouse_any),
    "mouse_button_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1002)),
    "mouse_sgr_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_encoding == 1006)),
    "mouse_standard_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1000)),
    "mouse_utf8_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_encoding == 1005)),
    "origin_flag": of_pane(lambda pane, _: flag(pane.screen.modes.origin)),
    "pane_active": of_pane(
        lambda pane, scope: flag(scope.target.window and scope.target.window.active is pane)
    ),
    "pane_at_bottom": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["bottom"])),
    "pane_at_left": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["left"])),
    "pane_at_right": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["right"])),
    "pane_at_top": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["top"])),
    "pane_bg": pane_colour("bg"),
    "pane_bottom": of_pane(lambda pane, _: pane.row + pane.rows - 1),
    "pane_current_command": of_pane(lambda pane, scope: scope.effects.foreground_command(pane)),
    "pane_current_path": of_pane(lambda pane, scope: scope.effects.foreground_path(pane)),
    "pane_dead": of_pane(lambda pane, _: flag(pane.exited or not pane.pid)),
    "pane_dead_signal": exit_part(lambda pane: pane.exited and pane.exited.signal),
    "pane_dead_status": exit_part(lambda pane: pane.exited and pane.exited.status),
    "pane_dead_time": exit_part(lambda pane: pane.exited and seconds(pane.exited.time)),
    "pane_fg": pane_colour("fg"),
    "pane_height": of_pane(lambda pane, _: pane.rows),
    "pane_id": of_pane(lambda pane, _: f"%{pane.id}"),
    "pane_in_mode": of_pane(in_mode),
    "pane_index": of_pane(pane_index),
    "pane_input_off": of_pane(lambda pane, _: flag(pane.input_off)),
    "pane_last": of_pane(is_last_pane),
    "pane_left": of_pane(lambda pane, _: pane.column),
    "pane_marked": of_pane(lambda pane, scope: flag(scope.state.marked is pane)),
    "pane_marked_set": of_pane(lambda _pane, scope: flag(scope.state.marked)),
    "pane_mode": of_pane(lambda pane, _: pane.mode.name if pane.mode else ""),
    "pane_path": of_pane(lambda pane, _: pane.path_said),
    "pane_pid": of_pane(lambda pane, _: pane.pid),
    "pane_pipe": of_pane(lambda pane, _: flag(pane.piped)),
    "pane_search_string": of_pane(lambda pane, _: pane.search.text or ""),
    "pane_right": of_pane(lambda pane, _: pane.column + pane.columns - 1),
    "pane_start_command": of_pane(lambda pane, _: pane.start_command),
    "pane_start_path": of_pane(lambda pane, _: pane.start_path),
    "pane_synchronized": of_pane(lambda pane, _: flag(pane.options.get("synchronize-panes"))),
    "pane_tabs": of_pane(tab_stops),
    "pane_title": of_pane(lambda pane, _: pane.title),
    "pane_top": of_pane(lambda pane, _: pane.row),
    "pane_tty": of_pane(lambda pane, _: pane.tty),
    "pane_width": of_pane(lambda pane, _: pane.columns),
    "scroll_region_lower": of_pane(lambda pane, _: pane.screen.scroll_bottom),
    "scroll_region_upper": of_pane(lambda pane, _: pane.screen.scroll_top),
    "wrap_flag": of_pane(lambda pane, _: flag(pane.screen.modes.wrap)),
}

MODE_VARIABLES: dict[str, Reader] = {
    name: mode_variable(name)
    for name in (
        "copy_cursor_line",
        "copy_cursor_word",
        "copy_cursor_x",
        "copy_cursor_y",
        "copy_position",
        "copy_position_limit",
        "rectangle_toggle",
        "scroll_position",
        "search_count",
        "search_count_partial",
        "search_match",
        "search_present",
        "search_timed_out",
        "selection_active",
        "selection_end_x",
        "selection_end_y",
        "selection_mode",
        "selection_present",
        "selection_start_x",
        "selection_start_y",
    )
}
