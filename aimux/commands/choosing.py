"""choose-tree and choose-buffer: a list over a pane, and what is run with the chosen item."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.arguments import always_commands
from aimux.commands.choose_items import TREE_FORMAT, Depth, Tree
from aimux.commands.choose_mode import Build, ChooseMode, Ending, Order
from aimux.commands.command import Aim, Call, Command
from aimux.commands.display import filled
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.modes import leave, style_option
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.styles.style import Style

SWITCH = "switch-client -Zt '%%'"


class Chooser(ChooseMode):
    """A list that runs a command with the value of the item that is chosen.

    Args:
        call: The command that opened it.
        pane: What it covers.
        build: Gives the items.
        style: How the current line looks.
        selected: The key of the item that is current first.
        tree: Whether it lists sessions, not buffers.
    """

    def __init__(
        self, call: Call, pane: Pane, build: Build, *, style: Style, selected: object, default: str
    ) -> None:
        arguments = call.arguments
        super().__init__(
            build,
            name="tree-mode",
            selected=selected,
            order=Order(reverse=arguments.has("r")),
            preview=not arguments.has("N"),
            style=style,
        )
        self._call = call
        self._pane = pane
        self._template = arguments.positional[0] if arguments.positional else default
        self._zoomed = arguments.has("Z") and not call.the_window().zoomed

    def open(self) -> None:
        """Cover the pane, in the whole window if asked to."""
        window = self._call.the_window()
        if self._zoomed:
            window.select(self._pane, point=self._call.state.new_point())
            window.zoom()
        self._pane.mode = self

    def key(self, name: str) -> None:
        """Take a key; one that ends the list closes it."""
        choice = self.press(name)
        if choice is None:
            return
        leave(self._pane)
        window = self._call.state.window_of(self._pane)
        if self._zoomed and window is not None:
            window.unzoom()
        if choice.ending is Ending.CHOSEN:
            self._run(choice.value)

    def _run(self, value: str) -> None:
        call = self._call
        try:
            call.queue.insert(filled(call, self._template, [value]), replace(call.source, key=""))
        except CommandError as error:
            call.source.requester.error(str(error))
        call.queue.run()


def choose_tree(call: Call) -> None:
    """choose-tree [-GNrswZ] [-F format] [-f filter] [-O sort-order] [-t target-pane] [template]."""
    pane, arguments = call.the_pane(), call.arguments
    wanted = arguments.get("f")
    client = call.source.client

    def expanded(template: str, target: Target, extra: dict[str, str]) -> str:
        context = StateContext(call.state, call.effects, target, client, extra, drawn=True)
        return expand(template, context)

    def passes(target: Target) -> bool:
        return wanted is None or call.expand(wanted, target) not in ("", "0")

    tree = Tree(
        call.state,
        expanded,
        depth=_depth(call),
        template=arguments.get("F") or TREE_FORMAT,
        filtered=passes,
    )
    chooser = Chooser(
        call,
        pane,
        tree.items,
        style=style_option(pane, "mode-style"),
        selected=tree.selected(call.target()),
        default=SWITCH,
    )
    chooser.open()


def _depth(call: Call) -> Depth:
    if call.arguments.has("s"):
        return Depth.SESSIONS
    return Depth.WINDOWS if call.arguments.has("w") else Depth.PANES


COMMANDS = (
    Command(
        name="choose-tree",
        alias=None,
        getopt="F:f:GK:NO:rst:wZ",
        arity=(0, 1),
        usage="[-GNrswZ] [-F format] [-f filter] [-K key-format] [-O sort-order]"
        " [-t target-pane] [template]",
        target=Aim.PANE,
        unsupported="KO",
        kind=always_commands,
        run=choose_tree,
    ),
)
