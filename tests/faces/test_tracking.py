"""Who is who through time: at 30 frames per second and at one in two seconds, through crossings, cuts and losses."""

import subprocess
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lav_gui.faces import geometry
from lav_gui.faces.detectors import build_detector
from lav_gui.faces.tracking import DETECTION_SECONDS, FaceTracker
from lav_gui.records import Detection, Frame
from lav_gui.settings import AnalysisSettings

CLIPS = {  # clip: fewest and most tracks at one frame per second
    "swap_cc_by/swap_fake.mp4": (2, 2),
    "swap_cc_by/face-demographics-walking-and-pause.gif": (3, 3),
    "clips/multi_face/facenet_pytorch_street.mp4": (4, 9),
    "clips/no_face/google_sample_noface.mp4": (0, 0),
    "clips/ffpp_c40/original/469.mp4": (1, 1),
}
RED, GREEN = (200, 40, 40), (30, 150, 60)


def lefts(found, track_id):
    return {index: boxes[track_id][0] for index, boxes in found.items() if track_id in boxes}


@pytest.mark.parametrize("fps", [30, 5, 1, 0.5])
def test_two_people_keep_their_numbers_and_the_left_one_is_first(stage, person, fps) -> None:
    right = person(lambda t: 220 + 3 * np.sin(t), torso=RED)
    left = person(lambda t: 40 + 3 * np.cos(t), torso=GREEN)
    play = stage([right, left], 8, fps)
    found = play.ids(play.tracker(), batch=8)
    assert all(set(boxes) == {1, 2} for boxes in found.values())
    assert max(lefts(found, 1).values()) < 60 < 200 < min(lefts(found, 2).values())


@pytest.mark.parametrize("fps", [30, 12, 5])
def test_people_who_cross_keep_their_numbers_though_one_is_hidden(stage, person, fps) -> None:
    def behind(t):
        return 20 + 50 * t

    def in_front(t):
        return 240 - 50 * t

    back = person(behind, torso=RED, head=(150, 110, 90), hidden=lambda t: abs(behind(t) - in_front(t)) < 40)
    play = stage([back, person(in_front, torso=GREEN)], 4.4, fps)
    found = play.ids(play.tracker(), batch=8)
    assert set().union(*found.values()) == {1, 2}
    for index, boxes in found.items():
        for track_id, place in ((1, behind), (2, in_front)):
            if track_id in boxes:
                assert abs(boxes[track_id][0] - place(index / fps)) < 4
    assert set(found[max(found)]) == {1, 2}


def test_a_person_behind_another_of_the_same_place_and_size_is_told_by_the_look(stage, person) -> None:
    first = person(lambda t: 100.0 if t < 2 else None, torso=RED)
    second = person(lambda t: 110.0 if t >= 2 else None, torso=GREEN, head=(90, 60, 50))
    play = stage([first, second], 4, 2)
    found = play.ids(play.tracker(), batch=4)
    assert [set(boxes) for boxes in found.values()] == [{1}] * 4 + [{2}] * 4


def test_a_short_loss_keeps_the_number_and_shows_no_box_meanwhile(stage, person) -> None:
    play = stage([person(lambda t: 100 + 10 * t, hidden=lambda t: 1 <= t < 1.8)], 3, 10)
    found = play.ids(play.tracker(), batch=8)
    assert [set(boxes) for boxes in found.values()] == [{1}] * 10 + [set()] * 8 + [{1}] * 12


def test_a_long_loss_ends_the_track(stage, person) -> None:
    play = stage([person(lambda t: 100.0, hidden=lambda t: 1 <= t < 4)], 6, 10)
    found = play.ids(play.tracker(), batch=8)
    assert set(found[0]) == {1}
    assert set(found[59]) == {2}


@pytest.mark.parametrize("fps", [30, 5, 1])
def test_a_scene_cut_ends_all_tracks_though_the_next_face_is_in_the_same_place(stage, person, fps) -> None:
    play = stage([person(lambda t: 100.0), person(lambda t: 220.0)], 6, fps, cuts=[3])
    found = play.ids(play.tracker(), batch=7)
    assert [set(boxes) for boxes in found.values()] == [{1, 2}] * (3 * fps) + [{3, 4}] * (3 * fps)


