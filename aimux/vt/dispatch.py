"""What a control string means, parsed once: a function and its numbers, or a change of attributes.

The results are shared by all screens: one process sees the same few thousand controls again and
again. A change of attributes is a dict from the attribute id before to the one after, filled as
it is used.
"""

import re
from collections.abc import Callable
from typing import Final

from aimux.vt.attributes import TABLE
from aimux.vt.csi import CSI_TABLE, Handler, Parameters
from aimux.vt.escapes import C0_TABLE, ESCAPE_TABLE, nothing
from aimux.vt.mode_sequences import MODE_TABLE
from aimux.vt.reports import REPORT_TABLE
from aimux.vt.sgr import apply_one_rgb, apply_sgr
from aimux.vt.terminal import Terminal
from aimux.vt.tokens import FILLER, SEQUENCE_LIMIT

Action = tuple[Handler, Parameters]
Transitions = dict[int, int]

_MAXIMUM_PARAMETERS: Final = 32
_LARGEST: Final = 65535
_CACHE_LIMIT: Final = 1 << 13

_SEQUENCES: Final[dict[str, Handler]] = {**CSI_TABLE, **MODE_TABLE, **REPORT_TABLE}
_csi: Final = re.compile("\x1b\\[([<=>?]?)([0-9:;]*)([ -/]*)([@-~])").fullmatch
_PARAMETER: Final = "0123456789;:"
_is_rendition: Final = re.compile(
    f"(?:[0-9]{{0,5}}[;:]){{0,{_MAXIMUM_PARAMETERS - 1}}}[0-9]{{0,5}}"
).fullmatch
_filler: Final = re.compile(FILLER).sub
_has_filler: Final = re.compile(FILLER).search
_c0: Final[Callable[[str], list[str]]] = re.compile("[\x00-\x17\x19\x1c-\x1f]").findall

NOTHING: Final[Action] = (nothing, ())
ACTIONS: Final[dict[str, Action | Transitions]] = {}
"""Control to what it does; look here first, and `parse` what is missing."""
# What one colour of a gradient does: hardly any comes again, and a dict for each would take more
# than all the rest of it.
_SEEN_ONCE: Final[Transitions] = {}


def _numbers(parameters: str) -> list[int] | None:
    """The numbers of a parameter string, at least two; None if there are too many."""
    items = parameters.split(";")
    if len(items) > _MAXIMUM_PARAMETERS:
        return None
    # A sub-parameter means something in SGR alone; elsewhere the first one stands for the rest.
    heads = (item.partition(":")[0] for item in items)
    numbers = [min(int(head), _LARGEST) if head else -1 for head in heads]
    return numbers if len(numbers) > 1 else [*numbers, -1]


def _parse_csi(control: str) -> Action:
    match = _csi(control)
    if match is None:
        return NOTHING
    private, parameters, intermediates, final = match.groups()
    name = private + intermediates + final
    handler = _SEQUENCES.get(name)
    numbers = _numbers(parameters)
    if handler is None or numbers is None:
        return NOTHING
    return handler, numbers


def _act_on_filler(terminal: Terminal, controls: Parameters) -> None:
    """The C0 controls that came inside a sequence, which act before it (ECMA-48 leaves it open)."""
    for code in controls:
        handler = C0_TABLE.get(chr(code))
        if handler is not None:
            handler(terminal, ())


def _with_filler(control: str) -> Action:
    """A sequence with C0 controls, DEL or non-ASCII characters inside."""
    clean = _filler("", control)
    controls = [ord(character) for character in _c0(control)]

    def run(terminal: Terminal, _parameters: Parameters) -> None:
        _act_on_filler(terminal, controls)
        perform(terminal, clean)

    return run, ()


def _parse_escape(control: str) -> Action:
    if len(control) > SEQUENCE_LIMIT:
        return NOTHING
    if _has_filler(control, 1) is not None:
        return _with_filler(control)
    if control[1:2] == "[":
        return _parse_csi(control)
    handler = ESCAPE_TABLE.get(control[1:])
    return NOTHING if handler is None else (handler, ())


def parse(control: str) -> Action | Transitions:
    """What a control does; the answer is kept in `ACTIONS`, which is bounded.

    Args:
        control: A C0 control, CR LF or an escape sequence; not a control string.
    """
    action: Action | Transitions
    if control[:2] == "\x1b[" and control[-1] == "m" and not control[2:-1].strip(_PARAMETER):
        action = {}
    elif control[:1] == "\x1b":
        action = _parse_escape(control)
    else:
        handler = C0_TABLE.get(control)
        action = NOTHING if handler is None else (handler, ())
    if len(control) <= SEQUENCE_LIMIT:
        _remember(control, action)
    return action


def _remember(control: str, action: Action | Transitions) -> None:
    if len(ACTIONS) >= _CACHE_LIMIT:
        ACTIONS.clear()
    ACTIONS[control] = action


def coloured(attribute: int, control: str) -> int:
    """The attribute id after a control that sets one 24-bit colour; -1 if it is another control.

    Quicker than `parse` and `rendered`; `ACTIONS` learns it as well.
    """
    attributes = apply_one_rgb(TABLE.entries[attribute], control)
    if attributes is None:
        return -1
    _remember(control, _SEEN_ONCE)
    return TABLE.intern(attributes)


def rendered(attribute: int, control: str, transitions: Transitions) -> int:
    """The attribute id after an SGR sequence; `transitions` learns it."""
    before = TABLE.entries[attribute]
    attributes = apply_one_rgb(before, control)
    if attributes is None:
        parameters = control[2:-1]
        # What has too many or too great numbers changes nothing.
        known = _is_rendition(parameters) is not None
        attributes = apply_sgr(before, parameters) if known else before
    after = TABLE.intern(attributes)
    if transitions is _SEEN_ONCE:
        ACTIONS[control] = {attribute: after}
    else:
        transitions[attribute] = after
    return after


def perform(terminal: Terminal, control: str) -> None:
    """Do what a control says; control strings do nothing here."""
    action = ACTIONS.get(control)
    if action is None:
        action = parse(control)
    if isinstance(action, dict):
        terminal.attribute = rendered(terminal.attribute, control, action)
    else:
        handler, parameters = action
        handler(terminal, parameters)


TABLE.empty_with(ACTIONS)
