"""`aimux` with the stand-in server and client beside this file: python command.py WORDS."""

import sys
from types import ModuleType

from aimux.cli import main


def install() -> None:
    """Let `aimux.server.main` and `aimux.client.main` be the stand-ins, once they are wanted."""
    for name in ("server", "client"):
        package = ModuleType(f"aimux.{name}")
        package.__path__ = []
        sys.modules[f"aimux.{name}"] = package
        file = f"{sys.path[0]}/{name}.py"
        sys.meta_path.insert(0, StandInFinder(f"aimux.{name}.main", file))


class StandInFinder:
    def __init__(self, wanted: str, file: str) -> None:
        self._wanted = wanted
        self._file = file

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name != self._wanted:
            return None
        import importlib.util  # noqa: PLC0415  # not in the way of the measured start

        return importlib.util.spec_from_file_location(name, self._file)


if __name__ == "__main__":
    install()
    sys.exit(main())
