"""The rules of the house that no linter knows: sizes, names, mirrors, doors."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lav_gui", "model_zoo")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOP_LEVEL = {"README.md", "pyproject.toml", "lav_gui", "resources", "model_zoo", "tests", "packaging"}
BANNED_NAMES = {"utils", "helpers", "common", "misc", "tools", "util", "helper"}

# files without logic of their own, or tested where they are used
WITHOUT_MIRROR = {
    "lav_gui/__main__.py": "started by tests/end_to_end",
    "lav_gui/errors.py": "a tree of names",
    "model_zoo/errors.py": "one name",
}


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_top_level_is_what_the_user_fixed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = {line.split("/")[0] for line in tracked.splitlines()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_is_too_long() -> None:
    limits = [(path, 400) for path in SOURCES] + [(path, 600) for path in TESTS]
    too_long = [
        f"{path.relative_to(ROOT)}: {n}"
        for path, limit in limits
        if (n := len(path.read_text("utf-8").splitlines())) > limit
    ]
    assert not too_long


def test_no_function_or_class_is_too_long() -> None:
    too_long = []
    lengths = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        for function in _functions(tree):
            lengths.append(_lines(function))
            if _lines(function) > 60:
                too_long.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {_lines(function)}")
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        too_long += [f"{path.name}:{node.name}: {_lines(node)}" for node in classes if _lines(node) > 300]
    assert not too_long
    assert sorted(lengths)[int(len(lengths) * 0.9)] <= 30, "nine of ten functions fit on a screen"


def test_no_file_bears_a_name_that_says_nothing() -> None:
    assert not [path for path in SOURCES if path.stem in BANNED_NAMES]


def test_each_file_with_logic_has_its_test() -> None:
    missing = []
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        has_logic = bool(_functions(ast.parse(path.read_text("utf-8"))))
        if path.stem == "__init__" or not has_logic or name in WITHOUT_MIRROR:
            continue
        inner = path.relative_to(ROOT / "lav_gui") if name.startswith("lav_gui/") else path.relative_to(ROOT)
        if not (ROOT / "tests" / inner.parent / f"test_{inner.name}").exists():
            missing.append(name)
    assert not missing


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bTODO\b",
        r"\bFIXME\b",
        r"processEvents\(",
        r"strict=False",
        r"shell=True",
        r"pickle\.loads?\(",
        r"^\s*except\s*:",
    ],
)
def test_no_source_holds_what_the_house_forbids(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found


def test_a_torch_file_is_only_read_as_weights() -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "torch.load(" in line and "weights_only=True" not in line
    ]
    assert not calls


def _run_blocked(blocked: str, code: str) -> None:
    guard = (
        "import sys\n"
        "class Guard:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] in {blocked.split()!r}:\n"
        "            raise ImportError(name + ' is blocked')\n"
        "sys.meta_path.insert(0, Guard())\n"
    )
    result = subprocess.run([sys.executable, "-c", guard + code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_every_room_but_the_window_lives_without_qt() -> None:
    modules = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for path in SOURCES
        if not path.relative_to(ROOT).as_posix().startswith(("lav_gui/ui", "lav_gui/app", "lav_gui/__main__"))
    ]
    _run_blocked(
        "PySide6 pyqtgraph", f"import importlib\nfor name in {modules!r}:\n    importlib.import_module(name)\n"
    )


def test_the_windows_rooms_live_without_torch() -> None:
    modules = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for path in SOURCES
        if path.relative_to(ROOT)
        .as_posix()
        .startswith(("lav_gui/ui", "lav_gui/app", "lav_gui/cli", "lav_gui/reporting"))
    ]
    _run_blocked(
        "torch torchvision facenet_pytorch",
        f"import importlib\nfor name in {modules!r}:\n    importlib.import_module(name)\n",
    )


def test_opencv_brings_no_second_qt() -> None:
    import cv2

    assert not (Path(cv2.__file__).parent / "qt").exists()
