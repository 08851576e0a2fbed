"""Menus and panes' numbers over a client's screen; popups are `aimux.commands.popups`'."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from aimux.commands.arguments import always_commands, menu_commands
from aimux.commands.command import Aim, Call, Command
from aimux.commands.display import filled, held
from aimux.commands.formats import expand
from aimux.commands.menu_look import begin, menu_look
from aimux.commands.menu_words import expanded_block
from aimux.commands.numbers import number
from aimux.commands.overlay_places import place
from aimux.commands.telling import unzoom
from aimux.errors import CommandError, KeyNameError
from aimux.keys.names import NONE_KEY, canonical_name
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.menu import FRAME_COLUMNS, FRAME_ROWS, LINE, Menu, MenuItem, make_item
from aimux.model.menu import menu_columns as columns_of
from aimux.model.pane_numbers import PaneNumbers

SELECT_PANE = 'select-pane -t "%%%"'
Commands = CommandBlock | str


# ---- menus ----


def display_menu(call: Call) -> None:
    """display-menu [-MO] [-b lines] [-c client] [-C choice] [-H style] [-s style] [-S style] ..."""
    client = call.the_client("c")
    call.the_pane()
    if client.overlay is not None:
        return
    arguments = call.arguments
    title = _drawn(call, client, arguments.get("T") or "")
    rows = list(_rows(call, client))
    items = tuple(item for item, _ in rows)
    if not items:
        return
    columns, lines = columns_of(title, items) + FRAME_COLUMNS, len(items) + FRAME_ROWS
    at = place(call, client, columns=columns, rows=lines)
    if at is None:
        return
    release: Callable[[], None] | None = None

    def ended(index: int | None) -> None:
        if index is not None:
            _choose(call, client, rows[index][1])
        if release is not None:
            release()

    by_mouse = call.source.mouse_event is not None
    menu = Menu(
        title=title,
        items=items,
        column=at[0],
        row=at[1],
        ended=ended,
        stays_open=arguments.has("O"),
        by_mouse=by_mouse or arguments.has("M"),
        look=menu_look(call),
    )
    if not by_mouse:
        begin(call, menu)
    release = call.queue.wait()
    client.overlay = menu


def _drawn(call: Call, client: Client, template: str) -> str:
    """A format's value as it is drawn on a client."""
    context = call.context()
    context.client, context.drawn = client, True
    return expand(template, context)


def _rows(call: Call, client: Client) -> Iterator[tuple[MenuItem, Commands]]:
    """The items with their commands; those whose name is empty are left out."""
    words = list(call.arguments.positional)
    first = True
    while words:
        name = str(words.pop(0))
        if not name:
            if not first:
                yield LINE, ""
            continue
        if len(words) < 2:
            raise CommandError("not enough arguments")
        key, commands = str(words.pop(0)), words.pop(0)
        label = _drawn(call, client, name)
        if label:
            first = False
            item = make_item(label, _key(key), columns=client.window_columns)
            yield item, _expanded(call, client, commands)


def _key(text: str) -> str:
    """A key's canonical name; empty for one that nobody can press."""
    try:
        name = canonical_name(text)
    except KeyNameError:
        return ""
    return "" if name == NONE_KEY else name


def _expanded(call: Call, client: Client, commands: Commands) -> Commands:
    context = call.context()
    context.client = client
    if isinstance(commands, str):
        return expand(commands, context)
    return expanded_block(commands, lambda text: expand(text, context))


def _choose(call: Call, client: Client, commands: Commands) -> None:
    source = call.source
    call.effects.run_at(
        client,
        commands,
        current=call.target(),
        mouse=source.mouse,
        mouse_event=source.mouse_event,
    )


# ---- panes' numbers ----


def display_panes(call: Call) -> None:
    """display-panes [-bN] [-d duration] [-t target-client] [template]."""
    client, arguments = call.the_client(), call.arguments
    if client.overlay is not None or client.session is None:
        return
    given = arguments.get("d")
    default = client.session.options.number("display-panes-time")
    milliseconds = number(given, "delay") if given is not None else default
    overlay = PaneNumbers(
        chosen=_selection(call, client),
        ended=held(call),
        takes_keys=not arguments.has("N"),
    )
    client.overlay = overlay

    def time_over() -> None:
        if client.overlay is overlay:
            client.close_overlay()

    if milliseconds:
        call.effects.after(milliseconds / 1000, time_over)


def _selection(call: Call, client: Client) -> Callable[[int], None]:
    """What runs the template for the pane of an index, if there is one."""
    words = call.arguments.positional
    template = words[0] if words else SELECT_PANE

    def select(index: int) -> None:
        if client.session is None:
            return
        window = client.session.window
        wanted = index - window.options.number("pane-base-index")
        if not 0 <= wanted < len(window.panes):
            return
        unzoom(call.effects, window)
        try:
            block = filled(call, template, [f"%{window.panes[wanted].id}"])
            call.queue.insert(block, replace(call.source, client=client))
        except CommandError as error:
            call.source.requester.error(str(error))

    return select


COMMANDS = (
    Command(
        name="display-menu",
        alias="menu",
        getopt="b:c:C:H:Ms:S:t:OT:x:y:",
        arity=(1, None),
        usage="[-O] [-c target-client] [-t target-pane] [-T title] [-x position] [-y position]"
        " name key command ...",
        target=Aim.PANE,
        kind=menu_commands,
        run=display_menu,
    ),
    Command(
        name="display-panes",
        alias="displayp",
        getopt="bd:Nt:",
        arity=(0, 1),
        usage="[-bN] [-d duration] [-t target-client] [template]",
        kind=always_commands,
        run=display_panes,
    ),
)
