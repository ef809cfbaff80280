import shlex
from collections.abc import Callable
from dataclasses import replace

from lav_gui.cli import build_parser
from lav_gui.records import Evidence
from lav_gui.report.blocks import Facts, Table
from lav_gui.report.record import Report
from lav_gui.report.reproduce import command, reproduction, settings_lines
from lav_gui.settings import AnalysisSettings, Sampling


def test_the_command_is_understood_by_the_program_and_asks_for_the_same(
    report: Report, make_evidence: Callable[[str], Evidence]
) -> None:
    settings = AnalysisSettings(
        device="cpu", sampling=Sampling.parse("fps:2.5"), min_face_px=60, contributions_every=0, from_seconds=1.25
    )
    odd = replace(report, settings=settings, evidence=make_evidence('it\'s a #1 $HOME "李".mp4'))
    options = build_parser().parse_args(shlex.split(command(odd))[1:])

    assert options.video.name == 'it\'s a #1 $HOME "李".mp4'
    assert options.model == "lvnet.self_blend"
    assert (options.device, options.sampling, options.min_face, options.from_seconds) == ("cpu", "fps:2.5", 60, 1.25)
    assert (options.contributions, options.to_seconds, options.color) == ("0", None, "auto")


def test_what_the_command_line_cannot_say_goes_into_the_settings_file() -> None:
    settings = AnalysisSettings(crop_margin=1.5, smoothing_seconds=0.5, min_face_px=99)
    assert settings_lines(settings) == ("crop_margin = 1.5", "smoothing_seconds = 0.5")
    assert settings_lines(AnalysisSettings()) == ()


def test_settings_beyond_the_command_line_are_printed(report: Report) -> None:
    other = replace(report, settings=replace(report.settings, crop_margin=1.5))
    facts = [fact for block in reproduction(other).blocks if isinstance(block, Facts) for fact in block.rows]
    assert facts[-1].value == "crop_margin = 1.5"


def test_attached_files_are_listed_with_their_digests(report: Report) -> None:
    table = next(block for block in reproduction(report).blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["result.json", "frames.csv"]
    assert [row[3] for row in table.rows] == [file.sha256 for file in report.attachments]
