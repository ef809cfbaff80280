from dataclasses import replace

import numpy as np
import pytest

from lav_gui.records import EnvelopeStatus
from lav_gui.verdict.envelope import UNKNOWN, first_outside, track_checks, video_checks

INSIDE, OUTSIDE, UNTESTED = EnvelopeStatus.INSIDE, EnvelopeStatus.OUTSIDE, EnvelopeStatus.UNTESTED


def test_a_face_is_measured_by_the_medians_over_its_frames(make_series, weights) -> None:
    series = make_series([0.0] * 3, face_px=np.array([30.0, 80.0, 900.0]), sharpness=np.array([1.0, 2.0, 9000.0]))
    size, sharpness = track_checks(series, weights.envelope)
    assert (size.name, size.unit, size.value, size.low, size.high) == ("face_px", "px", 80.0, 60.0, 500.0)
    assert size.status is INSIDE
    assert (sharpness.value, sharpness.status) == (2.0, OUTSIDE)
    assert first_outside([size, sharpness]) is sharpness
    assert first_outside([size]) is None


@pytest.mark.parametrize(("px", "status"), [(59.9, OUTSIDE), (60.0, INSIDE), (500.0, INSIDE), (500.1, OUTSIDE)])
def test_both_ends_of_the_tested_range_are_inside(make_series, weights, px: float, status: EnvelopeStatus) -> None:
    series = make_series([0.0] * 3, face_px=np.full(3, px))
    assert track_checks(series, weights.envelope)[0].status is status


def test_the_file_is_checked_for_bits_per_pixel_and_codec(media, weights) -> None:
    bits, codec = video_checks(media, weights.envelope)
    assert bits.value == pytest.approx(1_000_000 * 10 / (640 * 360 * 300))
    assert (bits.status, codec.value, codec.status) == (INSIDE, "h264", INSIDE)
    other = video_checks(replace(media, codec="mpeg2video"), weights.envelope)[1]
    assert other.status is OUTSIDE


def test_a_value_that_the_file_does_not_tell_is_untested(media, weights) -> None:
    bits = video_checks(replace(media, bit_rate=None), weights.envelope)[0]
    assert (bits.value, bits.status) == (UNKNOWN, UNTESTED)


def test_without_an_envelope_everything_is_untested_but_still_measured(make_series, media) -> None:
    checks = track_checks(make_series([0.0] * 3), None) + video_checks(media, None)
    assert {check.status for check in checks} == {UNTESTED}
    assert checks[0].value == 120.0
