"""The outer terminal: raw mode, the first picture, and the way back.

`UNDO` ends every mode that a client may have set (xterm's ctlseqs, kitty's keyboard protocol,
contour's 2026 and 2031), in the order in which a terminal wants it: a killed client may have left
half a sequence, the keyboard stack belongs to the alternate screen, and what the main screen is to
keep comes after leaving that.
"""

from __future__ import annotations

import os
import select
import signal
import termios

MOUSE_MODES = (1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016)
REPORT_MODES = (1004, 2004, 2026, 2031, 2048)  # focus, paste, synchronised, colour scheme, size
PUSH_TITLE = "\x1b[22;0t"
ENTER = f"{PUSH_TITLE}\x1b[?1049h\x1b[m\x1b[H\x1b[2J"

END_HALF_SEQUENCE = "\x1b\\"
POP_KEYBOARD = "\x1b[<u"
LEAVE_MODES = "".join(
    (
        "".join(f"\x1b[?{mode}l" for mode in (*MOUSE_MODES, *REPORT_MODES)),
        "\x1b[>4m",  # modifyOtherKeys as the terminal had it
        "\x1b[?1l\x1b>",  # cursor keys and keypad normal
        "\x1b[4l\x1b[?6l\x1b[?7h\x1b[r",  # replace mode, origin and margins of the screen, wrap
        "\x0f\x1b(B\x1b[m",  # ASCII, no attributes
        "\x1b[0 q\x1b[?25h",  # the cursor of the user's choice, shown
    )
)
LEAVE_SCREEN = "\x1b[?1049l\x1b[m\x1b[23;0t"
# A client that ended or stopped by itself has popped what it pushed; the next entry of the stack
# would be the shell's.
UNDO_AFTER_GOOD_END = END_HALF_SEQUENCE + LEAVE_MODES + LEAVE_SCREEN
UNDO = END_HALF_SEQUENCE + POP_KEYBOARD + LEAVE_MODES + LEAVE_SCREEN

# Terminals that would show a letter of these; the client does not ask them for any.
CONSOLES = ("linux", "vt1", "vt2", "ansi", "cons25")
NOT_ON_CONSOLES = (POP_KEYBOARD, "\x1b[>4m", "\x1b[0 q")

WRITABLE_MILLISECONDS = 1000
# Places in the list of tcgetattr(3).
INPUT_FLAGS, OUTPUT_FLAGS, CONTROL_FLAGS, LOCAL_FLAGS, CHARACTERS = 0, 1, 2, 3, 6


class OuterTerminal:
    """The terminal that the guard was started on, as it was then.

    Nothing here raises once the terminal is gone: there is nobody left to tell.

    Args:
        input_descriptor: Where keys come from.
        output_descriptor: Where the picture goes.

    Raises:
        OSError: It is no terminal.
    """

    def __init__(self, *, input_descriptor: int = 0, output_descriptor: int = 1) -> None:
        self._input = input_descriptor
        self._output = output_descriptor
        self._ours = False
        try:
            self._saved = termios.tcgetattr(input_descriptor)
        except termios.error as error:
            raise OSError(*error.args) from error

    def enter(self, paint: str) -> None:
        """Go into raw mode and the alternate screen, and draw `paint` there.

        A process in the background is stopped here (SIGTTOU) until it is in the foreground.
        """
        self._take()
        self._write(ENTER + paint)

    def resume(self) -> None:
        """Take the terminal again after a stop; the client draws anew, in its own time."""
        self._take()
        self._write(PUSH_TITLE)

    def _take(self) -> None:
        self._set(raw_mode(self._saved))
        self._ours = True

    def leave(self, *, good_end: bool = False) -> None:
        """Give the terminal back as it was; does nothing where `enter` is not in force.

        Keys that were typed meanwhile are dropped: they may be reports of the mouse, which a
        shell would take for commands. Waits for a stalled terminal a second at most.

        Args:
            good_end: The client ended as it should, so its keyboard modes are undone already.
        """
        if not self._ours:
            return
        self._ours = False
        # The shell may have taken the foreground while the client died.
        previous = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        try:
            if self._is_writable():
                self._write(_undo(good_end=good_end, term=os.environ.get("TERM", "")))
            self._forget_typed()
            self._set(self._saved)
        finally:
            signal.signal(signal.SIGTTOU, previous)

    def say(self, line: str) -> None:
        """Print a line on the terminal, which has been left."""
        if line and self._is_writable():
            self._write(f"{line}\n")

    def _set(self, attributes: list[int | list[bytes | int]]) -> None:
        try:
            # Not TCSADRAIN: a terminal stopped by ctrl-s would never be restored.
            termios.tcsetattr(self._input, termios.TCSANOW, attributes)
        except termios.error:
            return

    def _forget_typed(self) -> None:
        try:
            termios.tcflush(self._input, termios.TCIFLUSH)
        except termios.error:
            return

    def _is_writable(self) -> bool:
        poll = select.poll()
        poll.register(self._output, select.POLLOUT)
        return any(event & select.POLLOUT for _, event in poll.poll(WRITABLE_MILLISECONDS))

    def _write(self, text: str) -> None:
        data = memoryview(os.fsencode(text))
        while data:
            try:
                data = data[os.write(self._output, data) :]
            except BlockingIOError:  # a program before us left the terminal non-blocking
                if not self._is_writable():
                    return
            except OSError:
                return


def _undo(*, good_end: bool, term: str) -> str:
    undo = UNDO_AFTER_GOOD_END if good_end else UNDO
    if term.startswith(CONSOLES):
        for sequence in NOT_ON_CONSOLES:
            undo = undo.replace(sequence, "")
    return undo


def raw_mode(attributes: list[int | list[bytes | int]]) -> list[int | list[bytes | int]]:
    """`attributes` of tcgetattr(3) changed to raw mode (cfmakeraw(3)): a byte is read as typed."""
    raw = list(attributes)
    cleared = (
        (
            INPUT_FLAGS,
            termios.IGNBRK
            | termios.BRKINT
            | termios.PARMRK
            | termios.ISTRIP
            | termios.INLCR
            | termios.IGNCR
            | termios.ICRNL
            | termios.IXON,
        ),
        (OUTPUT_FLAGS, termios.OPOST),
        (CONTROL_FLAGS, termios.CSIZE | termios.PARENB),
        (
            LOCAL_FLAGS,
            termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN,
        ),
    )
    for place, bits in cleared:
        raw[place] = _flags(raw, place) & ~bits
    raw[CONTROL_FLAGS] = _flags(raw, CONTROL_FLAGS) | termios.CS8
    characters = raw[CHARACTERS]
    if isinstance(characters, list):
        characters = list(characters)
        characters[termios.VMIN], characters[termios.VTIME] = 1, 0
        raw[CHARACTERS] = characters
    return raw


def _flags(attributes: list[int | list[bytes | int]], place: int) -> int:
    flags = attributes[place]
    return flags if isinstance(flags, int) else 0
