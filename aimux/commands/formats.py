"""Formats (tmux(1), FORMATS): `#{...}`, `#(...)` and their modifiers, expanded against a context.

Pure: what a name means, what a job printed and what time it is come from a `FormatContext`. How a
template is read is in `format_template.py`, what modifiers ask for in `format_modifiers.py`.
"""

from collections.abc import Callable, Iterable
from typing import Final

from aimux.commands.format_arithmetic import calculate, is_operator
from aimux.commands.format_comparison import COMPARISONS, flag, is_true, matches
from aimux.commands.format_meter import SIZE_LIMIT, Meter
from aimux.commands.format_modifiers import (
    INTEGER_MAX,
    INTEGER_MIN,
    NO_MODIFIERS,
    Plan,
    Producer,
    plan_for,
)
from aimux.commands.format_patterns import substitute
from aimux.commands.format_template import (
    Escape,
    Job,
    Modifier,
    Replacement,
    read_template,
    split_alternatives,
    strip_escapes,
)
from aimux.commands.format_trace import Trace
from aimux.commands.format_tree import FormatContext
from aimux.commands.format_values import (
    as_bytes,
    base_name,
    directory_name,
    expand_time,
    format_time,
    limited,
    pad,
    pretty_time,
    quote_shell,
    quote_style,
    read_integer,
)
from aimux.errors import OptionError
from aimux.styles.colour import colour_rgb, parse_colour
from aimux.styles.measure import styled_width

LOOP_LIMIT: Final = 100
"""How deep formats may stand in each other, tmux's own limit; deeper ones are empty."""
ARGUMENT_LIMIT: Final = 4096
"""Characters of a modifier's argument."""

_LOOPS: Final = {
    "session": ("session loop: %s", "session_id"),
    "window": ("window loop: %s %s", "window_index", "window_id"),
    "pane": ("pane loop: %s", "pane_id"),
}
"""What is told of each turn of a loop, and the variables in it."""


def expand(
    template: str, context: FormatContext, *, time: bool = False, trace: Trace | None = None
) -> str:
    """`template` with everything in it replaced. Never raises by itself and takes a bounded time.

    Args:
        template: A format. `#[...]` stays for `aimux.styles.draw`.
        context: What the names mean.
        time: Expand strftime(3) first, in this and in all inner formats, as `status-left` does.
        trace: Is told the steps.
    """
    return _Expansion(context, Meter(trace), time=time).expand(template[:SIZE_LIMIT])


