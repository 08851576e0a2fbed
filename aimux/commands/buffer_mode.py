"""choose-buffer's mode: the paste buffers, of which some are pasted or deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from aimux.commands.buffers import text_of
from aimux.commands.choose_formats import LineFormats
from aimux.commands.choose_list import Item, Order
from aimux.commands.choose_menu import ACROSS, CANCEL, TAGGING
from aimux.commands.choose_mode import ChooseMode
from aimux.commands.choose_previews import text_preview
from aimux.commands.editing import edit
from aimux.commands.format_buffers import buffer_values
from aimux.commands.format_context import StateContext
from aimux.commands.key_mode import Stroke
from aimux.errors import CommandError
from aimux.model.buffers import Buffer
from aimux.model.quoting import make_visible

SORTS = ("time", "name", "size")
PASTE = "paste-buffer -b '%%'"
# Bytes of a buffer that a preview looks at: more than any screen has cells.
MAX_PREVIEW = 1 << 16


class BufferMode(ChooseMode):
    """The paste buffers."""

    name = "buffer-mode"

    @override
    def is_over(self) -> bool:
        """Without buffers there is nothing to choose."""
        return self.call.state.buffers.top() is None

    def delete(self, _: Stroke) -> None:
        """Delete the current buffer."""
        self._delete([self.list.item] if self.list.item is not None else [])

    def delete_tagged(self, _: Stroke) -> None:
        """Delete the tagged buffers."""
        self._delete(self.list.tagged)

    def _delete(self, items: list[Item]) -> None:
        for item in items:
            if self.is_current(item):
                self.list.down(wrap=False)
            if self.call.state.buffers.find(item.name) is not None:
                self.call.state.buffers.delete(item.name)
        if not self.is_over():
            self.list.refresh()

    def paste_tagged(self, stroke: Stroke) -> None:
        """Close the list and run the command with each tagged buffer."""
        items = self.list.tagged
        self.close()
        for item in items:
            self.run(self.template, item.value, stroke.source)

    def edit(self, stroke: Stroke) -> None:
        """Edit the current buffer in a popup."""
        item, client, state = self.list.item, stroke.source.client, self.call.state
        buffer = state.buffers.find(item.name) if item is not None else None
        if buffer is None or client is None:
            return

        def edited(data: bytes) -> None:
            # Many editors end the last line of a text that had no such end.
            if not buffer.data.endswith(b"\n"):
                data = data.removesuffix(b"\n")
            if data and state.buffers.find(buffer.name) is buffer:
                state.buffers.replace(buffer.name, data)
                self.rebuild()

        try:
            edit(state, self.call.effects, client, buffer.data, edited)
        except CommandError as error:
            stroke.source.requester.error(str(error))

    menu = (
        *(("Paste", "p"), ("Paste Tagged", "P"), ACROSS, *TAGGING, ACROSS),
        *(("Delete", "d"), ("Delete Tagged", "D"), *CANCEL),
    )

    actions: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Enter": ChooseMode.choose,
        "p": ChooseMode.choose,
        "P": paste_tagged,
        "d": delete,
        "D": delete_tagged,
        "e": edit,
    }


def buffer_items(
    buffers: list[Buffer], order: Order, context: StateContext, formats: LineFormats
) -> list[Item]:
    """The items of buffers in an order; ones that are equal in it stand by name."""
    ordered = sorted(buffers, key=lambda buffer: buffer.name, reverse=order.reverse)
    if order.field in ORDERS:
        ordered = sorted(ordered, key=ORDERS[order.field], reverse=order.reverse)
    return [_item(buffer, buffer_context(context, buffer), formats) for buffer in ordered]


def buffer_context(context: StateContext, buffer: Buffer) -> StateContext:
    """The same context with the variables of a buffer."""
    return replace(context, extra={**context.extra, **buffer_values(buffer)})


def _item(buffer: Buffer, context: StateContext, formats: LineFormats) -> Item:
    return Item(
        ("buffer", buffer.order),
        buffer.name,
        formats.text(context),
        buffer.name,
        preview=text_preview(_shown_lines(buffer.data)),
        searched=lambda text: text in buffer.name or text in text_of(buffer.data),
        shortcut=formats.shortcut(context),
    )


def _shown_lines(data: bytes) -> list[str]:
    """The lines of a buffer with escapes for what is not printed."""
    text = data[:MAX_PREVIEW].decode("utf-8", "surrogateescape")
    shown = (make_visible(line) for line in text.split("\n"))
    return [line.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for line in shown]


ORDERS: dict[str, Callable[[Buffer], int]] = {
    "time": lambda buffer: -buffer.order,
    "size": lambda buffer: -len(buffer.data),
}
