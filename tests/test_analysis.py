import math
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lav_gui.analysis import analyze_file
from lav_gui.errors import MediaError, ModelError, SettingsError
from lav_gui.media.reader import VideoReader
from lav_gui.records import AnalysisStarted, AnalysisSummary, FrameResult, frame_digest
from lav_gui.session.case import Case, RunState
from lav_gui.settings import AnalysisSettings, Sampling
from model_zoo.registry import default_weights

SETTINGS = AnalysisSettings(device="cpu", sampling=Sampling.parse("fps:2"), contributions_every=4, batch_size=4)


def _walk(video: Path, case: Path, settings: AnalysisSettings = SETTINGS) -> tuple[list[object], AnalysisSummary]:
    steps = []
    generator = analyze_file(video, case, settings)
    while True:
        try:
            steps.append(next(generator))
        except StopIteration as end:
            return steps, end.value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def whole(folder: Path) -> tuple[Path, list[object], AnalysisSummary]:
    """The demo analyzed in one go."""
    demo = Path(__file__).parents[1] / "resources" / "demo" / "swap_fake.mp4"
    steps, summary = _walk(demo, folder / "whole.lav")
    return folder / "whole.lav", steps, summary


def _results(steps: list[object]) -> list[FrameResult]:
    return [step for step in steps if isinstance(step, FrameResult)]


def test_each_planned_frame_gets_a_result_in_order(whole: tuple[Path, list[object], AnalysisSummary]) -> None:
    _, steps, summary = whole
    started = next(step for step in steps if isinstance(step, AnalysisStarted))
    assert [result.index for result in _results(steps)] == started.planned.tolist()
    assert summary.frames_done == len(started.planned) == 10
    assert started.settings.sampling == SETTINGS.sampling


def test_both_people_are_followed_through_the_demo(whole: tuple[Path, list[object], AnalysisSummary]) -> None:
    side = math.ceil(default_weights().input_size / 16)
    for result in _results(whole[1]):
        left, right = sorted(result.faces, key=lambda face: face.box_xyxy[0])
        assert (left.track_id, right.track_id) == (1, 2)
        assert left.heatmap.shape == (side, side)


def test_contributions_are_measured_on_their_stride(whole: tuple[Path, list[object], AnalysisSummary]) -> None:
    measured = [result.faces[0].contributions is not None for result in _results(whole[1])]
    assert measured == [ordinal % 4 == 0 for ordinal in range(10)]


def test_the_digest_is_that_of_the_frame_the_reader_gives(
    whole: tuple[Path, list[object], AnalysisSummary], demo_clip: Path
) -> None:
    with VideoReader(demo_clip) as reader:
        for result in _results(whole[1])[::4]:
            assert result.digest == frame_digest(reader.frame(result.index).image)


def test_the_case_holds_what_was_yielded(whole: tuple[Path, list[object], AnalysisSummary]) -> None:
    path, steps, summary = whole
    with Case.open(path, read_only=True) as case:
        assert case.run(summary.run_id).state is RunState.FINISHED
        for stored, result in zip(case.results(summary.run_id), _results(steps), strict=True):
            assert stored.digest == result.digest
            assert [face.logit for face in stored.faces] == [face.logit for face in result.faces]


@pytest.mark.parametrize("stop_after", [3, 6])
def test_a_run_that_was_stopped_goes_on_to_the_same_numbers(
    whole: tuple[Path, list[object], AnalysisSummary], folder: Path, demo_clip: Path, stop_after: int
) -> None:
    path = folder / f"stopped{stop_after}.lav"
    with closing(analyze_file(demo_clip, path, SETTINGS)) as steps:
        first = []
        while len(first) < stop_after:
            step = next(steps)
            first += [step] * isinstance(step, FrameResult)
    with Case.open(path, read_only=True) as case:
        assert [run.state for run in case.runs()] == [RunState.CANCELLED]
    rest, _ = _walk(demo_clip, path)
    started = next(step for step in rest if isinstance(step, AnalysisStarted))
    assert started.done == stop_after
    for again, result in zip([*first, *_results(rest)], _results(whole[1]), strict=True):
        assert again.index == result.index
        for face, expected in zip(again.faces, result.faces, strict=True):
            assert (face.track_id, face.box_xyxy, face.logit) == (expected.track_id, expected.box_xyxy, expected.logit)
            assert np.array_equal(face.heatmap, expected.heatmap)
            assert face.contributions == expected.contributions


def test_a_finished_run_is_not_done_again_but_other_settings_add_one(
    whole: tuple[Path, list[object], AnalysisSummary], demo_clip: Path
) -> None:
    other = AnalysisSettings(device="cpu", sampling=Sampling.parse("fps:1"), to_seconds=0.5, contributions_every=0)
    _, summary = _walk(demo_clip, whole[0], other)
    assert summary.run_id != whole[2].run_id


def test_a_picture_without_a_face_is_analyzed_and_has_none(tmp_path: Path) -> None:
    picture = tmp_path / "灰.png"
    Image.new("RGB", (320, 240), (90, 90, 90)).save(picture)
    steps, _ = _walk(picture, tmp_path / "gray.lav")
    assert [result.faces for result in _results(steps)] == [()]


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"model": "lvnet.nothing"}, ModelError),
        ({"device": "cuda:99"}, ModelError),
        ({"from_seconds": 99.0}, SettingsError),
    ],
)
def test_a_wrong_choice_is_one_sentence(
    demo_clip: Path, tmp_path: Path, change: dict[str, object], failure: type[Exception]
) -> None:
    with pytest.raises(failure) as caught:
        _walk(demo_clip, tmp_path / "x.lav", AnalysisSettings.from_dict(SETTINGS.to_dict() | change))
    assert str(caught.value).endswith(".")


def test_a_file_that_is_no_video_leaves_no_case(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("this is no video")
    with pytest.raises(MediaError, match="text"):
        _walk(text, tmp_path / "x.lav")
    assert not (tmp_path / "x.lav").exists()
