"""`override`, for whoever reads and checks the code.

Python has it from 3.12 on. typing_extensions has it too, and takes 10 ms to import, a third of what
the engine may take; type checkers are told that it comes from there.
"""

from typing import TYPE_CHECKING, TypeVar

_Method = TypeVar("_Method")

if TYPE_CHECKING:
    from typing_extensions import override as override  # noqa: PLC0414  # to be imported from here
else:

    def override(method: _Method) -> _Method:
        """Mark a method that replaces one of a base class; checked by type checkers alone."""
        return method
