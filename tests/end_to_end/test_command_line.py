"""The demo through `lav`, as a user types it: a real process, real files, real signals."""

import csv
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from lav_gui.session.case import Case
from model_zoo.registry import DEFAULT_NAME

ROOT = Path(__file__).resolve().parents[2]
LAV = [sys.executable, "-m", "lav_gui"]
FAST = ["--device", "cpu", "--sampling", "fps:1", "--contributions", "every:4"]


def _lav(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*LAV, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo under a Chinese name, its case and its documents."""
    folder = tmp_path_factory.mktemp("demo")
    video = folder / "李小龙 demo.mp4"
    shutil.copy(ROOT / "resources" / "demo" / "swap_fake.mp4", video)
    targets = [item for kind in ("json", "csv", "pdf") for item in (f"--{kind}", folder / f"demo.{kind}")]
    result = _lav("analyze", video, "--case", folder / "demo.lav", *FAST, "--heatmaps", *targets)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return folder


def test_one_command_leaves_one_case_file_and_the_documents(analyzed: Path) -> None:
    names = {path.name for path in analyzed.iterdir()}
    assert names == {"李小龙 demo.mp4", "demo.lav", "demo.json", "demo.csv", "demo.pdf"}


def test_the_json_is_what_its_schema_says(analyzed: Path) -> None:
    document = json.loads((analyzed / "demo.json").read_text("utf-8"))
    schema = json.loads((ROOT / "resources" / "schema" / "lav.analysis-1.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    model = document["model"]
    assert (model["name"], model["trained"]) == (DEFAULT_NAME, True)
    assert [frame["index"] for frame in document["frames"]] == [0, 12, 24, 36, 48]
    assert {track["track_id"] for track in document["tracks"]} == {1, 2}
    side = math.ceil(model["input_size"] / 16)
    assert all(len(face["heatmap"]) == side for frame in document["frames"] for face in frame["faces"])


def test_contributions_add_up_in_the_json(analyzed: Path) -> None:
    document = json.loads((analyzed / "demo.json").read_text("utf-8"))
    faces = [face for frame in document["frames"] for face in frame["faces"] if face.get("contributions")]
    assert len(faces) == 4
    for face in faces:
        parts = face["contributions"]
        assert parts["rgb"] + parts["noise"] + parts["baseline"] == pytest.approx(face["logit"], abs=1e-4)


def test_the_csv_has_a_row_for_each_face(analyzed: Path) -> None:
    with (analyzed / "demo.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    assert len(rows) == 10


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_the_pdf_says_what_was_examined_and_with_which_weights(analyzed: Path) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", str(analyzed / "demo.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    document = json.loads((analyzed / "demo.json").read_text("utf-8"))
    hashes = (document["evidence"]["sha256"][:32], document["model"]["weights_sha256"][:32])
    for expected in ("李小龙 demo.mp4", DEFAULT_NAME, "END OF REPORT", *hashes):
        assert expected in text
    assert "UNTRAINED" not in text
    assert "is fake" not in text


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupted_command_keeps_what_is_done_and_goes_on(tmp_path: Path, demo_clip: Path) -> None:
    case = tmp_path / "cut.lav"
    command = [*LAV, "analyze", str(demo_clip), "--case", str(case), "--device", "cpu", "--sampling", "every:4"]
    child = subprocess.Popen(
        [*command, "--contributions", "0"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,  # noqa: PLW1509  this process has no threads that hold locks
    )
    deadline = time.monotonic() + 240
    while not (done := _done(case)) and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    assert done, "no frame was finished in time"
    child.send_signal(signal.SIGINT)
    _, written = child.communicate(timeout=120)
    assert child.returncode == 130, written
    assert "Traceback" not in written
    assert [path.name for path in tmp_path.iterdir()] == ["cut.lav"]
    kept = _done(case)
    assert 0 < kept < 14
    rest = subprocess.run([*command, "--contributions", "0"], cwd=ROOT, capture_output=True, check=False)
    assert rest.returncode == 0
    assert _done(case) == 14


def _heed_ctrl_c() -> None:
    """A shell that runs the tests in the background has its children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _done(case: Path) -> int:
    if not case.exists() or case.stat().st_size == 0:
        return 0
    with Case.open(case, read_only=True) as opened:
        return sum(len(opened.done_indices(run.run_id)) for run in opened.runs())


def test_the_evidence_is_not_touched(analyzed: Path) -> None:
    original = ROOT / "resources" / "demo" / "swap_fake.mp4"
    assert (analyzed / "李小龙 demo.mp4").read_bytes() == original.read_bytes()


def test_errors_are_one_line_without_a_traceback(tmp_path: Path) -> None:
    bad = tmp_path / "bad.lav"
    bad.write_text("no case")
    result = _lav("report", bad, "--pdf", tmp_path / "x.pdf")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "bad.lav" in result.stderr
