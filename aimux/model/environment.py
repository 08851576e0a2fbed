"""The environment of the server and of sessions, and how show-environment prints it."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct

from aimux.errors import CommandError

MAXIMUM_VARIABLES = 10_000
_SHELL_QUOTED = frozenset('$`"\\')


class Variable(Struct, frozen=True):
    """One variable.

    Attributes:
        value: Its value; None says that programs must not get the variable from elsewhere.
        hidden: Whether programs do not get it at all; formats do.
    """

    value: str | None
    hidden: bool = False


class Environment:
    """Variables by name; a session's stand over the global ones.

    Args:
        values: What it starts with.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._variables = {name: Variable(value) for name, value in (values or {}).items()}

    def find(self, name: str) -> Variable | None:
        """The variable, which may be marked as removed; None if nothing is known of it."""
        return self._variables.get(name)

    def get(self, name: str) -> str | None:
        """Its value, hidden or not; None if it has none."""
        variable = self._variables.get(name)
        return variable.value if variable else None

    def set(self, name: str, value: str, *, hidden: bool = False) -> None:
        """Give a variable a value.

        Raises:
            CommandError: There are too many.
        """
        self._put(name, Variable(value, hidden))

    def clear(self, name: str) -> None:
        """Mark a variable as removed: programs do not get it (`set-environment -r`)."""
        before = self._variables.get(name)
        self._put(name, Variable(None, before.hidden if before else False))

    def unset(self, name: str) -> None:
        """Forget a variable (`set-environment -u`)."""
        self._variables.pop(name, None)

    def update_from(self, source: Mapping[str, str], patterns: Iterable[str]) -> None:
        """Take from a client what the option update-environment says.

        For each pattern the first variable in order of names that matches is taken; if none does,
        the pattern itself is marked as removed. (environ_update of tmux 3.3a)
        """
        names = sorted(source)
        for pattern in patterns:
            found = next((name for name in names if fnmatchcase(name, pattern)), None)
            if found is None:
                self.clear(pattern)
            else:
                self.set(found, source[found])

    def visible(self) -> dict[str, str]:
        """What programs get: variables that have a value and a name and are not hidden."""
        values: dict[str, str] = {}
        self.apply(values)
        return values

    def apply(self, values: dict[str, str]) -> None:
        """Change what programs get: removed and hidden variables go, the others are set."""
        for name, variable in self._variables.items():
            if variable.value is None or variable.hidden or not name:
                values.pop(name, None)
            else:
                values[name] = variable.value

    def show(
        self, name: str | None = None, *, hidden: bool = False, shell: bool = False
    ) -> list[str]:
        """The lines of show-environment.

        Args:
            name: Only this variable.
            hidden: The hidden variables instead of the others (`-h`).
            shell: As commands for a shell (`-s`).

        Raises:
            CommandError: `unknown variable: x`.
        """
        if name is not None and name not in self._variables:
            raise CommandError(f"unknown variable: {name}")
        names = sorted(self._variables) if name is None else [name]
        line = _shell_line if shell else _line
        return [
            line(one, self._variables[one].value)
            for one in names
            if self._variables[one].hidden == hidden
        ]

    def _put(self, name: str, variable: Variable) -> None:
        if name not in self._variables and len(self._variables) >= MAXIMUM_VARIABLES:
            raise CommandError(f"too many variables: {name}")
        self._variables[name] = variable


def check_variable_name(name: str) -> None:
    """Check a name given to set-environment.

    Raises:
        CommandError: `empty variable name`, or `variable name contains =`.
    """
    if not name:
        raise CommandError("empty variable name")
    if "=" in name:
        raise CommandError("variable name contains =")


def _line(name: str, value: str | None) -> str:
    return f"-{name}" if value is None else f"{name}={value}"


def _shell_line(name: str, value: str | None) -> str:
    if value is None:
        return f"unset {name};"
    quoted = "".join(f"\\{c}" if c in _SHELL_QUOTED else c for c in value)
    return f'{name}="{quoted}"; export {name};'
