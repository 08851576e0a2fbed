"""Where aimux keeps things: the socket, the state directory and the configuration files.

The socket's rules are tmux's (tmux.c, `make_label` and `main`), with `aimux` in the names. By the
name of tmux they are tmux's altogether, as its clients look for the socket's file themselves. A
leaf: it is imported by every one-shot command, so it takes no module that Python has not loaded
anyway.
"""

# No pathlib here: it costs a one-shot command 10 ms of its start.
# ruff: noqa: PTH101, PTH102, PTH103, PTH110, PTH112, PTH113, PTH116, PTH120

from __future__ import annotations

import os
import stat

from aimux.errors import PathError

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_SOCKET_PATH = 107  # bytes in sockaddr_un.sun_path without its final zero: unix(7)
DEFAULT_NAME = "default"
ENVIRONMENT_VARIABLE = "AIMUX"
TMUX_VARIABLE = "TMUX"
AIMUX_PLACES = ("AIMUX_TMPDIR", "TMUX_TMPDIR")
TMUX_PLACES = ("TMUX_TMPDIR", "AIMUX_TMPDIR")
TMUX_SYSTEM_CONFIGURATION = "/etc/tmux.conf"


def socket_path(
    environment: Mapping[str, str],
    *,
    name: str | None = None,
    path: str | None = None,
    as_tmux: bool = False,
) -> str:
    """The socket of the server that a command line means.

    A path (-S) is taken as it is. A name (-L) is a file in `socket_directory`, which is made when
    it is missing. With neither, $AIMUX (`socket,server pid,session`) names the server of the pane
    that the command runs in; outside of one, the name is `default`. A program that goes by the name
    of tmux (`as_tmux`) goes by $TMUX first: its panes have it. Its named sockets lie where tmux's
    lie, unless aimux has one of that name: then both names mean the same server.

    Raises:
        PathError: The directory is unsafe, the path too long for a socket, or $AIMUX leads to the
            socket of another user. The text is complete, in tmux's words.
    """
    if path is None:
        variables = (TMUX_VARIABLE, ENVIRONMENT_VARIABLE) if as_tmux else (ENVIRONMENT_VARIABLE,)
        inherited = next(filter(None, map(environment.get, variables)), "")
        path = _path_by_name(environment, name, inherited.partition(",")[0], as_tmux=as_tmux)
    if len(os.fsencode(path)) > MAX_SOCKET_PATH:
        raise PathError(f"error connecting to {path} (File name too long)")
    return path


def tmux_socket_path(path: str, environment: Mapping[str, str]) -> str | None:
    """Where the server of a named socket listens if it was started by the name of tmux.

    Args:
        path: The socket that aimux's own name means.
        environment: Where $TMUX_TMPDIR and $AIMUX_TMPDIR are looked up.

    Returns:
        A socket that exists; None if none does, if aimux has one at `path`, or if `path` is none
        of the named sockets. Whether aimux listens there is not known.
    """
    directory, _, name = path.rpartition("/")
    if os.path.lexists(path) or directory != _directory(environment, AIMUX_PLACES, "aimux"):
        return None
    other = f"{_directory(environment, TMUX_PLACES, 'tmux')}/{name}"
    return other if os.path.lexists(other) else None


def _path_by_name(
    environment: Mapping[str, str], name: str | None, inherited: str, *, as_tmux: bool
) -> str:
    if name is None and inherited:
        _refuse_other_owner(inherited)
        return inherited
    name = name or DEFAULT_NAME
    own = f"{_directory(environment, AIMUX_PLACES, 'aimux')}/{name}"
    by_tmux = as_tmux and not os.path.lexists(own)
    return f"{socket_directory(environment, as_tmux=by_tmux)}/{name}"


def _refuse_other_owner(path: str) -> None:
    """Raise PathError where sudo has carried somebody's $AIMUX into the shell of somebody else."""
    try:
        owner = os.lstat(path).st_uid
    except OSError:
        return  # connecting to it says what is wrong
    if owner != os.geteuid():
        raise PathError(f"socket {path} belongs to another user (use -S to connect to it)")


