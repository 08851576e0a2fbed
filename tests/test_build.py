"""The optional compiled build; see docs/performance.md."""

import importlib.util
import pathlib
from types import ModuleType

import pytest

ROOT = pathlib.Path(__file__).parents[1]
pytest.importorskip("hatchling")


@pytest.fixture(name="hook")
def hook_module() -> ModuleType:
    path = ROOT / "hatch_build.py"
    if not path.exists():
        pytest.skip("not a source tree")
    spec = importlib.util.spec_from_file_location("hatch_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Application:
    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


def new_hook(module: ModuleType, application: Application):
    return module.CompileHook(str(ROOT), {}, None, None, str(ROOT), "wheel", application)


def test_nothing_is_compiled_unless_it_is_asked_for(hook, monkeypatch) -> None:
    monkeypatch.delenv("AIMUX_COMPILE", raising=False)
    build_data = {"pure_python": True, "force_include": {}}
    asked = new_hook(hook, Application())
    assert asked.dependencies() == []
    asked.initialize("standard", build_data)
    assert build_data == {"pure_python": True, "force_include": {}}


def test_without_a_compiler_the_wheel_is_plain_and_the_build_says_so(hook, monkeypatch) -> None:
    def fail(*_arguments: object) -> None:
        raise hook.CannotCompileError("no cc here")

    monkeypatch.setenv("AIMUX_COMPILE", "1")
    monkeypatch.setattr(hook, "compile_modules", fail)
    application = Application()
    build_data = {"pure_python": True, "force_include": {}}
    asked = new_hook(hook, application)
    assert "setuptools" in asked.dependencies()
    asked.initialize("standard", build_data)
    asked.finalize("standard", build_data, "")
    assert application.warnings == ["aimux is built as plain Python: no cc here"]
    assert build_data == {"pure_python": True, "force_include": {}}


def test_an_editable_install_is_never_compiled(hook, monkeypatch) -> None:
    monkeypatch.setenv("AIMUX_COMPILE", "1")
    build_data = {"pure_python": True, "force_include": {}}
    new_hook(hook, Application()).initialize("editable", build_data)
    assert build_data["pure_python"]
