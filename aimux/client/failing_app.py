"""An app of Textual's that ends at the first bug and keeps it for whoever runs it."""

from __future__ import annotations

import asyncio
from typing import Any

from rich.console import Console
from textual.app import App
from textual.driver import Driver
from typing_extensions import override


class FailingApp(App[None], inherit_bindings=False):
    """Ends at the first error, be it in a handler of Textual's or in a callback of the loop.

    Args:
        driver_class: The terminal's driver; None for the one that TEXTUAL_DRIVER names.

    Attributes:
        failure: What went wrong first; None if nothing did.
    """

    def __init__(self, *, driver_class: type[Driver] | None) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        self.error_console = Console(quiet=True)  # the guard prints what went wrong, on its screen
        self.failure: Exception | None = None

    def catch_callbacks(self) -> None:
        """From here on errors in callbacks of the running event loop are this app's."""
        asyncio.get_running_loop().set_exception_handler(self._fail)

    @override
    def _handle_exception(self, error: Exception) -> None:
        """Keep a bug for whoever runs the app; Textual ends the app in any case."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fail(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A callback of the event loop failed: end as after an error in a handler of Textual's."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)
