"""The mouse: reports of an outer terminal, tmux's names for what happened, reports for a pane.

Reports are defined by xterm's ctlseqs, "Mouse Tracking"; names by tmux(1), "MOUSE SUPPORT".
"""

import re
from dataclasses import dataclass, replace

from aimux.keys.key import NO_MODIFIERS, Key, Modifiers, format_key
from aimux.keys.modes import InputModes, MouseEncoding, MouseProtocol
from aimux.keys.mouse_places import LATER_MOUSE_PLACES

# What tmux waits for a second and a third click (KEYC_CLICK_TIMEOUT).
CLICK_TIMEOUT_SECONDS = 0.3

_SGR_REPORT = re.compile(rb"\x1b\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])")
_SHIFT_BIT, _ALT_BIT, _CTRL_BIT, _MOTION_BIT = 4, 8, 16, 32
_BUTTON_BITS = 0b11000011
# What a report's button bits mean. 3 is "no button": a motion, or a release that tells no button.
_BUTTON_OF_BITS = (
    {0: 1, 1: 2, 2: 3, 3: 0} | {64: 4, 65: 5, 66: 6, 67: 7} | {128: 8, 129: 9, 130: 10, 131: 11}
)
_BITS_OF_BUTTON = {button: bits for bits, button in _BUTTON_OF_BITS.items()}
_WHEEL_NAMES = {4: "WheelUp", 5: "WheelDown"}
_MODIFIER_BITS = (
    (Modifiers.SHIFT, _SHIFT_BIT),
    (Modifiers.ALT, _ALT_BIT),
    (Modifiers.CTRL, _CTRL_BIT),
)


@dataclass(frozen=True, slots=True)
class MouseEvent:
    """One mouse report.

    Attributes:
        button: 1 left, 2 middle, 3 right, 4 and 5 the wheel up and down, 6 and 7 the wheel to the
            sides, 8 to 11 the others. 0 if none is held, or if an old report does not say which
            one was let go.
        column: From 0.
        row: From 0.
        motion: The pointer moved; `button` is held.
        release: The button was let go.
        modifiers: Of `SHIFT`, `ALT` and `CTRL`.
    """

    button: int
    column: int
    row: int
    motion: bool = False
    release: bool = False
    modifiers: Modifiers = NO_MODIFIERS

    @property
    def wheel(self) -> bool:
        """Whether it is the vertical wheel; tmux has the horizontal one as buttons 6 and 7."""
        return self.button in _WHEEL_NAMES


def decode_mouse(raw: bytes) -> MouseEvent | None:
    """The event of an SGR report (`CSI < b ; x ; y M`) or an old one (`CSI M` and 3 bytes).

    None if it is neither, or impossible: a column 0, a button nobody has.
    """
    if match := _SGR_REPORT.fullmatch(raw):
        bits, column, row = (int(match[index]) for index in (1, 2, 3))
        release = match[4] == b"m" or _is_release(bits)
    elif raw.startswith(b"\x1b[M") and len(raw) == 6:
        bits, column, row = raw[3] - 32, raw[4] - 32, raw[5] - 32
        release = _is_release(bits)
    else:
        return None
    if bits < 0 or column < 1 or row < 1 or bits & _BUTTON_BITS not in _BUTTON_OF_BITS:
        return None
    return MouseEvent(
        button=_BUTTON_OF_BITS[bits & _BUTTON_BITS],
        column=column - 1,
        row=row - 1,
        motion=bool(bits & _MOTION_BIT),
        release=release,
        modifiers=_modifiers_of_bits(bits),
    )


def _is_release(bits: int) -> bool:
    """An old report has no button where one was let go."""
    return bits & (_BUTTON_BITS | _MOTION_BIT) == 3


def _modifiers_of_bits(bits: int) -> Modifiers:
    held = NO_MODIFIERS
    for modifier, bit in _MODIFIER_BITS:
        if bits & bit:
            held |= modifier
    return held


