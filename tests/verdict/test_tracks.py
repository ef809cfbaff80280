import numpy as np
import pytest

from lav_gui.steps import run_to_end
from lav_gui.verdict.tracks import track_steps


def test_a_track_is_told_from_its_columns(make_series, weights) -> None:
    logits = np.concatenate([np.full(60, -3.0), np.full(60, 3.0)])
    rgb = np.full(120, np.nan)
    rgb[::4] = 1.0
    rgb[4] = 4.0
    verdict = run_to_end(track_steps(make_series(logits, 2, first=30, rgb=rgb), weights, 0.6, 1.0))
    assert (verdict.track_id, verdict.first_frame, verdict.last_frame, verdict.frame_count) == (2, 30, 149, 120)
    assert verdict.track_logit == 0.0
    assert verdict.fake_prob == 0.5
    assert verdict.interval[0] < 0.5 < verdict.interval[1]
    assert [(s.first_frame, s.last_frame) for s in verdict.segments] == [(90, 149)]
    assert 90 <= verdict.strongest_frame <= 149
    assert verdict.rgb == pytest.approx(1.1)
    assert verdict.noise is None
    assert verdict.interaction is None


def test_one_frame_has_the_whole_scale_as_its_interval(make_series, weights) -> None:
    verdict = run_to_end(track_steps(make_series([2.0]), weights, 0.6, 1.0))
    assert verdict.interval == (0.0, 1.0)
    assert verdict.fake_prob == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_the_interval_contains_the_probability(make_series, weights) -> None:
    rng = np.random.default_rng(5)
    for count in (2, 3, 7, 200):
        verdict = run_to_end(track_steps(make_series(rng.normal(size=count) * 3), weights, 0.6, 1.0))
        assert 0 <= verdict.interval[0] <= verdict.fake_prob <= verdict.interval[1] <= 1
