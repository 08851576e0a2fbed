"""What is said of an open palette: its rows and keys to the client, what was chosen back."""

from __future__ import annotations

import msgspec

from aimux.protocol.message import Message


class PaletteMoved(Message, tag="palette-moved", array_like=True, frozen=True):
    """In the palette of this number another row is current.

    Attributes:
        identity: The row's, if it previews something; else empty.
    """

    number: int
    identity: str


class PaletteAnswered(Message, tag="palette-answer", array_like=True, frozen=True):
    """What a person chose in the palette of this number: the answer to `Enter`, or a click.

    Attributes:
        identity: The row's; empty for nothing.
        stays: It is still open, as nothing was found that could be chosen.
    """

    number: int
    identity: str
    stays: bool = False


class PaletteRow(msgspec.Struct, array_like=True, frozen=True):
    """A row of the palette. Its texts are clean and drawn as they are.

    Attributes:
        identity: Names it in what the client answers.
        label: What it is.
        key: A key that does the same, or a short word; may be empty.
        detail: What is told of it in a second row; may be empty.
        kind: A word before the label; may be empty.
        weight: Added to how well it matches.
        previews: Whether the server is to be told while it is current.
    """

    identity: str
    label: str
    key: str
    detail: str
    kind: str
    weight: int = 0
    previews: bool = False


class PaletteOpened(Message, tag="palette", array_like=True, frozen=True):
    """Show a list to choose from, in place of any other one. Keys go on to the server.

    Attributes:
        number: Grows with every palette; what is said of one names it.
        title: What is listed.
        rows: At most 2000, the first ones first while nothing is typed.
        is_typing: Whether text is searched for at once, or after `/`.
        typed: What is searched for at first.
    """

    number: int
    title: str
    rows: tuple[PaletteRow, ...]
    is_typing: bool = True
    typed: str = ""


class PaletteTyped(Message, tag="palette-typed", array_like=True, frozen=True):
    """A key by tmux's name, or text, for the palette; `Enter` is answered by `PaletteAnswered`."""

    number: int
    name: str
    text: str


class PaletteClosed(Message, tag="palette-closed", array_like=True, frozen=True):
    """The palette of this number is no more."""

    number: int
