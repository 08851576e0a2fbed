"""The terminal emulator: bytes in, rows, events and replies out."""

import codecs
import time
from collections.abc import Callable, Iterable

from aimux.vt.dispatch import ACTIONS, coloured, parse, rendered
from aimux.vt.events import ModesChanged
from aimux.vt.plain import feed_plain_lines
from aimux.vt.strings import run_string
from aimux.vt.terminal import Terminal
from aimux.vt.tokens import Tokens

# Shorter texts are not worth looking at twice.
_LEAST_PLAIN = 64
_STRINGS = frozenset("]PX^_k")


def _needs_turns(text: str) -> bool:
    """Whether there is an ESC, or a BEL: whoever hears an event may raise."""
    return "\x1b" in text or "\x07" in text


class Engine(Terminal):
    """A screen that is fed bytes and never raises, whatever they are.

    Only `on_event` and `on_reply` can raise. Then the rest of the bytes is still acted on, without
    events and replies, and the exception leaves `feed`: the screen is what it would have been.

    Args:
        columns: The width in cells, at least 1.
        lines: The height in rows, at least 1.
        history_limit: Rows kept above the screen.
        clock: Monotonic seconds, for the limits on replies and unfinished strings.
    """

    def __init__(
        self,
        columns: int,
        lines: int,
        *,
        history_limit: int = 2000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(columns, lines, history_limit, clock)
        self._tokens = Tokens(clock)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._modes_version = 0
        # What the feed before ended in, until the first control of this one.
        self._held_text = ""

    def feed(self, data: bytes) -> None:
        """Act on what a program wrote; may stop anywhere, in characters and sequences too."""
        self.version += 1
        text = self._decoder.decode(data)
        if len(text) > _LEAST_PLAIN and not _needs_turns(text) and self._tokens.idle:
            text = self._feed_plain(text)
        self._run(self._tokens.split(text))
        self.settle()
        if self.modes.version != self._modes_version:
            self._modes_version = self.modes.version
            self.emit(ModesChanged())

    @property
    def unfinished(self) -> str:
        """The control sequence or string whose end the program has not written yet."""
        return self._tokens.unfinished

    def _feed_plain(self, text: str) -> str:
        """Feed whole lines at once where that is possible; what is left to feed."""
        end = text.find("\n") + 1
        # Whole lines start where a line starts; the chunk may start between CR and LF.
        if end and (self.x or text[0] == "\n"):
            self._run(self._tokens.split(text[:end]))
            text = text[end:]
        return feed_plain_lines(self, text)

    def _run(self, parts: list[str]) -> None:
        """Draw and control by turns, to the end even if a callback raises."""
        parts.append("")
        self._held_text = "" if parts[0] else self.last_text
        items = iter(parts)
        turns = zip(items, items, strict=True)
        try:
            self._take(turns)
        finally:
            for text, control in turns:
                self._take_mutely(text, control)

    def _take_mutely(self, text: str, control: str) -> None:
        on_event, on_reply = self.on_event, self.on_reply
        self.on_event = self.on_reply = None
        self._take([(text, control)])
        self.on_event, self.on_reply = on_event, on_reply

    def _take(self, turns: Iterable[tuple[str, str]]) -> None:
        for text, control in turns:
            if text:
                self.draw(text)
            elif self.last_text:
                # REP repeats what stands right before it: not beyond a control.
                self.last_text = self._held_text
                self._held_text = ""
            action = ACTIONS.get(control)
            if action is None:
                if control[3:7] == "8;2;":
                    colour = coloured(self.attribute, control)
                    if colour >= 0:
                        self.attribute = colour
                        continue
                if control[1:2] in _STRINGS:
                    run_string(self, control)
                    continue
                action = parse(control)
            if isinstance(action, dict):
                after = action.get(self.attribute)
                if after is None:
                    after = rendered(self.attribute, control, action)
                self.attribute = after
            else:
                handler, parameters = action
                handler(self, parameters)

    @property
    def cursor_x(self) -> int:
        """The cursor's column for showing: always on the screen, even while a wrap is pending."""
        return min(self.x, self.columns - 1)

    @property
    def cursor_y(self) -> int:
        """The cursor's row."""
        return self.y

    @property
    def cursor_visible(self) -> bool:
        """DECTCEM."""
        return self.modes.cursor_visible

    @property
    def scroll_top(self) -> int:
        """The first row of the scroll region."""
        return self.top

    @property
    def scroll_bottom(self) -> int:
        """The last row of the scroll region."""
        return self.bottom

    @property
    def history_limit(self) -> int:
        """The greatest number of rows kept above the screen; may be set."""
        return self.history.limit

    @history_limit.setter
    def history_limit(self, limit: int) -> None:
        self.history.limit = limit

    def resize(self, *, rows: int, columns: int) -> None:
        """Take a new size: long lines of the main screen wrap anew, with cursor and marks."""
        self.version += 1
        self.set_size(rows=rows, columns=columns)
        self.settle()

    def begin_anew(self, *, keep_screen: bool) -> None:
        """Reset all but the history, for `send-keys -R` and for another program.

        Args:
            keep_screen: Whether the rows of the screen go to the history; else they are lost.
        """
        self.version += 1
        self._tokens.reset()
        self._decoder.reset()
        if not keep_screen:
            self.leave_alternate(restore=False)
            self.rows[:] = [self.blank_row() for _ in self.rows]
        self.hard_reset()
        self.settle()

    def reset(self) -> None:
        """As new: screen and history empty, and what was held back of a sequence forgotten."""
        self.version += 1
        self._tokens.reset()
        self._decoder.reset()
        self.hard_reset()
        self.clear_history()
        self.settle()