def encode_mouse(event: MouseEvent, modes: InputModes, *, column: int, row: int) -> bytes:
    """The report of an event for a pane, or `b""` if its program did not ask for it.

    Args:
        event: What happened.
        modes: What the pane's program asked for.
        column: Where, counted from the pane's left edge, from 0.
        row: Where, counted from the pane's top edge, from 0.
    """
    if not _is_wanted(event, modes.mouse_protocol) or column < 0 or row < 0:
        return b""
    bits = _bits(event, modes.mouse_protocol)
    if modes.mouse_encoding is MouseEncoding.SGR:
        return b"\x1b[<%d;%d;%d%c" % (bits, column + 1, row + 1, b"m" if event.release else b"M")
    if event.release:
        bits = bits & ~_BUTTON_BITS | 3
    if modes.mouse_encoding is MouseEncoding.URXVT:
        return b"\x1b[%d;%d;%dM" % (bits + 32, column + 1, row + 1)
    if modes.mouse_encoding is MouseEncoding.UTF8:
        return _utf8_report(bits, column, row)
    # Beyond 223 cells an old report has no number; tmux reports the last one it can.
    return b"\x1b[M" + bytes((bits + 32, min(column + 33, 255), min(row + 33, 255)))


def _utf8_report(bits: int, column: int, row: int) -> bytes:
    """Mode 1005 counts to 2015 in two-byte characters and has nothing beyond."""
    if max(column, row) + 33 > 0x7FF:
        return b""
    return b"\x1b[M" + "".join(map(chr, (bits + 32, column + 33, row + 33))).encode()


def _is_wanted(event: MouseEvent, protocol: MouseProtocol) -> bool:
    if protocol is MouseProtocol.OFF or (event.release and event.button in range(4, 8)):
        return False
    if protocol is MouseProtocol.X10:
        return event.button in {1, 2, 3} and not (event.release or event.motion)
    if not event.motion:
        return True
    if event.button:
        return protocol >= MouseProtocol.DRAGS
    return protocol is MouseProtocol.MOTION


def _bits(event: MouseEvent, protocol: MouseProtocol) -> int:
    bits = _BITS_OF_BUTTON.get(event.button, 3)
    if protocol is MouseProtocol.X10:
        return bits
    for modifier, bit in _MODIFIER_BITS:
        if event.modifiers & modifier:
            bits |= bit
    return bits | _MOTION_BIT if event.motion else bits


@dataclass(frozen=True, slots=True)
class MouseKey:
    """A mouse event as a key that can be bound.

    Attributes:
        name: The canonical name with modifiers, such as `C-MouseDown1Pane`.
        event: The event, at the place the name speaks of: a drag's first key is where it began.
        where: The part of the screen: one of `names.MOUSE_PLACES`.
        report: What the terminal reported, where that is not `event`: a drag's first key is told of
            where the mouse is now, and a press that ends a drag is still a press.
        is_late: Nothing was reported: it is certain only now that a click was a double one.
    """

    name: str
    event: MouseEvent
    where: str
    report: MouseEvent | None = None
    is_late: bool = False


def mouse_key_name(event: MouseEvent, *, where: str, action: str) -> str:
    """The name that tmux gives a mouse key.

    Args:
        event: Gives the button and the modifiers.
        where: One of `names.MOUSE_PLACES`.
        action: `MouseDown`, `MouseUp`, `MouseDrag`, `MouseDragEnd`, `SecondClick`, `DoubleClick`
            or `TripleClick`, which the button's number follows; `MouseMove`, `WheelUp` or
            `WheelDown`, which none follows.
    """
    number = "" if event.wheel or not event.button else str(event.button)
    return format_key(Key(f"{action}{number}{where}", event.modifiers))