def test_dense_frames_are_looked_at_seldom_but_never_too_far_apart(stage, person) -> None:
    play = stage([person(lambda t: 100.0)], 2, 30)
    play.ids(play.tracker(), batch=8)
    looked = play.detector.looked
    assert looked == sorted(set(looked))
    assert len(looked) < 20
    assert max(np.diff(looked)) / 30 <= DETECTION_SECONDS
    assert looked[0] == 0
    assert {7, 15, 23, 59} <= set(looked)


@pytest.mark.parametrize("fps", [6, 5, 1, 0.5])
def test_every_sparse_frame_is_looked_at(stage, person, fps) -> None:
    play = stage([person(lambda t: 100.0)], 8, fps)
    play.ids(play.tracker(), batch=8)
    assert play.detector.looked == list(range(round(8 * fps)))


def test_between_two_detections_the_box_goes_straight_and_has_no_score(stage, person) -> None:
    play = stage([person(lambda t: 40 + 60 * t)], 2, 30)
    tracker = play.tracker()
    crops = [crop for start in range(0, 60, 8) for crop in tracker.crops(play.frames[start : start + 8])]
    assert [crop.frame_index for crop in crops] == list(range(60))
    looked = set(play.detector.looked)
    for crop in crops:
        assert (crop.detection_score is None) == (crop.frame_index not in looked)
        assert crop.box_xyxy[0] == pytest.approx(40 + 2 * crop.frame_index, abs=0.1)


def test_a_face_that_one_of_two_detections_lacks_has_no_box_in_between(stage, person) -> None:
    play = stage([person(lambda t: 100.0, hidden=lambda t: t >= 1)], 2, 30)
    found = play.ids(play.tracker(), batch=60)
    last_seen = max(index for index, boxes in found.items() if boxes)
    assert last_seen in play.detector.looked
    assert last_seen < 30


def test_frames_on_both_sides_of_a_cut_are_looked_at(stage, person) -> None:
    play = stage([person(lambda t: 100.0)], 2, 30, cuts=[1])
    found = play.ids(play.tracker(), batch=60)
    assert {29, 30} <= set(play.detector.looked)
    assert all(len(boxes) == 1 for boxes in found.values())


def test_weak_detections_open_no_track_and_are_counted(stage, person) -> None:
    play = stage([person(lambda t: 100.0, score=lambda _: 0.96), person(lambda t: 220.0, torso=RED)], 3, 2)
    tracker = play.tracker()
    found = play.ids(tracker, batch=2)
    assert all(set(boxes) == {1} for boxes in found.values())
    assert lefts(found, 1)[0] == 220
    assert dict(tracker.unsure) == dict.fromkeys(range(6), 1)


def test_a_known_face_goes_on_with_weak_detections(stage, person) -> None:
    play = stage([person(lambda t: 100.0, score=lambda t: 0.99 if t == 0 else 0.86)], 4, 2)
    found = play.ids(play.tracker(), batch=2)
    assert all(set(boxes) == {1} for boxes in found.values())


def test_small_faces_are_counted_not_cropped_and_use_no_number(stage, person) -> None:
    small = person(lambda t: 20.0, side=24.0, torso=RED)
    play = stage([small, person(lambda t: 200.0)], 2, 5)
    tracker = play.tracker(min_face_px=40)
    found = play.ids(tracker, batch=4)
    assert all(set(boxes) == {1} for boxes in found.values())
    assert dict(tracker.too_small) == dict.fromkeys(range(10), 1)


def test_size_counts_on_the_display(stage, person) -> None:
    play = stage([person(lambda t: 100.0, side=24.0)], 1, 5)
    wide = FaceTracker(play.detector, 64, AnalysisSettings(min_face_px=24), Fraction(1, 2))
    assert wide.crops(play.frames) == ()
    assert set(wide.too_small) == set(range(5))


def test_crops_come_by_frame_then_track_with_the_affine_of_the_settings(stage, person) -> None:
    play = stage([person(lambda t: 200.0, torso=RED), person(lambda t: 40.0)], 1, 5)
    crops = play.tracker(crop_margin=1.6).crops(play.frames)
    assert [(crop.frame_index, crop.track_id) for crop in crops] == [(i, k) for i in range(5) for k in (1, 2)]
    for crop in crops:
        affine = geometry.crop_affine(crop.box_xyxy, 64, 1.6)
        np.testing.assert_array_equal(crop.frame_from_crop, affine)
        frame = play.frames[crop.frame_index]
        np.testing.assert_array_equal(crop.image, geometry.cut_crop(frame.image, affine, 64))