def socket_directory(environment: Mapping[str, str], *, as_tmux: bool = False) -> str:
    """The directory `aimux-UID` that holds this user's sockets; made (0700) when it is missing.

    It stands in the first of $AIMUX_TMPDIR, $TMUX_TMPDIR and /tmp that exists, and is accepted if
    it is a directory, no symbolic link, belongs to this user and is closed to everybody else. By
    the name of tmux it is `tmux-UID`, and $TMUX_TMPDIR comes first.

    Raises:
        PathError: It cannot be made or is not acceptable; the text is tmux's.
    """
    uid = os.getuid()
    places, program = (TMUX_PLACES, "tmux") if as_tmux else (AIMUX_PLACES, "aimux")
    directory = _directory(environment, places, program)
    try:
        os.mkdir(directory, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise PathError(f"couldn't create directory {directory} ({error.strerror})") from error
    try:
        status = os.lstat(directory)
    except OSError as error:
        raise PathError(f"couldn't read directory {directory} ({error.strerror})") from error
    if not stat.S_ISDIR(status.st_mode):
        raise PathError(f"{directory} is not a directory")
    if status.st_uid != uid or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PathError(f"directory {directory} has unsafe permissions")
    return directory


def _directory(environment: Mapping[str, str], places: tuple[str, ...], program: str) -> str:
    return f"{_temporary_directory(environment, places)}/{program}-{os.getuid()}"


def _temporary_directory(environment: Mapping[str, str], places: tuple[str, ...]) -> str:
    for variable in places:
        candidate = environment.get(variable, "")
        if candidate and os.path.exists(candidate):
            return os.path.realpath(candidate).rstrip("/")
    return os.path.realpath("/tmp")  # noqa: S108  # the directory inside it is checked


def home_directory(environment: Mapping[str, str]) -> str | None:
    """$HOME, else what the password database says; None where neither knows one."""
    home = environment.get("HOME", "")
    if home:
        return home
    import pwd  # noqa: PLC0415  # a built-in module that only this rare case needs

    try:
        return pwd.getpwuid(os.getuid()).pw_dir or None
    except KeyError:
        return None


def state_directory(environment: Mapping[str, str]) -> str | None:
    """`$XDG_STATE_HOME/aimux` or `~/.local/state/aimux`; None where there is no home.

    Nothing is made or looked at: see `make_state_directory`.
    """
    base = _xdg_base(environment, "XDG_STATE_HOME", ".local/state")
    return f"{base}/aimux" if base else None


def make_state_directory(environment: Mapping[str, str]) -> str:
    """The state directory, made with its parents when missing, closed (0700) to everybody else.

    Raises:
        PathError: There is no home, it cannot be made, or it is not ours. The server then works
            without a log, history and snapshots.
    """
    directory = state_directory(environment)
    if directory is None:
        raise PathError("no home directory for the state directory")
    try:
        os.makedirs(os.path.dirname(directory), exist_ok=True)
        if not os.path.isdir(directory):
            os.mkdir(directory, 0o700)
        status = os.stat(directory)
        if status.st_uid == os.geteuid() and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            os.chmod(directory, 0o700)
    except OSError as error:
        raise PathError(f"couldn't create directory {directory} ({error.strerror})") from error
    if status.st_uid != os.geteuid():
        raise PathError(f"directory {directory} has unsafe permissions")
    return directory


def config_search_list(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Every place of a configuration file, in the order of loading; later files win.

    As in tmux, all that exist are loaded, the system's first.
    """
    return tuple(dict.fromkeys(_config_candidates(environment)))


def config_files(environment: Mapping[str, str], *, as_tmux: bool = False) -> tuple[str, ...]:
    """The configuration files that exist, in the order of loading, no file twice.

    A server that is started by the name of tmux reads tmux's where there are none of aimux, which
    is what an import leaves behind.
    """
    found = _existing(config_search_list(environment))
    if not found and as_tmux:
        return _existing((TMUX_SYSTEM_CONFIGURATION, *tmux_config_files(environment)))
    return found


def _existing(paths: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for path in paths:
        if os.path.isfile(path):
            found.setdefault(os.path.realpath(path), path)
    return tuple(found.values())


def _config_candidates(environment: Mapping[str, str]) -> Iterator[str]:
    yield "/etc/aimux.conf"
    home = home_directory(environment)
    if home:
        yield f"{home}/.aimux.conf"
    for directory in _config_directories(environment, "aimux"):
        yield f"{directory}/aimux.conf"
    for directory in _config_directories(environment, "aimux"):
        yield f"{directory}/config.toml"


def config_directory(environment: Mapping[str, str]) -> str | None:
    """`$XDG_CONFIG_HOME/aimux` or `~/.config/aimux`; None where there is no home."""
    return next(_config_directories(environment, "aimux"), None)


def make_config_directory(environment: Mapping[str, str]) -> str:
    """The configuration's directory, made with its parents when missing.

    Raises:
        PathError: There is no home, or it cannot be made.
    """
    directory = config_directory(environment)
    if directory is None:
        raise PathError("no home directory for the configuration")
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
    except OSError as error:
        raise PathError(f"couldn't create directory {directory} ({error.strerror})") from error
    return directory


def tmux_config_files(environment: Mapping[str, str]) -> tuple[str, ...]:
    """This user's configuration files of tmux that exist, as tmux 3.3a looks for them."""
    home = home_directory(environment)
    candidates = [f"{home}/.tmux.conf"] if home else []
    candidates += [f"{path}/tmux.conf" for path in _config_directories(environment, "tmux")]
    return tuple(path for path in dict.fromkeys(candidates) if os.path.isfile(path))


def _config_directories(environment: Mapping[str, str], program: str) -> Iterator[str]:
    base = _xdg_base(environment, "XDG_CONFIG_HOME", ".config")
    if base:
        yield f"{base}/{program}"
    home = home_directory(environment)
    if home:
        yield f"{home}/.config/{program}"


def _xdg_base(environment: Mapping[str, str], variable: str, below_home: str) -> str | None:
    base = environment.get(variable, "")
    if base.startswith("/"):  # a relative one is invalid and ignored (XDG base directories, §2)
        return base.rstrip("/")
    home = home_directory(environment)
    return f"{home.rstrip('/')}/{below_home}" if home else None
