"""Every error that aimux raises on purpose, in one tree.

AimuxError
├── CommandError          a command failed; its text is what tmux prints
│   ├── ParseError        a command line or a configuration file cannot be read
│   ├── OptionError       an option's name or value is refused
│   ├── LayoutError       a layout cannot be made or read
│   └── KeyNameError      a key's name is unknown
├── ApiError              a verb of aimux.api failed; its kinds are in aimux.api.errors
├── PathError             a socket or a directory is missing, unsafe or too long
├── LinkError             the server cannot be reached or started
├── OpeningError          a link of a pane cannot be opened
├── ProtocolError         a peer sent what the protocol does not allow
├── SpawnError            a program could not be started on a PTY
├── StoreError            the database could not take or give something
└── FleetError            the bus between hosts cannot be reached, or refuses
    └── ConflictError     somebody else was faster
"""


class AimuxError(Exception):
    """The root of the tree: whoever catches it catches nothing that is a bug."""


class CommandError(AimuxError):
    """A command failed. Its text is tmux's: lower case, no full stop, the argument in it."""


class ParseError(CommandError):
    """A command line or a configuration file cannot be read."""


class OptionError(CommandError):
    """An option's name or value is refused."""


class LayoutError(CommandError):
    """A layout cannot be made or read."""


class KeyNameError(CommandError):
    """A key's name is unknown."""


class ApiError(AimuxError):
    """A verb of `aimux.api` failed; its text is the server's.

    Attributes:
        code: What kind of failure it is, as one word; each kind is a class with its own.
        status: The exit status of the command behind the verb; 1 if there was none.
    """

    code = "failed"

    def __init__(self, text: str, *, status: int = 1) -> None:
        super().__init__(text)
        self.status = status


class PathError(AimuxError):
    """A socket or a directory is missing, unsafe or too long."""


class LinkError(AimuxError):
    """The server cannot be reached or started."""


class OpeningError(AimuxError):
    """A link of a pane cannot be opened."""


class ProtocolError(AimuxError):
    """A peer sent what the protocol does not allow."""


class SpawnError(AimuxError):
    """A program could not be started on a PTY."""


class StoreError(AimuxError):
    """The database could not take or give something; its text says why."""


class FleetError(AimuxError):
    """The bus between hosts cannot be reached, or refuses; its text says why."""


class ConflictError(FleetError):
    """What was to be replaced is not there any more: somebody else was faster."""