class ClickTracker:
    """Turns one client's mouse events into keys: clicks are counted, drags begin and end.

    As in tmux, the second press within 300 ms is `SecondClick` at once, a third one `TripleClick`,
    and if none follows in time, `DoubleClick`: so whoever owns a tracker calls `expire` when
    `deadline` has passed. Unlike tmux 3.3a a quick press of *another* button is not lost.
    """

    def __init__(self) -> None:
        self._last: MouseKey | None = None
        self._pressed = 0
        self._dragged = 0
        self._clicked: MouseKey | None = None
        self._clicks = 0
        self._deadline: float | None = None

    @property
    def deadline(self) -> float | None:
        """When `expire` is due, on the caller's clock; None if nothing is awaited."""
        return self._deadline

    def expire(self, now: float) -> list[MouseKey]:
        """The `DoubleClick` that is certain now that no third click came; else nothing.

        Args:
            now: Seconds on any monotonic clock, the same as for `feed`.
        """
        if self._deadline is None or now < self._deadline:
            return []
        return self._end_clicks()

    def feed(self, event: MouseEvent, *, where: str, now: float) -> list[MouseKey]:
        """The keys of one event, in order; mostly one, none for what tmux has no name for.

        Args:
            event: The event, in coordinates of the caller's choice.
            where: What is there: one of `names.MOUSE_PLACES`.
            now: Seconds on any monotonic clock.
        """
        keys = self.expire(now)
        here = MouseKey("", event, where)
        keys += self._keys_of(here, now)
        self._last = here
        return keys

    def _keys_of(self, here: MouseKey, now: float) -> list[MouseKey]:
        event = here.event
        if event.motion:
            return self._move(here)
        if event.wheel:
            return [] if event.release else [_named(here, _WHEEL_NAMES[event.button])]
        if event.release:
            return self._release(here)
        return self._press(here, now)

    def _press(self, here: MouseKey, now: float) -> list[MouseKey]:
        ended = self._end_drag(here)
        if ended:
            return ended
        keys: list[MouseKey] = []
        if self._clicks and (self._pressed != here.event.button or self._is_elsewhere(here)):
            keys = self._end_clicks()
        self._pressed = here.event.button
        self._clicks += 1
        self._clicked = here
        self._deadline = now + CLICK_TIMEOUT_SECONDS
        keys.append(_named(here, ("MouseDown", "SecondClick", "TripleClick")[self._clicks - 1]))
        if self._clicks == 3:
            self._clicks, self._deadline = 0, None
        return keys

    def _is_elsewhere(self, here: MouseKey) -> bool:
        """Whether a press is on a scrollbar, or beside it, and the one before was not.

        Later versions of tmux count clicks anew on every part of the screen, 3.3a on none.
        """
        before = self._clicked.where if self._clicked is not None else here.where
        return before != here.where and not {before, here.where}.isdisjoint(LATER_MOUSE_PLACES)

    def _end_clicks(self) -> list[MouseKey]:
        clicked = self._clicked if self._clicks == 2 else None
        self._clicks, self._deadline, self._clicked = 0, None, None
        return [replace(_named(clicked, "DoubleClick"), is_late=True)] if clicked else []

    def _release(self, here: MouseKey) -> list[MouseKey]:
        ended = self._end_drag(here)
        if ended:
            return ended
        button = here.event.button or self._pressed
        if not button:
            return []
        return [_named(replace(here, event=replace(here.event, button=button)), "MouseUp")]

    def _move(self, here: MouseKey) -> list[MouseKey]:
        if not here.event.button:
            return self._end_drag(here) or [_named(here, "MouseMove")]
        if self._dragged:
            return [] if _same_cell(here, self._last) else [_named(here, "MouseDrag")]
        self._dragged = here.event.button
        began = self._last or here
        event = replace(
            here.event, column=began.event.column, row=began.event.row, button=self._dragged
        )
        return [_named(MouseKey("", event, began.where, report=here.event), "MouseDrag")]

    def _end_drag(self, here: MouseKey) -> list[MouseKey]:
        """Whatever comes next ends a drag, so that a lost release leaves nobody dragging."""
        if not self._dragged:
            return []
        event = replace(here.event, button=self._dragged)
        self._dragged = 0
        report = None if here.event.release else here.event
        return [_named(replace(here, event=event, report=report), "MouseDragEnd")]


def _named(key: MouseKey, action: str) -> MouseKey:
    return replace(key, name=mouse_key_name(key.event, where=key.where, action=action))


def _same_cell(here: MouseKey, last: MouseKey | None) -> bool:
    return last is not None and (last.event.column, last.event.row) == (
        here.event.column,
        here.event.row,
    )
