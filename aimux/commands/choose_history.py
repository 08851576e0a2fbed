"""choose-history: a command of the history is chosen and typed, without Enter. aimux's own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from time import localtime, strftime
from typing import ClassVar

from msgspec import Struct
from typing_extensions import override

from aimux.commands.choose_list import ChooseList, Item, Order
from aimux.commands.choose_mode import ChooseMode
from aimux.commands.choose_previews import text_preview
from aimux.commands.command import Aim, Call, Command
from aimux.commands.key_mode import Stroke
from aimux.commands.suggest import require_prompt, type_line
from aimux.errors import CommandError, StoreError
from aimux.model.pane import Pane
from aimux.observe.history import Entry, Query, search
from aimux.security.clean import clean

SORTS = ("time", "name")
SHOWN = 500
MAX_CELLS = 500
MAX_LINES = 50


class History(Struct, frozen=True):
    """The newest commands, each line once."""

    entries: Sequence[Entry]

    def items(self, order: Order, wanted: str | None) -> list[Item]:
        """The items in an order; with `wanted`, those that contain it."""
        found = [one for one in self.entries if wanted is None or wanted in one.text]
        if order.field == "name":
            found.sort(key=lambda entry: entry.text)
        return [_item(entry) for entry in (reversed(found) if order.reverse else found)]


def _item(entry: Entry) -> Item:
    text = clean(entry.text, limit=MAX_CELLS)
    when = strftime("%Y-%m-%d %H:%M", localtime(entry.started))
    status = "?" if entry.exit_status is None else str(entry.exit_status)
    about = (
        *(clean(line, limit=MAX_CELLS) for line in entry.text.splitlines()[:MAX_LINES]),
        "",
        f"{when}  exit {status}  {entry.seconds:.1f} s",
        f"{entry.path}  {entry.branch}".rstrip(),
        f"{entry.status} {entry.headline}".rstrip(),
    )
    return Item(
        entry.id,
        f"{when}  {status:>3}",
        text.replace("#", "##"),
        text,
        preview=text_preview([clean(line, limit=MAX_CELLS) for line in about]),
        searched=lambda wanted: wanted in entry.text,
    )


class HistoryMode(ChooseMode):
    """The history over a pane."""

    name = "history-mode"

    def __init__(self, call: Call, pane: Pane, shown: ChooseList, history: History) -> None:
        super().__init__(call, pane, shown, "")
        self._texts: dict[Hashable, str] = {one.id: one.text for one in history.entries}

    @override
    def is_over(self) -> bool:
        """It stays until something is chosen."""
        return False

    def insert(self, stroke: Stroke) -> None:
        """Type the chosen command at the pane's prompt."""
        item = self.list.item
        text = self._texts.get(item.key) if item is not None else None
        self.close()
        if text is None:
            return
        try:
            type_line(self.call, self.pane, text)
        except CommandError as error:
            stroke.source.requester.error(str(error))

    actions: ClassVar[Mapping[str, Callable[..., None]]] = {"Enter": insert}


def choose_history(call: Call) -> None:
    """choose-history [-NrZ] [-O order] [-t target-pane]: newest first."""
    pane = call.the_pane()
    require_prompt(call, pane)
    release = call.queue.wait()

    def done(found: list[Entry] | StoreError) -> None:
        if isinstance(found, StoreError):
            call.source.requester.error(str(found))
        elif not found:
            call.source.requester.error("the history is empty")
        elif pane.id in call.state.panes:
            _open(call, pane, found)
        release()

    call.effects.records.ask(partial(search, query=Query(limit=SHOWN)), done)


def _open(call: Call, pane: Pane, found: list[Entry]) -> None:
    each = list({entry.text: entry for entry in reversed(found)}.values())
    history = History(sorted(each, key=lambda entry: -entry.id))
    arguments = call.arguments
    wanted = (arguments.get("O") or "").lower()
    order = Order(wanted if wanted in SORTS else SORTS[0], arguments.has("r"))
    shown = ChooseList(
        history.items, sorts=SORTS, order=order, wanted=None, preview=not arguments.has("N")
    )
    HistoryMode(call, pane, shown, history).open()


COMMANDS = (
    Command(
        name="choose-history",
        alias=None,
        getopt="NO:rt:Z",
        arity=(0, 0),
        usage="[-NrZ] [-O sort-order] [-t target-pane]",
        target=Aim.PANE,
        run=choose_history,
        is_addition=True,
    ),
)
