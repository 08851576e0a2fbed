"""What may be done after a command that failed: a table of rules over what is known of it.

A suggestion is a command line for a person to look at. It is typed without Enter, if at all. Words
that came from output are taken only where they fit a narrow pattern, and are quoted for the shell.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from aimux.security.clean import clean
from aimux.semantic.result import Result

MAX_SUGGESTIONS = 3
MAX_LENGTH = 1000
MAX_NAMES = 10
"""Failed tests that are named; of more, the tool's own way to run the failed ones is suggested."""


class Holder(Struct, frozen=True):
    """The process that listens on a port."""

    pid: int
    name: str


class Situation(Struct, frozen=True):
    """A command that has ended and what was known around it.

    Attributes:
        command: Its command line.
        exit_status: How it ended.
        result: What its output said.
        lines: The last lines of its output.
        files: The names in the directory that it ran in.
        programs: The names of programs that can be run, those used before first.
        holder: Who listens on a TCP port of this machine.
        worked: What was run, and worked, after this command failed here the last time.
    """

    command: str
    exit_status: int | None
    result: Result
    lines: Sequence[str] = ()
    files: frozenset[str] = frozenset()
    programs: Sequence[str] = ()
    holder: Callable[[int], Holder | None] = lambda _port: None
    worked: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A command line, and why."""

    text: str
    reason: str


Rule = Callable[[Situation], Iterator[Suggestion]]


def suggest(situation: Situation) -> list[Suggestion]:
    """At most three, the most specific first; none after a success or where no rule fits."""
    if situation.exit_status in (None, 0, 130):  # 130: the person stopped it
        return []
    found: dict[str, Suggestion] = {}
    for rule in RULES:
        for one in rule(situation):
            if _is_typable(one.text) and one.text != situation.command.strip():
                found.setdefault(one.text, one)
    return list(found.values())[:MAX_SUGGESTIONS]


def _is_typable(text: str) -> bool:
    """One line without control characters, or anything that a terminal or a shell acts on."""
    return bool(text.strip()) and len(text) <= MAX_LENGTH and text.isprintable()


# ---- tests that failed ----

_PYTEST_COMMAND = re.compile(r"((?:[\w./-]+ ){0,4}?(?:[\w./-]*/)?(?:pytest|py\.test))(?: .*)?")
_PYTEST_ID = re.compile(r"(?!-)[\w./-]+\.py(?:::[\w.\[\]@:,=+ /-]+)*")
_RUST_NAME = re.compile(r"\w+(?:::\w+)*")
_GO_NAME = re.compile(r"(Test|Example|Fuzz)\w*(?:/[\w#/-]+)?")
_UNITTEST_NAME = re.compile(r"\w+(?:\.\w+)+")


def _failed_tests(situation: Situation) -> Iterator[Suggestion]:
    result = situation.result
    again = _AGAIN.get(result.tool)
    if result.kind == "test" and result.failing and again is not None:
        text = again(situation.command, result.failing)
        if text:
            count = len(result.failing)
            yield Suggestion(
                text,
                f"run only the {count} that failed"
                if count > 1
                else ("run only the one that failed"),
            )


def _pytest_again(command: str, failing: Sequence[str]) -> str:
    match = _PYTEST_COMMAND.fullmatch(command)
    base = match[1] if match is not None else "pytest"
    names = [name for name in failing if _PYTEST_ID.fullmatch(name)]
    if not names or len(names) > MAX_NAMES or len(names) < len(failing):
        return f"{base} --lf"
    return shlex.join([*base.split(), *names])


def _cargo_again(command: str, failing: Sequence[str]) -> str:
    del command
    names = [name for name in failing if _RUST_NAME.fullmatch(name)][:MAX_NAMES]
    return f"cargo test -- --exact {' '.join(names)}" if names else ""


def _go_again(command: str, failing: Sequence[str]) -> str:
    matches = (_GO_NAME.fullmatch(name) for name in failing)
    names = list(dict.fromkeys(m[0].partition("/")[0] for m in matches if m))[:MAX_NAMES]
    packages = [word for word in command.split() if re.fullmatch(r"\./[\w./-]*", word)]
    pattern = shlex.quote(f"^({'|'.join(names)})$")
    return f"go test -run {pattern} {' '.join(packages) or './...'}" if names else ""


def _javascript_again(program: str) -> Callable[[str, Sequence[str]], str]:
    def again(command: str, failing: Sequence[str]) -> str:
        titles = [re.split(" [\u203a>] ", name)[-1].strip() for name in failing]
        wanted = [_javascript_literal(title) for title in titles if title.isprintable()]
        if not wanted or len(wanted) > MAX_NAMES:
            return ""
        script = re.match(r"(npm (?:run )?test|yarn test|pnpm test)\b", command)
        base = f"{script[1]} --" if script is not None else program
        return f"{base} -t {shlex.quote('|'.join(wanted))}"

    return again


def _javascript_literal(name: str) -> str:
    """A pattern of JavaScript that fits nothing but a name."""
    return re.sub(r"[\\^$.*+?()\[\]{}|]", r"\\\g<0>", name)


_NODE_TEST = re.compile(r"((?:\S+ ){0,3}?(?:node|tsx) --test)(?= |$)(.*)")
_MOCHA = re.compile(r"((?:npx |pnpm |yarn )?(?:[\w./-]*/)?_?mocha)(?= |$)(.*)")
_NPM_TEST = re.compile(r"((?:npm (?:run )?|yarn |pnpm )test)()")


def _by_name(
    commands: Sequence[re.Pattern[str]], option: str, default: str
) -> Callable[[str, Sequence[str]], str]:
    """The same command with an option that takes a pattern of test names."""

    def again(command: str, failing: Sequence[str]) -> str:
        if not failing or len(failing) > MAX_NAMES or not all(map(str.isprintable, failing)):
            return ""
        # One that has such an option already is begun anew: the option would be given twice.
        fitting = (each.fullmatch(command) for each in commands if option not in command)
        match = next((each for each in fitting if each is not None), None)
        base, rest = (match[1], match[2]) if match is not None else (default, "")
        names = "|".join(map(_javascript_literal, failing))
        through = " --" if _NPM_TEST.fullmatch(base) else ""
        return f"{base}{through} {option}{shlex.quote(f'^({names})$')}{rest}"

    return again


def _unittest_again(command: str, failing: Sequence[str]) -> str:
    names = [name for name in failing if _UNITTEST_NAME.fullmatch(name)]
    python = re.match(r"[\w./-]*python[\d.]*", command)
    program = python[0] if python is not None else "python3"
    if names and len(names) == len(failing) <= MAX_NAMES:
        return f"{program} -m unittest {' '.join(names)}"
    bare = [name for name in failing if re.fullmatch(r"\w+", name)]
    usable = bare and len(bare) == len(failing) <= MAX_NAMES
    return f"{program} -m unittest {' '.join(f'-k {name}' for name in bare)}" if usable else ""


def _ctest_again(command: str, failing: Sequence[str]) -> str:
    del failing
    known = command.startswith("ctest") and "--rerun-failed" not in command
    return f"{command} --rerun-failed" if known else ""


_AGAIN: dict[str, Callable[[str, Sequence[str]], str]] = {
    "pytest": _pytest_again,
    "cargo": _cargo_again,
    "cargo test": _cargo_again,
    "cargo-test": _cargo_again,
    "go": _go_again,
    "go test": _go_again,
    "go-test": _go_again,
    "ctest": _ctest_again,
    "jest": _javascript_again("npx jest"),
    "vitest": _javascript_again("npx vitest run"),
    "mocha": _by_name((_MOCHA, _NPM_TEST), "-g ", "npx mocha"),
    "node-test": _by_name((_NODE_TEST, _NPM_TEST), "--test-name-pattern=", "node --test"),
    "unittest": _unittest_again,
}

# ---- git ----

_UPSTREAM = re.compile(r"\s*git push --set-upstream ([\w.][\w./-]{0,200}) ([\w.][\w./-]{0,200})\s*")
_NO_GIT_COMMAND = re.compile(r"git: '([\w-]{1,50})' is not a git command\..*")
_GIT_WORD = re.compile(r"\s+([a-z][a-z-]{1,40})")


def _upstream(situation: Situation) -> Iterator[Suggestion]:
    if not _says(situation, "has no upstream branch"):
        return
    for line in situation.lines:
        if match := _UPSTREAM.fullmatch(line):
            yield Suggestion(
                f"git push --set-upstream {match[1]} {match[2]}",
                "as git says: there is no upstream",
            )


def _git_command(situation: Situation) -> Iterator[Suggestion]:
    wrong = next((m for line in situation.lines if (m := _NO_GIT_COMMAND.fullmatch(line))), None)
    if wrong is None:
        return
    similar = False
    for line in situation.lines:
        if similar and (match := _GIT_WORD.fullmatch(line)):
            text = situation.command.replace(wrong[1], match[1], 1)
            yield Suggestion(text, f"git knows no {wrong[1]}; {match[1]} is the most similar")
        similar = similar or "most similar command" in line


def _says(situation: Situation, words: str) -> bool:
    return any(words in line for line in situation.lines)


# ---- modules that are missing ----

_PYTHON_MODULE = re.compile(
    r"(?:E\s+)?ModuleNotFoundError: No module named '([A-Za-z_][\w.]{0,100})'"
)
_NODE_MODULE = re.compile(
    r".*Cannot find (?:module|package) "
    r"'((?:@[a-z0-9][\w.-]{0,50}/)?[a-z0-9][\w.-]{0,100})(?:/[\w./-]{0,200})?'.*"
)
_GO_GET = re.compile(r"\s*go get ([\w][\w./~-]{0,200})\s*")
_DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "Crypto": "pycryptodome",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "git": "gitpython",
    "jwt": "pyjwt",
    "magic": "python-magic",
    "PIL": "pillow",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
_PYTHON_WAYS = (("uv.lock", "uv add"), ("poetry.lock", "poetry add"), ("Pipfile", "pipenv install"))
_NODE_WAYS = (("pnpm-lock.yaml", "pnpm add"), ("yarn.lock", "yarn add"), ("bun.lock", "bun add"))


def _missing_module(situation: Situation) -> Iterator[Suggestion]:
    for line in situation.lines:
        if match := _PYTHON_MODULE.fullmatch(line.strip()):
            module = match[1].partition(".")[0]
            if not {module, f"{module}.py"} & situation.files:
                way = _way(situation, _PYTHON_WAYS, "pip install")
                name = _DISTRIBUTIONS.get(module, module)
                yield Suggestion(f"{way} {name}", f"the module {module} is not installed")
        elif match := _NODE_MODULE.fullmatch(line):
            way = _way(situation, _NODE_WAYS, "npm install")
            yield Suggestion(f"{way} {match[1]}", f"the package {match[1]} is not installed")
        elif (match := _GO_GET.fullmatch(line)) and _says(situation, "no required module"):
            yield Suggestion(f"go get {match[1]}", "as go says: no module provides it")


def _way(situation: Situation, ways: Sequence[tuple[str, str]], default: str) -> str:
    return next((way for file, way in ways if file in situation.files), default)


# ---- ports, programs ----

_PORT = re.compile(
    r".*(?:address already in use|EADDRINUSE|port is already allocated|address in use).*?"
    r"(?::|port:? |\()(\d{2,5})\b.*"
    r"|.*\bport (\d{2,5})\b.{0,40}\b(?:in use|taken|allocated|occupied).*"
    r"|.*:(\d{2,5}):? .{0,80}address already in use.*",
    re.IGNORECASE,
)
_NOT_FOUND = (
    re.compile(
        r"(?:-?(?:\S{1,60}/)?(?:ba|da|z|k)?sh: )?(?:line )?(?:\d+: )?"
        r"([\w.+-]{1,60}): (?:command )?not found"
    ),
    re.compile(r"(?:-?zsh: )?command not found: ([\w.+-]{1,60})"),
    re.compile(r"fish: Unknown command: ([\w.+-]{1,60})"),
)


def _port(situation: Situation) -> Iterator[Suggestion]:
    for line in situation.lines:
        match = _PORT.fullmatch(line[:500])
        port = int(match[match.lastindex or 1]) if match is not None else 0
        holder = situation.holder(port) if 0 < port < 65536 else None
        if holder is not None:
            name = clean(holder.name)  # a program may call itself anything
            yield Suggestion(
                f"kill {holder.pid}", f"port {port} is held by {name} (pid {holder.pid})"
            )
            return


def _not_found(situation: Situation) -> Iterator[Suggestion]:
    if situation.exit_status != 127:
        return
    for line in situation.lines:
        match = next((m for p in _NOT_FOUND if (m := p.fullmatch(line.strip()))), None)
        if match is None or not _word(match[1]).search(situation.command):
            continue
        for near in _nearest(match[1], situation.programs):
            text = _replaced(situation.command, match[1], near)
            yield Suggestion(text, f"there is no {match[1]}; {near} is the nearest")
        return


def _nearest(word: str, known: Sequence[str]) -> list[str]:
    """At most two of the known words that a slip of the fingers makes into `word`."""
    limit = 1 if len(word) <= 4 else 2
    near: dict[str, int] = {}
    for one in known:
        if abs(len(one) - len(word)) <= limit and len(set(one) ^ set(word)) <= 2 * limit:
            slips = _slips(word, one)
            if 0 < slips <= limit:
                near.setdefault(one, slips)
    # Of equally near ones, those of the same letters are the likeliest, then those known first.
    return sorted(near, key=lambda one: (near[one], sorted(one) != sorted(word)))[:2]


def _slips(one: str, other: str) -> int:
    """Letters left out, put in, replaced or exchanged with their neighbour (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]


def _replaced(command: str, word: str, by: str) -> str:
    """The command with the first place of a word replaced."""
    found = _word(word).search(command)
    return f"{command[: found.start()]}{by}{command[found.end() :]}" if found else command


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){re.escape(word)}(?!\S)")


def _worked(situation: Situation) -> Iterator[Suggestion]:
    if situation.worked:
        yield Suggestion(situation.worked, "worked after this failed here the last time")


RULES: tuple[Rule, ...] = (
    _failed_tests,
    _upstream,
    _git_command,
    _missing_module,
    _port,
    _not_found,
    _worked,
)
"""In the order of worth; each gives what it has."""
