from dataclasses import replace

import numpy as np

from lav_gui.records import FrameResult, TrackSeries
from lav_gui.report.record import Report
from lav_gui.report.relabel import relabeled


def _ids(results: list[FrameResult]) -> list[tuple[int, ...]]:
    return [tuple(face.track_id for face in result.faces) for result in results]


def _part(series: TrackSeries, rows: slice, track_id: int) -> TrackSeries:
    names = ("frame_index", "seconds", "logit", "face_px", "sharpness", "rgb", "noise", "interaction")
    return replace(series, track_id=track_id, **{name: np.array(getattr(series, name)[rows]) for name in names})


def test_without_edits_nothing_changes(report: Report, results: list[FrameResult]) -> None:
    assert list(relabeled(results, report.series)) == results


def test_a_split_track_changes_its_number_from_the_cut_on(report: Report, results: list[FrameResult]) -> None:
    first, second = report.series
    split = (_part(first, slice(0, 10), 1), second, _part(first, slice(10, None), 3))
    assert _ids(list(relabeled(results, split))) == [(1, 2)] * 10 + [(3, 2)] * 30 + [()]


def test_a_face_that_was_left_out_keeps_its_number(report: Report, results: list[FrameResult]) -> None:
    assert _ids(list(relabeled(results, report.series[1:])))[0] == (1, 2)


def test_measurements_stay_as_they_are(report: Report, results: list[FrameResult]) -> None:
    moved = (replace(report.series[0], track_id=9), report.series[1])
    for before, after in zip(results, relabeled(results, moved), strict=True):
        assert (before.index, before.digest) == (after.index, after.digest)
        for old, new in zip(before.faces, after.faces, strict=True):
            assert new.track_id == (9 if old.track_id == 1 else 2)
            assert (old.logit, old.box_xyxy) == (new.logit, new.box_xyxy)
            assert new.heatmap is not None
