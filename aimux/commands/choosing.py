"""choose-tree, choose-buffer, choose-client and find-window: lists over a pane."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.arguments import always_commands
from aimux.commands.buffer_mode import PASTE, BufferMode, buffer_context, buffer_items
from aimux.commands.buffer_mode import SORTS as BUFFER_SORTS
from aimux.commands.choose_formats import LineFormats, lets_through
from aimux.commands.choose_list import Build, ChooseList, Item, Order
from aimux.commands.choose_previews import Strip
from aimux.commands.choose_tree import SORTS as TREE_SORTS
from aimux.commands.choose_tree import Depth, Tree
from aimux.commands.client_mode import DETACH, ClientMode, client_items
from aimux.commands.client_mode import SORTS as CLIENT_SORTS
from aimux.commands.command import Aim, Call, Command
from aimux.commands.format_context import StateContext
from aimux.commands.mode_formats import BUFFER_FORMAT, CLIENT_FORMAT, TREE_FORMAT
from aimux.commands.preview_labels import PreviewLabels
from aimux.commands.targets import Target
from aimux.commands.tree_mode import TreeMode
from aimux.model.client import Client
from aimux.model.command_list import Arguments, CommandBlock

SWITCH = "switch-client -Zt '%%'"


def _listed(
    call: Call, build: Build, sorts: tuple[str, ...], *, selected: object = None
) -> ChooseList:
    """The list that a command's flags ask for."""
    arguments = call.arguments
    wanted = (arguments.get("O") or "").lower()
    order = Order(wanted if wanted in sorts else sorts[0], arguments.has("r"))
    return ChooseList(
        build,
        sorts=sorts,
        order=order,
        wanted=arguments.get("f"),
        selected=selected,
        preview=not arguments.has("N"),
    )


def _template(call: Call, default: str) -> str | CommandBlock:
    return call.arguments.positional[0] if call.arguments.positional else default


# ---- sessions ----


def choose_tree(call: Call) -> None:
    """choose-tree [-GNrswZ] [-F format] [-f filter] [-K key-format] [-O order] [template]."""
    tree = _tree(call, _depth(call), LineFormats.of(call.arguments, TREE_FORMAT))
    listed = _listed(call, tree.items, TREE_SORTS, selected=tree.selected(call.target()))
    TreeMode(call, call.the_pane(), listed, tree, _template(call, SWITCH)).open()


def _depth(call: Call) -> Depth:
    if call.arguments.has("s"):
        return Depth.SESSIONS
    return Depth.WINDOWS if call.arguments.has("w") else Depth.PANES


def _tree(call: Call, depth: Depth, formats: LineFormats) -> Tree:
    def context(target: Target) -> StateContext:
        return StateContext(call.state, call.effects, target)

    def of_kind(target: Target, extra: dict[str, str]) -> StateContext:
        return replace(context(target), extra=extra)

    return Tree(
        call.state,
        lambda _template, target, extra: formats.text(replace(context(target), extra=extra)),
        depth,
        shortcut=lambda target: formats.shortcut(context(target)),
        filtered=lambda wanted, target: lets_through(wanted, context(target)),
        command_of=call.effects.foreground_command,
        here=call.the_session(),
        squash=not call.arguments.has("G"),
        strip=Strip(PreviewLabels(call.state, of_kind)),
    )


def find_window(call: Call) -> None:
    """find-window [-CiNrTZ] [-t target-pane] match-string."""
    tree = _tree(call, Depth.PANES, LineFormats(TREE_FORMAT))
    wanted = find_filter(call.arguments)
    selected = tree.selected(call.target())
    listed = ChooseList(tree.items, sorts=TREE_SORTS, wanted=wanted, selected=selected)
    TreeMode(call, call.the_pane(), listed, tree, SWITCH).open()


def find_filter(arguments: Arguments) -> str:
    """The format that is true of the panes that find-window looks for."""
    text, flags = arguments.texts()[0], "".join(flag for flag in "ri" if arguments.has(flag))
    suffix = f"/{flags}" if flags else ""
    terms = {
        "C": f"#{{C{suffix}:{text}}}",
        "N": f"#{{m{suffix}:*{text}*,#{{window_name}}}}",
        "T": f"#{{m{suffix}:*{text}*,#{{pane_title}}}}",
    }
    chosen = [term for flag, term in terms.items() if arguments.has(flag)] or list(terms.values())
    *before, wanted = chosen
    for term in reversed(before):
        wanted = f"#{{||:{term},{wanted}}}"
    return wanted


# ---- buffers and clients ----


def choose_buffer(call: Call) -> None:
    """choose-buffer [-NrZ] [-F format] [-f filter] [-K key-format] [-O order] [template]."""
    if call.state.buffers.top() is None:
        return
    formats = LineFormats.of(call.arguments, BUFFER_FORMAT)
    context = StateContext(call.state, call.effects, call.target())

    def build(order: Order, wanted: str | None) -> list[Item]:
        buffers = [
            buffer
            for buffer in call.state.buffers
            if lets_through(wanted, buffer_context(context, buffer))
        ]
        return buffer_items(buffers, order, context, formats)

    listed = _listed(call, build, BUFFER_SORTS)
    BufferMode(call, call.the_pane(), listed, _template(call, PASTE)).open()


def choose_client(call: Call) -> None:
    """choose-client [-NrZ] [-F format] [-f filter] [-K key-format] [-O order] [template]."""
    if not call.state.attached():
        return
    formats = LineFormats.of(call.arguments, CLIENT_FORMAT)

    def context(client: Client) -> StateContext:
        target = Target() if client.session is None else Target.of_session(client.session)
        return StateContext(call.state, call.effects, target, client=client)

    def build(order: Order, wanted: str | None) -> list[Item]:
        clients = [one for one in call.state.attached() if lets_through(wanted, context(one))]
        return client_items(clients, order, context, formats)

    listed = _listed(call, build, CLIENT_SORTS)
    ClientMode(call, call.the_pane(), listed, _template(call, DETACH)).open()


_FLAGS = "[-NrZ] [-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane]"

COMMANDS = (
    *(
        Command(
            name=name,
            alias=None,
            getopt="F:f:K:NO:rt:yZ",
            arity=(0, 1),
            usage=f"{_FLAGS} [template]",
            target=Aim.PANE,
            kind=always_commands,
            run=run,
        )
        for name, run in (("choose-buffer", choose_buffer), ("choose-client", choose_client))
    ),
    Command(
        name="choose-tree",
        alias=None,
        getopt="F:f:GK:NO:rst:wyZ",
        arity=(0, 1),
        usage="[-GNrswZ] [-F format] [-f filter] [-K key-format] [-O sort-order]"
        " [-t target-pane] [template]",
        target=Aim.PANE,
        kind=always_commands,
        run=choose_tree,
    ),
    Command(
        name="find-window",
        alias="findw",
        getopt="CiNrt:TZ",
        arity=(1, 1),
        usage="[-CiNrTZ] [-t target-pane] match-string",
        target=Aim.PANE,
        run=find_window,
    ),
)
