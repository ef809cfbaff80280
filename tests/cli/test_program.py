import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from lav_gui.cli import build_parser, main


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "gray.png"
    Image.new("RGB", (320, 240), (90, 90, 90)).save(path)
    return path


def test_a_failure_is_one_line_on_stderr_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(tmp_path / "nothing.mp4")]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("lav: nothing.mp4 does not exist")
    assert written.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["analyze"], ["fly"], ["info", "--speed", "x.mp4"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_report_without_a_target_is_wrong_usage(tmp_path: Path) -> None:
    assert main(["report", str(tmp_path / "x.lav")]) == 2


@pytest.mark.parametrize("option", [["--sampling", "sometimes"], ["--contributions", "often"], ["--min-face", "2"]])
def test_a_choice_that_is_not_understood_is_told_before_any_work(
    picture: Path, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(picture), *option]) == 1
    assert capsys.readouterr().err.startswith("lav: ")


def test_a_missing_target_folder_is_told_before_any_work(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(picture), "--pdf", str(picture.parent / "no" / "x.pdf")]) == 1
    assert "does not exist" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "lav_gui", "models", "show", "lvnet.self_blend"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=60) == 1


def test_an_analysis_writes_its_documents_and_is_quiet_in_a_pipe(
    picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, document, table = (picture.parent / name for name in ("a.lav", "a.json", "a.csv"))
    arguments = ["analyze", str(picture), "--case", str(case), "--json", str(document), "--csv", str(table)]
    assert main([*arguments, "--device", "cpu"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "verdict: No verdict: out of scope" in printed.err
    written = json.loads(document.read_text())
    assert written["schema"] == "lav.analysis/1"
    assert written["verdict"]["state"] == "out_of_scope"
    assert written["verdict"]["fake_prob"] is None
    assert table.exists()
    assert main(["report", str(case), "--json", str(picture.parent / "b.json")]) == 0
    assert json.loads((picture.parent / "b.json").read_text())["frames"] == written["frames"]


def test_info_prints_facts_as_text_and_as_json(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(picture)]) == 0
    assert "frame_count_from_content     1" in capsys.readouterr().out
    assert main(["info", "--json", "--frames", str(picture)]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["width"], facts["height"], len(facts["frames"])) == (320, 240, 1)


def test_the_models_are_listed_and_shown_trained_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert ["UNTRAINED" in line for line in listed if "lvnet.self_blend" in line or "lvnet.untrained" in line] == [
        False,
        True,
    ]
    assert main(["models", "show", "default"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["name"], shown["trained"]) == ("lvnet.self_blend", True)
    assert main(["models", "show", "nothing"]) == 1


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.pth"
    path.write_bytes(b"no checkpoint")
    assert main(["models", "import", str(path)]) == 1
    assert "x.pth" in capsys.readouterr().err


def test_an_interrupted_command_ends_with_130(monkeypatch: pytest.MonkeyPatch, picture: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lav_gui.media.inspect.inspect_file", interrupted)
    assert main(["info", str(picture)]) == 130


def test_the_window_takes_a_path_and_a_word_to_start() -> None:
    options = build_parser().parse_args(["gui", "a.mp4", "--analyze"])
    assert (options.path, options.analyze) == (Path("a.mp4"), True)
