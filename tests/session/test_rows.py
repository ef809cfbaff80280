"""A frame result comes back from its rows exactly: floats bit for bit, NaN as NaN, faces in their order."""

import struct
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lav_gui.records import FaceResult, FrameResult
from lav_gui.session import Case, RunState
from lav_gui.settings import AnalysisSettings


def _bits(value: object) -> object:
    """A value in a form in which equal means the same bits (but all NaN are one)."""
    if isinstance(value, float):
        return "nan" if value != value else struct.pack("<d", value)
    if isinstance(value, np.ndarray):
        return value.shape, [_bits(x) for x in value.ravel().tolist()] if value.dtype == np.float64 else value.tobytes()
    if isinstance(value, tuple):
        return [_bits(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _bits(getattr(value, field.name)) for field in fields(value)}
    return value


@pytest.fixture(scope="module")
def long_case(tmp_path_factory: pytest.TempPathFactory, make_evidence, weights, software) -> Iterator[tuple]:
    with Case.open(tmp_path_factory.mktemp("rows") / "case.lav", create=True) as case:
        evidence_id = case.add_evidence(make_evidence(Path("/v/clip.mp4")))
        yield case, (evidence_id, AnalysisSettings(), weights, software)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_result_comes_back_exactly(long_case: tuple, frame_results: st.SearchStrategy, data: st.DataObject) -> None:
    case, facts = long_case
    frames: list[FrameResult] = data.draw(frame_results)
    run = case.start_run(*facts, np.array([frame.index for frame in frames], dtype=np.int64))
    for frame in frames:
        case.append(run.run_id, frame)
    assert [_bits(frame) for frame in case.results(run.run_id)] == [_bits(frame) for frame in frames]
    for series in case.series(run.run_id):
        faces = [(f, face) for f in frames for face in f.faces if face.track_id == series.track_id]
        assert series.frame_index.tolist() == [frame.index for frame, _ in faces]
        assert _bits(series.seconds) == _bits(np.array([frame.seconds for frame, _ in faces]))
        assert _bits(series.logit) == _bits(np.array([face.logit for _, face in faces]))
        shares = [float("nan") if face.contributions is None else face.contributions.noise for _, face in faces]
        assert _bits(series.noise) == _bits(np.array(shares))
    case.finish_run(run.run_id, RunState.FINISHED)


def test_numbers_of_numpy_are_taken_as_well(case: Case, run, make_frame) -> None:
    plain = make_frame(3)
    face: FaceResult = replace(plain.faces[0], logit=np.float32(0.1), track_id=np.int64(7))
    case.append(run.run_id, replace(plain, index=np.int64(3), faces=(face,)))
    found = case.frame_result(run.run_id, 3)
    assert found.faces[0].logit == float(np.float32(0.1))
    assert found.faces[0].track_id == 7


def test_a_frame_without_faces_is_a_result(case: Case, run, make_frame) -> None:
    case.append(run.run_id, make_frame(0, tracks=()))
    assert case.frame_result(run.run_id, 0).faces == ()
