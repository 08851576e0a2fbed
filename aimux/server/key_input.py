"""What a person types: through prompts, modes and key tables to the pane's program.

The order is tmux's (server-client.c): a message goes at any key; an overlay takes all keys, then a
prompt; then the client's key table, the mode's or the root table; what nobody bound goes to the
pane.
"""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.command import Requester, Source
from aimux.commands.effects import Effects
from aimux.commands.key_mode import Stroke
from aimux.commands.keys import key_table_of
from aimux.commands.lifecycle import close_pane
from aimux.commands.modes import mode_key, obey_options
from aimux.commands.problems import problem_table
from aimux.commands.targets import MousePlace
from aimux.events import ClientFocusIn, ClientFocusOut
from aimux.keys.encode import encode_text, encode_token
from aimux.keys.key import KeyEvent
from aimux.keys.mouse import MouseEvent, decode_mouse
from aimux.keys.names import parse_key_name
from aimux.keys.tokenizer import Token, Tokenizer, TokenKind
from aimux.model.client import DEFAULT_TABLE, Client
from aimux.model.command_list import CommandBlock
from aimux.model.key_tables import Binding
from aimux.model.pane import Pane
from aimux.model.prompt import PromptOptions
from aimux.model.session import Session
from aimux.model.state import State
from aimux.server.mouse_input import MouseInput, Screen, active_pane, shown_session
from aimux.server.overlay_input import OverlayInput
from aimux.server.paste_input import PasteInput
from aimux.server.sidebar_input import LEAVE
from aimux.server.which_key import PREFIX_TABLE, WhichKey

KEY_CLOSES = "key"  # remain-on-exit: a pane stays until a key is pressed in it
ANY = "Any"
NO_CHARACTER = "\ufffd"
_ONLY_KITTYS = ("Hyper-", "Super-", "Meta-")
DIGITS = frozenset("0123456789")


