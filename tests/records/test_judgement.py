import numpy as np
import pytest

from lav_gui.records import Reason, TrackVerdict


def test_a_reason_fills_its_template() -> None:
    reason = Reason("gaps", "{count} of {total} frames show no face.", (("count", "3"), ("total", "40")))
    assert reason.text == "3 of 40 frames show no face."


def test_the_curves_of_a_track_have_one_length() -> None:
    three, two = np.zeros(3), np.zeros(2)
    with pytest.raises(ValueError, match="smoothed"):
        TrackVerdict(
            track_id=1,
            first_frame=0,
            last_frame=2,
            frame_count=3,
            track_logit=0.0,
            fake_prob=0.5,
            interval=(0.4, 0.6),
            frame_index=np.arange(3),
            seconds=three,
            curve=three,
            smoothed=two,
            low=three,
            high=three,
            segments=(),
            rgb=None,
            noise=None,
            interaction=None,
            strongest_frame=0,
        )
