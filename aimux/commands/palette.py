"""command-palette and choose-keys, aimux's own: everything that can be done, searched by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.display import show_message
from aimux.commands.later_tmux import LATER_COMMANDS
from aimux.commands.targets import Target
from aimux.commands.theme_files import find_theme, kept_theme, show_theme, theme_names
from aimux.commands.which_key import is_common
from aimux.errors import CommandError
from aimux.model.chooser import LEAST_ROWS, Choice, Chooser
from aimux.model.client import DEFAULT_TABLE, Client
from aimux.model.command_list import CommandBlock
from aimux.model.key_order import is_mouse_key
from aimux.model.key_tables import NO_KEY, Binding
from aimux.model.quoting import quote_argument
from aimux.security.clean import clean

MAXIMUM_USES = 1000
MAXIMUM_DETAIL = 200
PREFIX_TABLE = "prefix"
# What stands first while nothing is typed.
AGENT, COMMON_KEY, PLACE, KEY, COMMAND, THEME = range(6)


class Entry(Struct, frozen=True):
    """A choice and what choosing it does: commands for the person's client, or a message.

    Attributes:
        preview: Called while it is current, to show what it would be like.
    """

    choice: Choice
    commands: CommandBlock | str = ""
    message: str = ""
    preview: Callable[[], None] | None = None


# ---- the palette ----


def command_palette(call: Call) -> None:
    """command-palette [-t target-client]."""
    client = _free_client(call)
    if client is None:
        return
    theme = kept_theme(call.state)
    entries = [*_keys(call), *_places(call), *_commands(call), *_themes(call)]
    _open(call, client, "commands", entries, put_back=lambda: show_theme(call.state, theme))


def _free_client(call: Call) -> Client | None:
    """The client that it is opened on; None where something lies over the screen already.

    Nor is it on one that was started as tmux, which has no such thing, or that may only look.
    """
    client = call.the_client()
    is_free = client.overlay is None and client.prompt is None and client.session is not None
    may_be = not (client.as_tmux or client.read_only) and client.rows > LEAST_ROWS
    return client if is_free and may_be else None


def _open(
    call: Call,
    client: Client,
    title: str,
    entries: list[Entry],
    *,
    put_back: Callable[[], None],
    typed: str = "",
) -> Chooser:
    by_identity = {entry.choice.identity: entry for entry in entries}
    uses = call.state.palette_uses

    def moved(choice: Choice | None) -> None:
        put_back()
        preview = by_identity[choice.identity].preview if choice is not None else None
        if preview is not None:
            preview()

    def ended(choice: Choice | None) -> None:
        put_back()
        if choice is not None:
            if len(uses) < MAXIMUM_USES or choice.identity in uses:
                uses[choice.identity] = uses.get(choice.identity, 0) + 1
            _do(call, client, by_identity[choice.identity])

    client.overlay = chooser = Chooser(
        title=title,
        choices=[entry.choice for entry in by_identity.values()],
        ended=ended,
        moved=moved,
        uses=uses,
        typed=typed,
    )
    return chooser


def _do(call: Call, client: Client, entry: Entry) -> None:
    if entry.message:
        show_message(call, client, entry.message.replace("#", "##"), None)
    elif client.session is not None:
        target = Target.of_session(client.session)
        call.effects.run_at(client, entry.commands, current=target, mouse=None, mouse_event=None)


# ---- keys ----


def choose_keys(call: Call) -> None:
    """choose-keys [-T key-table] [-t target-client]: the keys, with notes; Enter runs one."""
    client = _free_client(call)
    if client is not None:
        entries = list(_all_keys(call, call.arguments.get("T")))
        chooser = _open(call, client, "keys", entries, put_back=lambda: None)
        chooser.is_typing = False


def shows_keys(call: Call) -> bool:
    """Whether a key ran a bare `list-keys -N`, and the searchable list has been opened for it.

    Called as tmux, or where there is no room for it, nothing is opened.
    """
    client, arguments = call.source.client, call.arguments
    is_bare = set(arguments.flags) == {"N"} and not arguments.positional
    if not is_bare or client is None or client.session is None or not _is_bound(call):
        return False
    choose_keys(call)
    return isinstance(client.overlay, Chooser)


def _is_bound(call: Call) -> bool:
    """Whether the key that was pressed is the command's own, and did not open a prompt for it."""
    lookup, key = call.state.key_tables.lookup, call.source.key
    bindings = (lookup(table, key) for table in (PREFIX_TABLE, DEFAULT_TABLE))
    return any(
        command.name == call.command.name
        for binding in bindings
        if binding is not None
        for command in binding.commands
    )


def _pressed(call: Call, table: str, key: str) -> str:
    """What a person presses: the prefix too, where it takes one."""
    session = call.target().session
    options = session.options if session is not None else call.state.session_options
    prefix = options.text("prefix").replace(NO_KEY, "")
    return f"{prefix} {key}".strip() if table == PREFIX_TABLE else key


def _keys(call: Call) -> Iterator[Entry]:
    """The keys of the keyboard that have a note: what people do most."""
    for table in (PREFIX_TABLE, DEFAULT_TABLE):
        for binding in call.state.key_tables.bindings(table):
            if binding.note and not is_mouse_key(binding.key):
                is_first = table == PREFIX_TABLE and is_common(binding)
                yield _key(call, table, binding, rank=COMMON_KEY if is_first else KEY)