class KeyInput:
    """One client's input.

    Args:
        run: Queues a binding's commands.
        after: Calls an action later: `repeat-time` and the clicks' deadlines.
        changed: Called when something that is drawn may have changed.
    """

    def __init__(  # noqa: PLR0913  # a client's input touches all that it can change
        self,
        state: State,
        effects: Effects,
        client: Client,
        screen: Screen,
        *,
        run: Callable[[CommandBlock, Source], None],
        requester: Requester,
        monotonic: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._client = client
        self._screen = screen
        self._run = run
        self._requester = requester
        self._monotonic = monotonic
        self._changed = changed
        self._over = OverlayInput(client, changed)
        self._pastes = PasteInput(client, self._type, changed)
        self._mouse = MouseInput(
            state,
            effects,
            client,
            screen,
            self._over,
            bound=self._handle,
            monotonic=monotonic,
            changed=changed,
        )
        self._which_key = WhichKey(state, effects, client)
        self._repeat = 0
        self._prefixed = 0
        self._root_version = -1
        self._root_characters: frozenset[str] = frozenset()

    # ---- what is typed ----

    def key(self, name: str, raw: bytes) -> None:
        """A key that is not plain text. That it was let go concerns nobody but the pane."""
        tokens = _tokens(raw, kitty=name.startswith(_ONLY_KITTYS))
        if any(token.key and token.key.event is KeyEvent.RELEASE for token in tokens):
            if not self._over.type(tokens) and not self._client.sidebar_focused:
                self._forward(tokens)
            return
        self._touch()
        if not self._over.key(name, tokens) and not self._handle(name, None, None):
            self._forward(tokens)

    def press(self, name: str) -> None:
        """A key that a command presses (`send-keys -K`), by its canonical name."""
        self._touch()
        tokens = [Token(TokenKind.KEY, b"", parse_key_name(name))]
        if not self._over.key(name, tokens) and not self._handle(name, None, None):
            self._forward(tokens)

    def text(self, raw: bytes) -> None:
        """A run of plain text. Bytes in it that are not UTF-8 reach the pane as they came."""
        self._touch()
        text = self._over.text(raw.decode("utf-8", "surrogateescape"))
        if self._is_plain(text):
            self._type(encode_text(text, self._pane.input_modes))
            return
        while text and self._client.session is not None:
            text = self._over.text(text)  # what came before may have opened something
            if not text:
                break
            character, text = text[0], text[1:]
            if not self._handle(_name_of(character), None, None):
                self._type(encode_text(character, self._pane.input_modes))

    def paste(self, data: bytes, *, first: bool, last: bool) -> None:
        """A piece of a paste: into the popup, the prompt, or the pane as a whole."""
        self._touch()
        if self._over.paste(data, first=first, last=last):
            return
        prompt = self._client.prompt
        if prompt is not None:
            prompt.paste(data.decode("utf-8", "replace"))
            self._changed()
        elif self._client.sidebar_focused:
            return  # nothing there takes text, and the pane must not get what it was not meant for
        elif self._pane.mode is None:
            ask = self._session.options.flag("confirm-paste")
            self._pastes.take(data, self._pane, first=first, last=last, ask=ask)

    def mouse(self, button: int, column: int, row: int, *, release: bool) -> None:
        """A mouse report in SGR terms, in cells of the terminal."""
        end = "m" if release else "M"
        event = decode_mouse(f"\x1b[<{button};{column + 1};{row + 1}{end}".encode())
        picture = self._screen.picture
        if event is not None and picture is not None:
            self._touch()
            self._mouse.feed(event, picture)

    def focus(self, *, focused: bool) -> None:
        """The outer terminal gained or lost the focus."""
        client = self._client
        if client.focused != focused:
            client.focused = focused
            event = ClientFocusIn if focused else ClientFocusOut
            self._effects.publish(event(client.id, client.name))
            self._changed()

    # ---- the way of a key ----

    @property
    def _session(self) -> Session:
        return shown_session(self._client)

    @property
    def _pane(self) -> Pane:
        return active_pane(self._client)

    def _touch(self) -> None:
        now = self._effects.now()
        others = self._state.clients_of(self._session)
        if any(other.activity > self._client.activity for other in others):
            self._changed()  # the window may take this client's size now
        self._client.activity = self._session.activity = now
        if self._client.message is not None:
            self._client.message = None
            self._changed()
        if self._which_key.end():
            self._changed()

    def _is_plain(self, text: str) -> bool:
        """Whether nobody but the pane wants any character of a text."""
        client, pane = self._client, self._pane
        taken = client.prompt is not None or client.sidebar_focused
        if taken or pane.mode is not None or client.key_table != DEFAULT_TABLE:
            return False
        return self._bound_characters().isdisjoint(text)

    def _bound_characters(self) -> frozenset[str]:
        """The characters that the root table or a prefix takes."""
        tables, options = self._state.key_tables, self._session.options
        version = tables.version + options.inherited_version()
        if version != self._root_version:
            self._root_version = version
            names = {binding.key for binding in tables.bindings(options.text("key-table"))}
            names |= {options.text("prefix"), options.text("prefix2")}
            names = {" " if name == "Space" else name for name in names}
            self._root_characters = frozenset(name for name in names if len(name) == 1)
        return self._root_characters

    def _handle(self, name: str, mouse: MousePlace | None, event: MouseEvent | None) -> bool:
        """Whether a prompt, a binding or a mode took the key."""
        client = self._client
        if client.prompt is not None and (event is not None or self._prompt_key(name)):
            return True
        if client.sidebar_focused and event is None and self._sidebar_key(name):
            return True
        return self._bound(name, mouse, event)

    def _sidebar_key(self, name: str) -> bool:
        """Whether the sidebar, which has the focus, took the key: all but a prefix and its key."""
        if self._client.key_table != DEFAULT_TABLE or name in self._prefixes():
            return False
        if name in LEAVE:
            self._screen.focus_sidebar(focused=False)
            self._changed()
        else:
            self._screen.sidebar_key(name)
        return True

    def _prompt_key(self, name: str) -> bool:
        """Whether the prompt took the key: one that asks for a number leaves what ends it."""
        prompt = self._client.prompt
        if prompt is None:
            return False
        if prompt.numeric and name not in DIGITS:
            prompt.answer(prompt.text)
            return False
        if prompt.single or prompt.key:
            prompt.answer(None if name in ("Escape", "C-c") else name)
        else:
            options = self._session.options
            vi = options.text("status-keys") == "vi"
            prompt.obey(PromptOptions(vi=vi, separators=options.text("word-separators")))
            prompt.pasted = self._state.buffers.first_line
            prompt.press(name)
        self._changed()
        return True

    def _prefixes(self) -> set[str]:
        options = self._session.options
        return {options.text("prefix"), options.text("prefix2")} - {"None"}

    def _bound(self, name: str, mouse: MousePlace | None, event: MouseEvent | None) -> bool:
        client = self._client
        pane = mouse.pane if mouse is not None and mouse.pane is not None else self._pane
        obey_options(self._state, pane)
        table = key_table_of(client, pane)
        if event is None and client.key_table == DEFAULT_TABLE and name in self._prefixes():
            self._enter(PREFIX_TABLE)
            self._await_key()
            self._which_key.begin(self._session)
            return True
        binding = self._on_problem(pane, name) or self._lookup(table, name)
        if client.repeating and (binding is None or not binding.repeat):
            self._enter(DEFAULT_TABLE)
            return self._bound(name, mouse, event)
        if binding is not None:
            self._fire(binding, name, mouse, event)
            return True
        if client.key_table != DEFAULT_TABLE:
            self._enter(DEFAULT_TABLE)
            return True
        return self._in_mode(table, name, pane, mouse, event)

    def _in_mode(
        self,
        table: str,
        name: str,
        pane: Pane,
        mouse: MousePlace | None,
        event: MouseEvent | None,
    ) -> bool:
        """A key that the mode's table does not bind: the root table, then the mode itself."""
        if table != DEFAULT_TABLE:
            binding = self._lookup(DEFAULT_TABLE, name)
            if binding is not None:
                self._fire(binding, name, mouse, event)
                return True
        if pane.mode is None:
            return False
        source = Source(
            self._requester, client=self._client, mouse=mouse, mouse_event=event, key=name
        )
        mode_key(pane, Stroke(name, source, typed=True))
        self._changed()
        return True

    def _await_key(self) -> None:
        """Forget the prefix once `prefix-timeout` has passed without a key."""
        milliseconds = self._state.server_options.number("prefix-timeout")
        self._prefixed += 1
        count = self._prefixed

        def time_over() -> None:
            if count == self._prefixed and self._client.key_table == PREFIX_TABLE:
                self._enter(DEFAULT_TABLE)

        if milliseconds:
            self._effects.after(milliseconds / 1000, time_over)

    def _on_problem(self, pane: Pane, name: str) -> Binding | None:
        """The binding for copy mode on a problem, where no other table was asked for."""
        table = problem_table(pane) if self._client.key_table == DEFAULT_TABLE else None
        return self._state.key_tables.lookup(table, name) if table is not None else None

    def _lookup(self, table: str, name: str) -> Binding | None:
        tables = self._state.key_tables
        if table == DEFAULT_TABLE:
            table = self._session.options.text("key-table")
        return tables.lookup(table, name) or tables.lookup(table, ANY)

    def _enter(self, table: str) -> None:
        self._client.key_table = table
        self._client.repeating = False
        self._changed()

    def _fire(
        self, binding: Binding, name: str, mouse: MousePlace | None, event: MouseEvent | None
    ) -> None:
        client, options = self._client, self._session.options
        self._prefixed += 1
        milliseconds = options.number("repeat-time")
        if not client.repeating:
            milliseconds = options.number("initial-repeat-time") or milliseconds
        if binding.repeat and milliseconds and client.key_table != DEFAULT_TABLE:
            client.repeating = True
            self._repeat += 1
            count = self._repeat
            self._effects.after(milliseconds / 1000, lambda: self._end_repeat(count))
        else:
            client.key_table, client.repeating = DEFAULT_TABLE, False
        source = Source(self._requester, client=client, mouse=mouse, mouse_event=event, key=name)
        self._run(binding.commands, source)
        self._changed()

    def _end_repeat(self, count: int) -> None:
        if count == self._repeat and self._client.repeating:
            self._enter(DEFAULT_TABLE)

    # ---- to the pane ----

    def _forward(self, tokens: list[Token]) -> None:
        modes = self._pane.input_modes
        for token in tokens:
            if token.kind is not TokenKind.REPORT:
                self._type(encode_token(token, modes))

    def _type(self, data: bytes) -> None:
        """Hand bytes to the active pane, and to all of its window while they are synchronised."""
        if self._client.session is None or self._client.read_only or not data:
            return
        window = self._session.window
        panes = [self._pane]
        if self._pane.options.flag("synchronize-panes"):
            panes = [one for one in window.panes if one.options.flag("synchronize-panes")]
        for pane in panes:
            if pane.exited is not None and pane.options.text("remain-on-exit") == KEY_CLOSES:
                close_pane(self._state, self._effects, pane)
                self._changed()
            elif not pane.input_off and pane.mode is None:
                pane.typed = self._monotonic()
                self._effects.records.person_typed(pane, data)
                self._effects.write(pane, data)


def _name_of(character: str) -> str:
    """The key of a character of a text; a byte that is none has no name of its own."""
    if character == " ":
        return "Space"
    return NO_CHARACTER if "\udc80" <= character <= "\udcff" else character


def _tokens(raw: bytes, *, kitty: bool) -> list[Token]:
    """What the outer terminal sent for one key, taken apart again.

    Args:
        raw: Its bytes.
        kitty: Whether the client took them for kitty's protocol, which has modifiers of its own.
    """
    tokenizer = Tokenizer(kitty=kitty)
    return [*tokenizer.feed(raw), *tokenizer.timeout()]
