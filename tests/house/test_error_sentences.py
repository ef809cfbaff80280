"""Every failure that the window can show is one sentence that says what is wrong, and then what to do."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("media", "faces", "engine", "verdict", "session", "report", "ui")
ERRORS = {
    "LavError", "MediaError", "FrameGap", "FaceError", "ModelError", "SettingsError", "SessionError", "ReportError",
    "WorkerError", "UnforeseenError", "WeightsError",
}  # fmt: skip

# what is wrong inside a foreign file of weights: the command that imports it says what to do
WITHOUT_ADVICE = {"model_zoo/checkpoints.py", "model_zoo/quantization.py", "model_zoo/storage.py"}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence that is the first argument of a failure; values stand as {}."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
            text = text_of(node.args[0])
            if " " in text:
                yield node.lineno, text


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(text_of, node.values))
    if isinstance(node, ast.BinOp):
        return text_of(node.left) + text_of(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
        return text_of(node.args[0])
    return "{}"


def test_every_failure_says_what_to_do() -> None:
    lav, zoo = ROOT / "lav_gui", ROOT / "model_zoo"
    paths = [path for room in ROOMS for path in (lav / room).rglob("*.py")] + [*lav.glob("*.py"), *zoo.glob("*.py")]
    found = {(path.relative_to(ROOT).as_posix(), *each) for path in paths for each in sentences(path)}
    assert len(found) > 80
    assert not sorted(
        (name, line, text)
        for name, line, text in found
        if name not in WITHOUT_ADVICE and not (";" in text or text.endswith("?"))
    )
    assert not sorted((name, line, text) for name, line, text in found if text[-1] not in ".?}")
