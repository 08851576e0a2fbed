"""The status line of one client, and the prompt or the message that covers it."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.formats import expand
from aimux.commands.later_tmux import is_later
from aimux.model.cursor_colour import cursor_colour
from aimux.model.cursor_shapes import CURSOR_SHAPES
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.prompt import Prompt
from aimux.protocol.picture_messages import Cursor
from aimux.server.covering import anchored
from aimux.server.picture import Picture
from aimux.server.redraw_context import RedrawContext
from aimux.styles.colour import parse_colour
from aimux.styles.draw import StyleRange, draw
from aimux.styles.style import PLAIN, Style
from aimux.styles.style import overlay as with_colours
from aimux.styles.width import text_width


class StatusLine:
    """Draws the rows of a client's status line.

    Args:
        redraw: What they are drawn with.
    """

    __slots__ = ("_redraw",)

    def __init__(self, redraw: RedrawContext) -> None:
        self._redraw = redraw

    def draw(self, picture: Picture) -> tuple[list[str], tuple[StyleRange, ...]]:
        """The status line's rows, and what the mouse means in the first one."""
        count = len(picture.status_rows)
        if not count:
            return [], ()
        options = self._redraw.session.options
        base = self._status_style(options)
        formats = options.items("status-format")
        drawn = []
        for index in range(count):
            text = expand(str(formats.get(index, "")), self._redraw.format_context(), time=True)
            drawn.append(draw(text, columns=picture.columns, base=base, depth=self._redraw.depth))
        rows = [line.text for line in drawn]
        covering = self._covering(picture)
        if covering is not None:
            rows[self._message_line(count)] = covering
        rows = [anchored(row, picture.columns, self._redraw.depth) for row in rows]
        return rows, drawn[0].ranges

    def _status_style(self, options: Options) -> Style:
        """`status-style`, with the colours of `status-fg` and `status-bg` if they are set."""
        style = self._redraw.style(options, "status-style", PLAIN)
        fg, bg = (parse_colour(options.text(f"status-{part}")) for part in ("fg", "bg"))
        return with_colours(style, Style(fg=fg, bg=bg))

    def _covering(self, picture: Picture) -> str | None:
        """The prompt or the message that covers the status line."""
        client, name = self._redraw.client, "message-style"
        if client.prompt is not None:
            name = "message-command-style" if client.prompt.commands else name
            text = client.prompt.label + client.prompt.shown
            text = text[self._prompt_skip(client.prompt) :].replace("#", "##")
        elif client.message is not None:
            text = self._formatted_message(client.message)
        else:
            return None
        base = self._redraw.style(self._redraw.session.options, name, PLAIN)
        return draw(text, columns=picture.columns, base=base, depth=self._redraw.depth).text

    def _formatted_message(self, message: str) -> str:
        """A message as `message-format` shows it, whose default is what `message-style` says."""
        template = self._redraw.session.options.text("message-format")
        if template == ROWS["message-format"].default:
            return message
        extra = {"message": message, "command_prompt": "0"}
        return expand(template, replace(self._redraw.format_context(), extra=extra))

    def cursor(self, picture: Picture, prompt: Prompt) -> Cursor:
        """Where the cursor stands in a prompt; the picture has a row for it."""
        before = text_width(prompt.label) + text_width(prompt.shown[: prompt.cursor])
        column = min(before - self._prompt_skip(prompt), self._redraw.client.columns - 1)
        row = picture.status_rows[self._message_line(len(picture.status_rows))]
        name = "prompt-command-cursor-style" if prompt.commands else "prompt-cursor-style"
        shape = CURSOR_SHAPES[self._redraw.session.options.text(name)]
        colour = cursor_colour(self._redraw.session.options.text("prompt-cursor-colour"))
        return Cursor(row, column, visible=True, shape=shape, colour=colour)

    def _message_line(self, count: int) -> int:
        """The row of so many that messages take: the last one, as tmux 3.7 by `message-line`."""
        wanted = int(self._redraw.session.options.text("message-line"))
        version = self._redraw.state.server_options.text("tmux-version")
        return min(wanted, count - 1) if wanted or is_later(version) else count - 1

    def _prompt_skip(self, prompt: Prompt) -> int:
        """Cells of label and text that are left of the screen."""
        before = text_width(prompt.label) + text_width(prompt.shown[: prompt.cursor])
        return max(0, before - self._redraw.client.columns + 1)
