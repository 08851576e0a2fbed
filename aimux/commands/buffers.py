"""Commands on paste buffers."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.format_buffers import buffer_values
from aimux.commands.sorting import BUFFER_ORDERS, in_order
from aimux.commands.standard_input import collect
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.keys.paste import encode_paste

BUFFER_LINE = '#{buffer_name}: #{buffer_size} bytes: "#{buffer_sample}"'


def text_of(data: bytes) -> str:
    """Bytes as text that can be turned back into the same bytes."""
    return data.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """The bytes of such a text."""
    return text.encode("utf-8", "surrogateescape")


def set_buffer(call: Call) -> None:
    """set-buffer [-aw] [-b buffer-name] [-n new-buffer-name] [-t target-client] data."""
    arguments, buffers = call.arguments, call.state.buffers
    name, new_name = arguments.get("b"), arguments.get("n")
    if new_name is not None:
        top = buffers.top()
        buffers.rename(name or (top.name if top else None), new_name)
        return
    text = arguments.text(0)
    if text is None:
        raise CommandError("no data specified")
    _store(call, name, bytes_of(text))


def _store(call: Call, name: str | None, data: bytes) -> None:
    buffers = call.state.buffers
    if call.arguments.has("a") and name is not None:
        before = buffers.find(name)
        data = (before.data if before is not None else b"") + data
    buffers.set(name, data, now=call.effects.now())
    if call.arguments.has("w"):
        _offer(call, data)


def _offer(call: Call, data: bytes) -> None:
    """-w: the clipboard of the client that `-t` names, or of the one that asked, if any."""
    try:
        client = call.the_client()
    except CommandError:
        return
    call.effects.set_clipboard(data, client=client)


def load_buffer(call: Call) -> None:
    """load-buffer [-w] [-b buffer-name] [-t target-client] path."""
    path = call.expand(call.arguments.texts()[0])
    name = call.arguments.get("b")
    if path == "-":
        collect(call, lambda data: _load(call, name, data))
    else:
        _load(call, name, bytes_of(call.effects.read_file(call.resolve(path))))


def _load(call: Call, name: str | None, data: bytes) -> None:
    if data:
        _store(call, name, data)


def save_buffer(call: Call) -> None:
    """save-buffer [-a] [-b buffer-name] path."""
    buffer = call.state.buffers.required(call.arguments.get("b"))
    path = call.expand(call.arguments.texts()[0])
    if path == "-":
        call.source.requester.raw(text_of(buffer.data))
        return
    append = call.arguments.has("a")
    call.effects.write_file(call.resolve(path), text_of(buffer.data), append=append)


def show_buffer(call: Call) -> None:
    """show-buffer [-b buffer-name]."""
    buffer = call.state.buffers.required(call.arguments.get("b"))
    call.source.requester.raw(text_of(buffer.data))


def delete_buffer(call: Call) -> None:
    """delete-buffer [-b buffer-name]."""
    name = call.arguments.get("b")
    if name is not None and call.state.buffers.find(name) is None:
        raise CommandError(f"unknown buffer: {name}")
    call.state.buffers.delete(name)


def list_buffers(call: Call) -> None:
    """list-buffers [-r] [-F format] [-f filter] [-O sort-order]."""
    template = call.arguments.get("F") or BUFFER_LINE
    wanted = call.arguments.get("f")
    for buffer in in_order(call, call.state.buffers, BUFFER_ORDERS):
        values = buffer_values(buffer)
        if wanted is None or call.expand(wanted, Target(), **values) not in ("", "0"):
            call.print(call.expand(template, Target(), **values))


def paste_buffer(call: Call) -> None:
    """paste-buffer [-dpr] [-s separator] [-b buffer-name] [-t target-pane]."""
    arguments, pane = call.arguments, call.the_pane()
    name = arguments.get("b")
    if name is None and call.state.buffers.top() is None:
        return
    buffer = call.state.buffers.required(name)
    separator = bytes_of(arguments.get("s") or ("\n" if arguments.has("r") else "\r"))
    modes = pane.input_modes
    if not arguments.has("p"):
        modes = replace(modes, bracketed_paste=False)
    data = encode_paste(buffer.data, modes, newline=separator)
    if pane.mode is None and not pane.input_off:
        call.effects.write(pane, data)
    if arguments.has("d"):
        call.state.buffers.delete(buffer.name)


COMMANDS = (
    Command(
        name="delete-buffer",
        alias="deleteb",
        getopt="b:",
        arity=(0, 0),
        usage="[-b buffer-name]",
        flags=Flags.CAN_FAIL,
        run=delete_buffer,
    ),
    Command(
        name="list-buffers",
        alias="lsb",
        getopt="F:f:O:r",
        arity=(0, 0),
        usage="[-F format] [-f filter]",
        flags=Flags.CAN_FAIL,
        run=list_buffers,
    ),
    Command(
        name="load-buffer",
        alias="loadb",
        getopt="b:t:w",
        arity=(1, 1),
        usage="[-b buffer-name] [-t target-client] path",
        flags=Flags.CAN_FAIL,
        run=load_buffer,
    ),
    Command(
        name="paste-buffer",
        alias="pasteb",
        getopt="db:prs:t:S",  # -S, as it is: nothing is made visible here anyway
        arity=(0, 0),
        usage="[-dpr] [-s separator] [-b buffer-name] [-t target-pane]",
        target=Aim.PANE,
        run=paste_buffer,
    ),
    Command(
        name="save-buffer",
        alias="saveb",
        getopt="ab:",
        arity=(1, 1),
        usage="[-a] [-b buffer-name] path",
        flags=Flags.CAN_FAIL,
        run=save_buffer,
    ),
    Command(
        name="set-buffer",
        alias="setb",
        getopt="ab:t:n:w",
        arity=(0, 1),
        usage="[-aw] [-b buffer-name] [-n new-buffer-name] [-t target-client] data",
        flags=Flags.CAN_FAIL,
        run=set_buffer,
    ),
    Command(
        name="show-buffer",
        alias="showb",
        getopt="b:",
        arity=(0, 0),
        usage="[-b buffer-name]",
        flags=Flags.CAN_FAIL,
        run=show_buffer,
    ),
)