def test_no_face_and_no_frame_give_no_crop(stage) -> None:
    play = stage([], 1, 5)
    tracker = play.tracker()
    assert tracker.crops([]) == ()
    assert tracker.crops(play.frames) == ()
    assert not tracker.too_small
    assert not tracker.unsure


@given(st.lists(st.integers(1, 7), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sparse_results_do_not_depend_on_the_batches(stage, person, sizes) -> None:
    people = [person(lambda t: 20 + 40 * t, torso=RED), person(lambda t: 220 - 30 * t, hidden=lambda t: 2 < t < 3)]
    play = stage(people, 5, 5, cuts=[4])
    whole = [(c.frame_index, c.track_id, c.box_xyxy) for c in play.tracker().crops(play.frames)]
    tracker, parts, start = play.tracker(), [], 0
    for size in [*sizes, 25]:
        parts += tracker.crops(play.frames[start : start + size])
        start += size
    assert [(c.frame_index, c.track_id, c.box_xyxy) for c in parts] == whole


def test_a_resumed_analysis_keeps_the_numbers(stage, person) -> None:
    play = stage([person(lambda t: 40 + 5 * t, torso=RED), person(lambda t: 200.0)], 4, 5)
    first = play.ids(play.tracker(), batch=5)
    again = play.tracker()
    again.resume(play.frames[9], {2: first[9][2], 1: first[9][1]}, next_track_id=5)
    crops = again.crops(play.frames[10:])
    assert {(c.frame_index, c.track_id) for c in crops} == {(i, k) for i in range(10, 20) for k in (1, 2)}
    with pytest.raises(ValueError, match="below 2"):
        again.resume(play.frames[9], {2: first[9][2]}, next_track_id=2)


def test_new_faces_after_resuming_get_new_numbers(stage, person) -> None:
    play = stage([person(lambda t: 200.0)], 2, 5)
    tracker = play.tracker()
    tracker.resume(play.frames[0], {}, next_track_id=7)
    assert {crop.track_id for crop in tracker.crops(play.frames[1:])} == {7}


def test_frames_of_one_time_are_no_trouble(stage, person) -> None:
    play = stage([person(lambda t: 100.0)], 1, 30)
    frozen = [Frame(f.index, 0, f.time_base, f.image) for f in play.frames]
    crops = play.tracker().crops(frozen)
    assert [crop.frame_index for crop in crops] == list(range(30))
    assert {crop.track_id for crop in crops} == {1}


def test_the_detector_may_return_boxes_beyond_the_frame(stage) -> None:
    play = stage([], 1, 1)
    beyond = [(-30.0, -20.0, 40.0, 60.0), (300.0, 150.0, 360.0, 220.0)]
    play.detector.script[0] = tuple(Detection(box, 0.99) for box in beyond)
    assert len(play.tracker().crops(play.frames)) == 2


def decoded(path, count):
    """First frames of a clip at one per second, 1280 pixels wide, by the ffmpeg program."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "fps=1,scale=1280:720", "-frames:v", str(count)]
    raw = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    images = np.frombuffer(raw, np.uint8).reshape(-1, 720, 1280, 3)
    return [Frame(i, i, Fraction(1), image) for i, image in enumerate(images)]


@pytest.mark.shared
@pytest.mark.parametrize("clip", CLIPS)
def test_real_clips_give_as_many_tracks_as_people(shared_dir, clip) -> None:
    frames = decoded(shared_dir / "data" / clip, 5)
    tracker = FaceTracker(build_detector("mtcnn", "cpu"), 64, AnalysisSettings(min_face_px=48), Fraction(1))
    crops = [crop for start in range(0, len(frames), 4) for crop in tracker.crops(frames[start : start + 4])]
    fewest, most = CLIPS[clip]
    assert fewest <= len({crop.track_id for crop in crops}) <= most
    if clip.endswith("swap_fake.mp4"):
        assert len(crops) == 2 * len(frames)
        assert all((crop.box_xyxy[0] < 640) == (crop.track_id == 1) for crop in crops)
