"""Motion, gates and costs of one track."""

import numpy as np
import pytest

from lav_gui.faces.appearance import blend_looks, look_distance, look_of
from lav_gui.faces.tracks import LOOK_IN_PLACE, LOOK_JUST_SEEN, Track, match
from lav_gui.records import Detection

PICTURE = np.random.default_rng(1).integers(100, 140, (200, 400, 3), dtype=np.uint8)
LOOK = look_of(PICTURE, (50.0, 50.0, 90.0, 90.0))
OTHER = look_of(PICTURE // np.array([9, 1, 1], np.uint8), (50.0, 50.0, 90.0, 90.0))


def box(left, side=40.0):
    return (left, 50.0, left + side, 50.0 + side)


def seen(*, at=0.0, left=50.0):
    return Track(box(left), at, LOOK)


def cost(track, detection_box, seconds, look=LOOK):
    return match([track], [Detection(detection_box, 0.99)], [look], seconds)[0, 0]


def test_a_moving_face_is_expected_ahead() -> None:
    track = seen()
    for step in range(1, 30):
        track.see(box(50 + 4 * step), step / 10, None)
    left = track.expected_box(2.9 + 0.5)[0]
    assert left == pytest.approx(50 + 4 * 29 + 40 * 0.5, abs=1)
    assert track.expected_box(20.0)[0] == pytest.approx(50 + 4 * 29 + 40, abs=1)


def test_detections_far_apart_say_nothing_of_motion() -> None:
    track = seen()
    track.see(box(90.0), 1.0, None)
    assert track.expected_box(2.0) == box(90.0)


def test_the_reach_grows_with_time() -> None:
    assert np.isinf(cost(seen(), box(110.0), 0.05))
    assert np.isfinite(cost(seen(), box(110.0), 1.0))
    assert np.isinf(cost(seen(), box(50.0 + 40 * 3.2), 100.0))


def test_another_size_is_another_face() -> None:
    assert np.isfinite(cost(seen(), box(50.0, 50.0), 0.1))
    assert np.isinf(cost(seen(), box(40.0, 60.0), 0.1))
    assert np.isfinite(cost(seen(), box(40.0, 60.0), 1.0))
    assert np.isinf(cost(seen(), box(20.0, 90.0), 10.0))


def test_another_look_is_another_face_unless_it_was_just_here() -> None:
    assert np.isinf(cost(seen(), box(50.0), 1.0, OTHER))
    assert cost(seen(), box(50.0), 1.0) < 0.1


def test_a_face_still_seen_goes_before_one_that_was_lost() -> None:
    here, lost = seen(at=0.9), seen(at=0.9)
    lost.missing_since = 0.95
    found = [Detection(box(52.0), 0.99)]
    costs = match([here, lost], found, [LOOK], 1.5)
    assert costs[0, 0] < costs[1, 0]


def test_of_two_faces_in_one_place_the_one_of_the_same_look_costs_less() -> None:
    like, unlike = Detection(box(56.0), 0.99), Detection(box(52.0), 0.99)
    costs = match([seen()], [like, unlike], [LOOK, blend_looks(LOOK, OTHER, 0.4)], 0.1)
    assert np.all(np.isfinite(costs))
    assert costs[0, 0] + 0.1 < costs[0, 1]


def test_in_a_crowd_the_look_tells_less() -> None:
    lost = seen()
    lost.missing_since = 0.6
    partly = blend_looks(LOOK, OTHER, 0.45)
    assert LOOK_IN_PLACE < look_distance(LOOK, partly) < LOOK_JUST_SEEN
    found, near = Detection(box(50.0), 0.99), Detection(box(95.0), 0.99)
    assert np.isinf(match([lost], [found], [partly], 1.0)[0, 0])
    assert np.isfinite(match([lost], [found, near], [partly, OTHER], 1.0)[0, 0])


def test_the_look_is_learned_slowly_and_not_at_all_with_another_in_the_way() -> None:
    track = seen()
    track.see(box(50.0), 1.0, None)
    assert track.look is LOOK
    track.see(box(50.0), 1.1, OTHER)
    assert look_distance(track.look, LOOK) < 0.5 * look_distance(track.look, OTHER)


def test_being_seen_again_ends_the_loss() -> None:
    track = seen()
    track.missing_since = 0.1
    track.see(box(51.0), 0.2, LOOK)
    assert track.missing_since is None
    assert track.seconds == 0.2