def _all_keys(call: Call, only: str | None) -> Iterator[Entry]:
    tables = call.state.key_tables
    if only is not None:
        tables.required(only)
    first = [name for name in (PREFIX_TABLE, DEFAULT_TABLE) if tables.exists(name)]
    for table in [only] if only is not None else [*first, *sorted(set(tables.names()) - {*first})]:
        for binding in tables.bindings(table):
            kind = "" if table == PREFIX_TABLE else table
            yield _key(call, table, binding, rank=KEY, kind=kind)


def _key(call: Call, table: str, binding: Binding, *, rank: int, kind: str = "") -> Entry:
    choice = Choice(
        identity=f"key {table} {binding.key}",
        label=binding.note or binding.text[:MAXIMUM_DETAIL],
        key=_pressed(call, table, binding.key),
        detail=binding.text[:MAXIMUM_DETAIL],
        kind=kind,
        rank=rank,
    )
    # A key of a mode means nothing outside it, nor does one of the mouse without a mouse.
    if table in (PREFIX_TABLE, DEFAULT_TABLE) and not is_mouse_key(binding.key):
        return Entry(choice, binding.commands)
    text = f"bind-key -T {table} {quote_argument(binding.key)} {binding.text}"
    return Entry(choice, message=text)


# ---- commands ----


def _commands(call: Call) -> Iterator[Entry]:
    keys = _keys_of_commands(call)
    for row in call.queue.language.table:
        if row.name in LATER_COMMANDS and not call.is_later:
            continue
        choice = Choice(
            identity=f"command {row.name}",
            label=row.name,
            key=keys.get(row.name, row.alias or ""),
            detail=f"{row.name} {row.usage}"[:MAXIMUM_DETAIL],
            kind=":",
            rank=COMMAND,
        )
        # It is typed and not run: most want arguments, and some end the server.
        yield Entry(choice, f"command-prompt -I {quote_argument(row.name + ' ')}")


def _keys_of_commands(call: Call) -> dict[str, str]:
    """The key of each command that one key runs alone and without arguments."""
    found: dict[str, str] = {}
    for table in (PREFIX_TABLE, DEFAULT_TABLE):
        for binding in call.state.key_tables.bindings(table):
            found.setdefault(binding.text, _pressed(call, table, binding.key))
    return found


# ---- sessions, windows, panes ----


def _places(call: Call) -> Iterator[Entry]:
    for session in call.state.sessions_by_name():
        shown = clean(session.name)
        count = len(session.links)
        detail = f"{count} window{'s' if count != 1 else ''}"
        yield _place("session", f"${session.id}", shown, "", detail)
        for link in session.ordered():
            place = f"{shown}:{link.index}"
            window = link.window
            name = f"{place} {clean(window.name)}"
            yield _place("window", f"${session.id}:{link.index}", name, "", f"window {place}")
            base = window.options.number("pane-base-index")
            for index, pane in enumerate(window.panes, base):
                known = call.effects.agent(pane)
                agent = known.state if known is not None else ""
                running = clean(call.effects.foreground_command(pane))
                title = clean(pane.title)
                label = " ".join(part for part in (f"{place}.{index}", running, title) if part)
                target = f"${session.id}:{link.index}.%{pane.id}"
                yield _place("agent" if agent else "pane", target, label, agent, title)


def _place(kind: str, target: str, label: str, key: str, detail: str) -> Entry:
    choice = Choice(
        identity=f"{kind} {target}",
        label=label[:MAXIMUM_DETAIL],
        key=key,
        detail=detail[:MAXIMUM_DETAIL],
        kind=kind,
        rank=AGENT if kind == "agent" else PLACE,
    )
    pane = target.rpartition(".")[2] if "." in target else target
    return Entry(choice, f"switch-client -Z -t {quote_argument(pane)}")


# ---- themes ----


def choose_theme(call: Call, typed: str) -> None:
    """Let the person at the client that asks try themes on; what is typed so far is searched."""
    client = _free_client(call)
    theme = kept_theme(call.state)
    if client is not None:
        _open(
            call,
            client,
            "themes",
            sorted(_themes(call), key=lambda entry: entry.choice.label != theme.name),
            put_back=lambda: show_theme(call.state, theme),
            typed=typed,
        )


def _themes(call: Call) -> Iterator[Entry]:
    state, current = call.state, kept_theme(call.state).name
    for name in theme_names(state):
        try:
            found = find_theme(state, name)
        except CommandError:
            continue  # `theme list` says what is wrong with it
        choice = Choice(
            identity=f"theme {name}",
            label=name,
            key="current" if name == current else found.appearance,
            detail=found.description[:MAXIMUM_DETAIL],
            kind="theme",
            rank=THEME,
            previews=True,
        )

        def preview(name: str = name) -> None:
            show_theme(state, find_theme(state, name))

        yield Entry(choice, f"theme set {quote_argument(name)}", preview=preview)


COMMANDS = (
    Command(
        name="choose-keys",
        alias=None,
        getopt="T:t:",
        arity=(0, 0),
        usage="[-T key-table] [-t target-client]",
        target=Aim.CLIENT,
        flags=Flags.CAN_FAIL,
        run=choose_keys,
        is_addition=True,
    ),
    Command(
        name="command-palette",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-client]",
        target=Aim.CLIENT,
        flags=Flags.CAN_FAIL,
        run=command_palette,
        is_addition=True,
    ),
)
