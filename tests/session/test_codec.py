"""Records come back from text and bytes exactly."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lav_gui.records import Evidence, Software
from lav_gui.session import codec
from lav_gui.settings import AnalysisSettings, Sampling, SamplingMode
from model_zoo.weights_record import Weights

_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_values = st.recursive(_scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(_values)
def test_canonical_json_comes_back_and_has_one_spelling(value: object) -> None:
    text = codec.canonical_json(value)
    assert codec.parse_json(text) == value
    assert codec.canonical_json(codec.parse_json(text)) == text
    assert text.isascii()


def test_canonical_json_sorts_keys_and_leaves_no_spaces() -> None:
    assert codec.canonical_json({"b": (1, 2.5), "a": None}) == '{"a":null,"b":[1,2.5]}'


def test_nan_and_infinity_are_valid_json_and_come_back() -> None:
    text = codec.canonical_json([float("nan"), float("-inf"), -0.0])
    nan, infinity, zero = codec.parse_json(text)
    json.loads(text, parse_constant=pytest.fail)
    assert np.isnan(nan)
    assert infinity == float("-inf")
    assert np.signbit(zero)


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError):
        codec.canonical_json({"path": Path("clip.mp4")})


@given(st.data())
def test_an_evidence_record_comes_back(
    media_infos: st.SearchStrategy, make_evidence: Callable[..., Evidence], data: st.DataObject
) -> None:
    evidence = replace(make_evidence(Path("/видео/клип 1.mp4")), media=data.draw(media_infos))
    assert codec.evidence_from_text(codec.evidence_to_text(evidence)) == evidence


def test_a_file_name_that_is_not_unicode_comes_back(make_evidence: Callable[..., Evidence]) -> None:
    evidence = make_evidence(Path("/data/\udcff\udce9.mp4"))
    assert codec.evidence_from_text(codec.evidence_to_text(evidence)) == evidence


@given(st.data())
def test_settings_come_back(all_settings: st.SearchStrategy, data: st.DataObject) -> None:
    settings = data.draw(all_settings)
    assert codec.settings_from_text(codec.settings_to_text(settings)) == settings


def test_a_sampling_of_many_digits_comes_back() -> None:
    settings = AnalysisSettings(sampling=Sampling(SamplingMode.FPS, 29.97002997))
    assert codec.settings_from_text(codec.settings_to_text(settings)) == settings


@given(st.data())
def test_a_software_record_comes_back(softwares: st.SearchStrategy, data: st.DataObject) -> None:
    software: Software = data.draw(softwares)
    assert codec.software_from_text(codec.software_to_text(software)) == software


def test_a_weights_record_comes_back(weights: Weights) -> None:
    assert codec.weights_from_text(codec.weights_to_text(weights)) == weights
    bare = replace(weights, calibration=None, envelope=None, inconclusive=None, operating_points=(), files=())
    assert codec.weights_from_text(codec.weights_to_text(bare)) == bare


@given(st.sets(st.integers(0, 2**63 - 1)).map(sorted))
def test_planned_frames_come_back(indices: list[int]) -> None:
    planned = np.array(indices, dtype=np.int64)
    found = codec.planned_from_bytes(codec.planned_to_bytes(planned))
    assert found.dtype == np.int64
    assert np.array_equal(found, planned)


def test_an_hour_of_planned_frames_takes_under_two_kilobytes() -> None:
    assert len(codec.planned_to_bytes(np.arange(0, 108_000, dtype=np.int64))) < 2048


@given(st.integers(0, 24).flatmap(lambda grid: npst.arrays(np.uint16, (grid, grid))))
def test_a_heatmap_comes_back_bit_for_bit(bits: np.ndarray) -> None:
    found = codec.heatmap_from_bytes(codec.heatmap_to_bytes(bits.view(np.float16)), len(bits))
    assert found.dtype == np.float16
    assert np.array_equal(found.view(np.uint16), bits)


@pytest.mark.parametrize("grid", [-1, 18, 20, 5000])
def test_a_heatmap_of_another_size_is_refused(grid: int) -> None:
    data = codec.heatmap_to_bytes(np.zeros((19, 19), dtype=np.float16))
    with pytest.raises(ValueError, match="damaged"):
        codec.heatmap_from_bytes(data, grid)


def test_damaged_bytes_are_refused() -> None:
    data = codec.planned_to_bytes(np.arange(5, dtype=np.int64))
    for broken in (data[:-3], b"\xff" * 8 + data[8:], data[:8] + b"no deflate"):
        with pytest.raises(ValueError, match="damaged"):
            codec.planned_from_bytes(broken)


def test_the_time_is_utc_iso() -> None:
    assert codec.utc_text().endswith("+00:00")