class _Expansion:
    """A context and the manner in which formats are expanded against it."""

    __slots__ = ("_context", "_depth", "_jobs", "_meter", "_time")

    def __init__(
        self,
        context: FormatContext,
        meter: Meter,
        *,
        depth: int = 0,
        time: bool = False,
        jobs: bool = True,
    ) -> None:
        self._context = context
        self._meter = meter
        self._depth = depth
        self._time = time
        self._jobs = jobs

    def expand(self, template: str) -> str:
        """`template` expanded; empty beyond the limits."""
        if self._depth >= LOOP_LIMIT or self._meter.steps <= 0:
            return ""
        if not template:
            return ""
        self._depth += 1
        self._say("expanding format: %s", template)
        value = self._expanded(template)
        self._say("result is: %s", value)
        self._depth -= 1
        return value

    def _say(self, text: str, *values: object) -> None:
        if self._meter.trace is not None:
            self._meter.trace.say(self._depth, text % values)

    def _expanded(self, template: str) -> str:
        if self._time and "%" in template:
            before, template = template, expand_time(template, self._now())
            if template != before:
                self._say("after time expanded: %s", template)
        if "#" not in template:
            return template
        self._meter.charge(template)
        pieces: list[str] = []
        for part in read_template(template):
            piece = part if isinstance(part, str) else self._part(part)
            if piece is None or self._meter.steps <= 0:
                break
            pieces.append(piece)
        return self._meter.charged("".join(pieces))

    def _now(self) -> float:
        if self._meter.now is None:
            self._meter.now = self._context.now()
        return self._meter.now

    def _with(self, context: FormatContext, *, time: bool, jobs: bool) -> "_Expansion":
        return _Expansion(context, self._meter, depth=self._depth, time=time, jobs=jobs)

    def _part(self, part: Replacement | Job | Escape) -> str | None:
        """A part's value; None ends the template that it stands in, as tmux's errors do."""
        self._meter.steps -= 1
        if isinstance(part, Job):
            self._say("found #(): %s", part.command)
            return self._job(part.command)
        if isinstance(part, Escape):
            for told in part.told:
                self._say("found %s", told)
            return part.text
        self._say("found #%s: %s", part.letter or "{}", part.text)
        value = self._modified(part) if part.modifiers else self.value(NO_MODIFIERS, part.body)
        if value is None:
            self._say("failed %s", part.text)
        else:
            self._say("replaced '%s' with '%s'", part.text, value)
        return value

    def _modified(self, part: Replacement) -> str | None:
        modifiers = tuple([self._resolved(modifier) for modifier in part.modifiers])
        if self._meter.trace is not None:
            self._meter.trace.modifiers(self._depth, modifiers)
        plan = plan_for(modifiers)
        value = _PRODUCERS[plan.producer](self, plan, part.body)
        if value is None or not plan.finishes:
            return value
        return self._finish(plan, value)

    def _resolved(self, modifier: Modifier) -> tuple[str, tuple[str, ...]]:
        arguments = modifier.arguments
        if arguments:
            arguments = tuple([self.expand(argument)[:ARGUMENT_LIMIT] for argument in arguments])
        return modifier.name, arguments

    def _job(self, command: str) -> str:
        """A job's output; it may hold formats, but starts no further job."""
        if not self._jobs:
            self._say("#() is disabled")
            return ""
        inner = self._with(self._context, time=False, jobs=False)
        output = inner.expand(self._context.job(inner.expand(command))[:SIZE_LIMIT])
        self._say("#() result: %s", output)
        return output

    # Producing a value.

    def literal(self, _plan: Plan, body: str) -> str:
        """`l:` the body as it stands."""
        return body

    def character(self, _plan: Plan, body: str) -> str:
        """`a:` the printable ASCII character of a number."""
        code = read_integer(self.expand(body), 32, 126)
        return "" if code is None else chr(code)

    def colour(self, _plan: Plan, body: str) -> str:
        """`c:` six hexadecimal digits of a colour."""
        try:
            rgb = colour_rgb(parse_colour(self.expand(body)))
        except OptionError:
            return ""
        return "" if rgb is None else f"{rgb:06x}"

    def sessions(self, _plan: Plan, body: str) -> str:
        """`S:` the body for each session."""
        told = _LOOPS["session"]
        return self._loop(self._context.sessions(), body, body, told) or ""

    def windows(self, _plan: Plan, body: str) -> str | None:
        """`W:` the body for each window, its second half for the current one."""
        sides = split_alternatives(body) or (body, body)
        return self._loop(self._context.windows(), *sides, _LOOPS["window"])

    def panes(self, _plan: Plan, body: str) -> str | None:
        """`P:` the body for each pane, its second half for the active one."""
        sides = split_alternatives(body) or (body, body)
        return self._loop(self._context.panes(), *sides, _LOOPS["pane"])

    def _loop(
        self,
        items: Iterable[tuple[FormatContext, bool]],
        others: str,
        current: str,
        names: tuple[str, ...],
    ) -> str | None:
        pieces: list[str] = []
        for context, is_current in items:
            self._meter.steps -= 1
            if self._meter.steps <= 0:
                break
            if self._meter.trace is not None:
                what, *variables = names
                self._say(what, *(context.variable(name) for name in variables))
            inner = self._with(context, time=self._time, jobs=self._jobs)
            pieces.append(inner.expand(current if is_current else others))
        return self._meter.charged("".join(pieces)) if pieces else None

    def window_name(self, _plan: Plan, body: str) -> str:
        """`N:` whether a window of that name exists."""
        return flag(self._context.name_exists("w", self.expand(body)))

    def session_name(self, _plan: Plan, body: str) -> str:
        """`N/s:` whether a session of that name exists."""
        return flag(self._context.name_exists("s", self.expand(body)))

    def search(self, plan: Plan, body: str) -> str:
        """`C:` the line of the pane that holds the body."""
        flags = plan.search[0] if plan.search else ""
        wanted, pane = self.expand(body), self._context.variable("pane_id")
        self._say("search '%s' %s", wanted, f"pane {pane}" if pane else "but no pane")
        line = self._context.search_pane(wanted, regex="r" in flags, ignore_case="i" in flags)
        return str(line)

    def comparison(self, plan: Plan, body: str) -> str | None:
        """Two sides compared; both are expanded whatever the first one says."""
        sides = split_alternatives(body)
        if plan.comparison is None:
            return None
        operator, arguments = plan.comparison
        if sides is None:
            self._say("compare %s syntax error: %s", operator, body)
            return None
        left, right = self.expand(sides[0]), self.expand(sides[1])
        self._say("compare %s left is: %s", operator, left)
        self._say("compare %s right is: %s", operator, right)
        if operator == "m":
            self._meter.charge_search(left, right)
            return flag(matches(arguments[0] if arguments else "", left, right))
        return flag(COMPARISONS[operator](left, right))

    def value(self, plan: Plan, body: str) -> str | None:
        """A condition, an expression, an inner format, or else a variable."""
        if body.startswith("?"):
            return self._condition(plan, body[1:])
        if plan.expression:
            return self._expression(plan.expression, body)
        if "#{" in body:
            self._say("expanding inner format '%s'", body)
            return self.expand(body)
        found = self._find(plan, body)
        if found is None:
            self._say("format '%s' not found", body)
            return ""
        self._say("format '%s' found: %s", body, found)
        return found

    def _condition(self, plan: Plan, body: str) -> str | None:
        halves = split_alternatives(body)
        if halves is None:
            self._say("condition syntax error: %s", body)
            return None
        holds, sides = self._holds(plan, halves[0]), split_alternatives(halves[1])
        if sides is None:
            self._say("condition '%s' syntax error: %s", *halves)
            return None
        self._say("condition '%s' is %s", halves[0], "true" if holds else "false")
        return self.expand(sides[0] if holds else sides[1])

    def _holds(self, plan: Plan, condition: str) -> bool:
        self._say("condition is: %s", condition)
        found = self._find(plan, condition)
        if found is not None:
            self._say("condition '%s' found: %s", condition, found)
            return is_true(found)
        found = self.expand(condition)
        if found == condition:
            # What expands to itself is the name of nothing.
            self._say("condition '%s' not found; assuming false", condition)
            return False
        return is_true(found)

    def _expression(self, arguments: tuple[str, ...], body: str) -> str:
        places, sides = None, split_alternatives(body)
        if len(arguments) > 2:
            places = read_integer(arguments[2], INTEGER_MIN, INTEGER_MAX)
        wrong = ""
        if not is_operator(arguments[0]):
            wrong = f"has no valid operator: '{arguments[0]}'"
        elif len(arguments) > 2 and places is None:
            wrong = f"precision invalid: {arguments[2]}"
        if wrong or sides is None:
            self._say("expression %s", wrong or "syntax error")
            return ""
        left, right = self.expand(sides[0]), self.expand(sides[1])
        floating = len(arguments) > 1 and "f" in arguments[1]
        calculation = calculate(arguments[0], left, right, floating=floating, places=places)
        for told in calculation.told:
            self._say("expression %s", told)
        return calculation.result or ""

    def _find(self, plan: Plan, name: str) -> str | None:
        found = self._context.variable(name)
        if found is None:
            return None
        if plan.is_time:
            return self._as_time(plan, found)
        for change in plan.changes:
            found = _CHANGES[change](found)
        return found

    def _as_time(self, plan: Plan, text: str) -> str | None:
        seconds = read_integer(text, 1, 2**63 - 1)
        if seconds is None:
            return None
        if plan.pretty:
            return pretty_time(seconds, self._now())
        template = plan.time_format
        return format_time(seconds, None if template is None else strip_escapes(template))

    # Finishing it.

    def _finish(self, plan: Plan, value: str) -> str:
        self._meter.charge(value)
        if plan.expand_again:
            time = self._time or plan.expand_again == "T"
            value = self._with(self._context, time=time, jobs=self._jobs).expand(value)
        for substitution in plan.substitutions:
            value = self._substituted(substitution, value)
        if plan.limit:
            value = limited(value, plan.limit, plan.marker)
            self._say("applied length limit %d: %s", plan.limit, value)
        if plan.padding:
            value = pad(value, plan.padding, SIZE_LIMIT)
            self._say("applied padding width %d: %s", plan.padding, value)
        if plan.length:
            value = str(len(as_bytes(value)))
            self._say("replacing with length: %s", value)
        if plan.width:
            value = str(styled_width(value))
            self._say("replacing with width: %s", value)
        return self._meter.charged(value)

    def _substituted(self, arguments: tuple[str, ...], value: str) -> str:
        # They are expanded a second time; tmux does so too.
        pattern, replacement = self.expand(arguments[0]), self.expand(arguments[1])
        ignore_case = len(arguments) > 2 and "i" in arguments[2]
        self._meter.charge_search(pattern, value)
        changed = substitute(pattern, replacement, value, ignore_case=ignore_case)
        self._say("substitute '%s' to '%s': %s", pattern, replacement, changed)
        return changed


_CHANGES: dict[str, Callable[[str], str]] = {
    "b": base_name,
    "d": directory_name,
    "q": quote_shell,
    "h": quote_style,
}
_PRODUCERS: dict[Producer, Callable[[_Expansion, Plan, str], str | None]] = {
    "literal": _Expansion.literal,
    "character": _Expansion.character,
    "colour": _Expansion.colour,
    "sessions": _Expansion.sessions,
    "windows": _Expansion.windows,
    "panes": _Expansion.panes,
    "window-name": _Expansion.window_name,
    "session-name": _Expansion.session_name,
    "search": _Expansion.search,
    "comparison": _Expansion.comparison,
    "value": _Expansion.value,
}
