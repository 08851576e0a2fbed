"""What a person clicks, drags and scrolls: through overlays, drags and bindings to a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from aimux.commands.effects import Effects
from aimux.commands.targets import MousePlace, Target
from aimux.commands.telling import select_pane
from aimux.keys.mouse import ClickTracker, MouseEvent, MouseKey
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.server.mouse_places import Place, place_at
from aimux.server.overlay_input import OverlayInput
from aimux.server.picture import Picture
from aimux.styles.draw import StyleRange

SLIDER = "ScrollbarSlider"


class Screen(Protocol):
    """What a client shows, as far as the mouse must know."""

    picture: Picture | None
    ranges: tuple[StyleRange, ...]

    def sidebar_key(self, name: str) -> None:
        """A key for the sidebar, which has the keys."""

    def focus_sidebar(self, *, focused: bool) -> None:
        """Let the sidebar have the keys, or no longer."""


class NoScreen:
    """What a client in control mode shows: nothing that could be clicked."""

    picture: Picture | None = None
    ranges: tuple[StyleRange, ...] = ()

    def sidebar_key(self, name: str) -> None:
        """There is none."""

    def focus_sidebar(self, *, focused: bool) -> None:
        """There is none."""


def shown_session(client: Client) -> Session:
    """The session that an attached client shows."""
    if client.session is None:
        raise AssertionError(f"client {client.name} shows no session")
    return client.session


def active_pane(client: Client) -> Pane:
    """The pane that an attached client's keys go to."""
    return client.pane or shown_session(client).window.active


class MouseInput:
    """One client's mouse.

    Args:
        screen: What the client shows.
        over: Takes events while something lies over the panes.
        bound: Runs what a key of the mouse is bound to; whether anything took it.
        changed: Called when something that is drawn may have changed.
    """

    def __init__(  # noqa: PLR0913  # a client's input touches all that it can change
        self,
        state: State,
        effects: Effects,
        client: Client,
        screen: Screen,
        over: OverlayInput,
        *,
        bound: Callable[[str, MousePlace, MouseEvent], bool],
        monotonic: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._client = client
        self._screen = screen
        self._over = over
        self._bound = bound
        self._monotonic = monotonic
        self._changed = changed
        self._clicks = ClickTracker()
        self._sliding = False  # a scrollbar's slider is held

    def feed(self, event: MouseEvent, picture: Picture) -> None:
        """Take an event, in cells of the terminal, that the picture was clicked for."""
        if self._client.sidebar_focused and not event.motion:
            self._screen.focus_sidebar(focused=False)
        if self._over.mouse(event) or self._drag(event, picture) or self._tab(event, picture):
            return
        place = self._place(event, picture)
        self._follow(event, place)
        where = self._where(event, place)
        for key in self._clicks.feed(event, where=where, now=self._monotonic()):
            self._mouse_key(key, picture)
        # A drag is told of where it began; what it moves follows to where the mouse is now.
        self._drag(event, picture)
        self._await_clicks(picture)

    def _where(self, event: MouseEvent, place: Place) -> str:
        """The part of the screen; a slider that is held is it, wherever the mouse has gone."""
        held = self._sliding and bool(event.release or (event.motion and event.button))
        pressed = event.button and not (event.release or event.wheel)
        self._sliding = (held or place.where == SLIDER) and bool(pressed)
        return SLIDER if held else place.where

    @property
    def _session(self) -> Session:
        return shown_session(self._client)

    def _follow(self, event: MouseEvent, place: Place) -> None:
        """Select the pane that the mouse moves into, if `focus-follows-mouse` asks for that."""
        options, pane = self._session.options, place.mouse.pane
        moves = event.motion and not event.button and place.where == "Pane"
        if not moves or pane is None or self._client.read_only:
            return
        wanted = options.flag("mouse") and options.flag("focus-follows-mouse")
        if wanted and select_pane(self._state, self._effects, self._session.window, pane):
            self._changed()

    def _tab(self, event: MouseEvent, picture: Picture) -> bool:
        """Whether the event is on a tab of a narrow terminal: a press shows its pane."""
        if not self._session.options.flag("mouse"):
            return False
        pane = picture.tab_at(event.column, event.row)
        if pane is not None and event.button and not event.release and not event.motion:
            self._effects.run_at(
                self._client,
                f"switch-client -Z -t %{pane}",
                current=Target.of_session(self._session),
                mouse=None,
                mouse_event=None,
            )
        return pane is not None

    def _drag(self, event: MouseEvent, picture: Picture) -> bool:
        """Whether a drag that a command began takes the event."""
        drag = self._client.drag
        if drag is None:
            return False
        if not event.motion:
            self._client.drag = None
            return False
        view = picture.view
        drag(event.column + view.column, event.row + view.row - picture.first_row)
        self._changed()
        return True

    def _await_clicks(self, picture: Picture) -> None:
        deadline = self._clicks.deadline
        if deadline is not None:
            wait = max(0.0, deadline - self._monotonic())
            self._effects.after(wait, lambda: self._expire_clicks(picture))

    def _expire_clicks(self, picture: Picture) -> None:
        for key in self._clicks.expire(self._monotonic()):
            self._mouse_key(key, picture)

    def _place(self, event: MouseEvent, picture: Picture) -> Place:
        return place_at(
            self._session, picture, self._screen.ranges, column=event.column, row=event.row
        )

    def _mouse_key(self, key: MouseKey, picture: Picture) -> None:
        if self._client.session is None or self._over.is_open:
            return
        place = self._place(key.event, picture).mouse
        if key.report is not None:
            place = replace(place, report=_moved(key.report, key.event, place))
        taken = self._session.options.flag("mouse") and self._bound(key.name, place, key.event)
        if not taken and not key.is_late:
            self._pass_to_program(place, key.event)

    def _pass_to_program(self, place: MousePlace, event: MouseEvent) -> None:
        """What nobody bound goes to the program under the mouse, if that asked for it.

        With `mouse` off only the active pane's program gets it.
        """
        pane = place.pane
        if pane is None or pane.mode is not None or self._client.read_only:
            return
        if pane is not active_pane(self._client) and not self._session.options.flag("mouse"):
            return
        data = place.encoded(event)
        if data:
            self._effects.write(pane, data)


def _moved(report: MouseEvent, event: MouseEvent, place: MousePlace) -> MouseEvent:
    """A report in cells of the pane, given an event in the terminal's and its place there."""
    column = place.column + report.column - event.column
    return replace(report, column=column, row=place.row + report.row - event.row)
