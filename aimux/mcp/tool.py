"""What a tool is: a row that says how its arguments become a command of the server.

The words of a command are a tuple of parts: a string stands for itself, others take an argument.
"""

from __future__ import annotations

from aimux.errors import CommandError
from aimux.link.exchange import literal

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from aimux.link.exchange import Answer

    Schema = Mapping[str, object]
    Arguments = Mapping[str, object]
    Part: TypeAlias = "str | Value | PathValue | Option | Joined | Choice"
    Shape = Callable[[Answer, Arguments], "Outcome"]

MAX_TEXT = 65536
"""Characters of one argument."""
MAX_ITEMS = 100
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
}


class Outcome:
    """What a call gave.

    Attributes:
        text: For the model to read.
        is_error: It did not do what it is for.
    """

    __slots__ = ("is_error", "text")

    def __init__(self, text: str, *, is_error: bool = False) -> None:
        self.text = text
        self.is_error = is_error


class Value:
    """The value of an argument, or its items, as words; nothing if it is not given."""

    def __init__(self, argument: str) -> None:
        self.argument = argument

    def words(self, arguments: Arguments, used: set[str]) -> Iterator[str]:
        """The words, and `used` gets the name of the argument."""
        used.add(self.argument)
        yield from _texts(arguments.get(self.argument))


class PathValue:
    """Paths as words: none is taken for another word that the command knows."""

    def __init__(self, argument: str) -> None:
        self.argument = argument

    def words(self, arguments: Arguments, used: set[str]) -> Iterator[str]:
        """As `Value.words`."""
        used.add(self.argument)
        for path in _texts(arguments.get(self.argument)):
            yield path if path.startswith(("/", "~")) else f"./{path}"


class Option:
    """A flag before each value of an argument; nothing if it is not given."""

    def __init__(self, flag: str, argument: str) -> None:
        self.flag = flag
        self.argument = argument

    def words(self, arguments: Arguments, used: set[str]) -> Iterator[str]:
        """As `Value.words`."""
        used.add(self.argument)
        for text in _texts(arguments.get(self.argument)):
            yield self.flag
            yield text


class Joined:
    """A flag before all items of an argument, with commas between; nothing if it is not given."""

    def __init__(self, flag: str, argument: str) -> None:
        self.flag = flag
        self.argument = argument

    def words(self, arguments: Arguments, used: set[str]) -> Iterator[str]:
        """As `Value.words`."""
        used.add(self.argument)
        if self.argument in arguments:
            yield self.flag
            yield ",".join(_texts(arguments[self.argument]))


class Choice:
    """Parts that are chosen by the value of an argument; by default the first."""

    def __init__(self, argument: str, parts: Mapping[str, Sequence[Part]]) -> None:
        self.argument = argument
        self.parts = parts

    def words(self, arguments: Arguments, used: set[str]) -> Iterator[str]:
        """As `Value.words`."""
        used.add(self.argument)
        chosen = arguments.get(self.argument, next(iter(self.parts)))
        yield from _words(self.parts[str(chosen)], arguments, used)


class Tool:
    """A tool.

    Attributes:
        name: What it is called by.
        description: What a model is told.
        properties: Its arguments: JSON Schema of each, as far as `_fault` reads it.
        required: Those that have to be given.
        command: The parts of the command that it becomes.
        shape: Makes an outcome of the command's answer.
        only_reads: Whether it leaves everything as it is.
    """

    __slots__ = (
        "command", "description", "name", "only_reads", "properties", "required", "shape",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  # the columns of a table
        self,
        name: str,
        description: str,
        *,
        properties: Mapping[str, Schema],
        command: Sequence[Part],
        shape: Shape,
        required: Sequence[str] = (),
        only_reads: bool = False,
    ) -> None:
        self.name = name
        self.description = description
        self.properties = properties
        self.required = required
        self.command = command
        self.shape = shape
        self.only_reads = only_reads

    def definition(self) -> Mapping[str, object]:
        """What `tools/list` says of it."""
        schema = {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": schema,
            "annotations": {"readOnlyHint": self.only_reads, "openWorldHint": False},
        }

    def words(self, arguments: Arguments) -> list[str]:
        """The command's words. Raises CommandError, which says what is wrong with an argument."""
        self._check(arguments)
        used: set[str] = set()
        words = list(_words(self.command, arguments, used))
        left = sorted(set(arguments) - used)
        if left:
            raise CommandError(f"{left[0]} does not go with the other arguments")
        return [literal(word) for word in words]

    def _check(self, arguments: Arguments) -> None:
        for name in self.required:
            if name not in arguments:
                raise CommandError(f"missing argument: {name}")
        for name, value in arguments.items():
            if name not in self.properties:
                known = ", ".join(self.properties) or "none"
                raise CommandError(f"unknown argument: {name} (known: {known})")
            fault = _fault(self.properties[name], value)
            if fault:
                raise CommandError(f"{name}: {fault}")


def _words(parts: Sequence[Part], arguments: Arguments, used: set[str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from part.words(arguments, used)


def _texts(value: object) -> Iterator[str]:
    """A value as words; whole floats lose their point, as some clients send all numbers so."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, float) and value.is_integer():
        yield str(int(value))
    elif value is not None:
        yield str(value)


def _fault(schema: Schema, value: object) -> str:
    """What is wrong with a value; empty if nothing is."""
    type_ = schema["type"]
    types = list(map(str, type_)) if isinstance(type_, list) else [str(type_)]
    if isinstance(value, float) and value.is_integer() and "integer" in types:
        value = int(value)
    if not any(_is_of(value, one) for one in types):
        return f"has to be of type {' or '.join(types)}"
    if isinstance(value, list):
        return _fault_of_items(schema, value)
    if isinstance(value, str):
        return _fault_of_text(schema, value)
    return _fault_of_number(schema, value)


def _is_of(value: object, type_: str) -> bool:
    return isinstance(value, _TYPES[type_]) and (not isinstance(value, bool) or type_ == "boolean")


def _fault_of_items(schema: Schema, items: list[object]) -> str:
    inner = schema["items"]
    if len(items) > MAX_ITEMS:
        return f"has more than {MAX_ITEMS} items"
    faults = (_fault(inner, item) for item in items if isinstance(inner, dict))
    return next(filter(None, faults), "")


def _fault_of_text(schema: Schema, text: str) -> str:
    known = schema.get("enum")
    if isinstance(known, list) and text not in known:
        return f"has to be one of {', '.join(map(str, known))}"
    if len(text) > MAX_TEXT:
        return f"is longer than {MAX_TEXT} characters"
    return "has a character in it that no text has" if "\0" in text else ""


def _fault_of_number(schema: Schema, value: object) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if not isinstance(value, int | float):
        return ""
    if isinstance(least, int | float) and value < least:
        return f"has to be at least {least}"
    if isinstance(most, int | float) and value > most:
        return f"has to be at most {most}"
    return ""
