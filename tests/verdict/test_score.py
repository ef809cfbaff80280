import numpy as np
import pytest

from lav_gui.verdict.score import is_long_enough, track_logit, video_logit, video_track


def test_a_track_scores_the_mean_of_its_logits(make_series) -> None:
    assert track_logit(make_series([1.0, 2.0, 6.0])) == 3.0


def test_a_video_scores_its_highest_track(make_series) -> None:
    low, high = make_series([-2.0] * 5, 1), make_series([0.5] * 5, 2)
    assert video_track([low, high]) is high
    assert video_logit([high, low]) == 0.5


def test_a_track_of_a_frame_or_two_does_not_stand_for_the_video(make_series) -> None:
    long, flash = make_series([-2.0] * 5, 1), make_series([9.0] * 2, 2)
    assert not is_long_enough(flash)
    assert video_track([long, flash]) is long


def test_where_all_tracks_are_short_the_highest_of_them_counts(make_series) -> None:
    one, other = make_series([1.0], 1), make_series([2.0], 2)
    assert video_track([one, other]) is other


def test_of_equal_tracks_the_first_counts_in_any_order(make_series) -> None:
    one, other = make_series([1.0] * 4, 1), make_series([1.0] * 4, 2)
    assert video_track([other, one]) is video_track([one, other]) is one


def test_a_video_without_a_face_has_no_score() -> None:
    assert video_track([]) is None
    assert video_logit([]) is None


def test_the_order_of_tracks_does_not_matter(make_series) -> None:
    rng = np.random.default_rng(0)
    tracks = [make_series(rng.normal(size=5), track_id) for track_id in range(1, 9)]
    expected = video_logit(tracks)
    assert all(video_logit([tracks[i] for i in rng.permutation(8)]) == expected for _ in range(10))


def test_a_track_without_a_frame_has_no_score(make_series) -> None:
    with pytest.raises(ValueError, match="no frame"):
        track_logit(make_series([]))
