import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import MediaError
from lav_gui.records import Detection
from lav_gui.training.sets.faces import Eyes, gather
from lav_gui.training.sets.landmarks import CanonicalLandmarker
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import Source

FACE = (100, 40, 140, 100)
SETTINGS = PrepareSettings(frames=3, min_face_px=30)


def _source(path: Path, label: int = 0) -> Source:
    return Source(path, label, "d", "m", "", path.stem, path.stem, pair="d/m//o" if label else "")


def _eyes(world) -> Eyes:
    return Eyes(world.detector, CanonicalLandmarker())


def test_faces_come_from_frames_over_the_whole_video(tmp_path: Path, world) -> None:
    film = world.film(tmp_path / "a.mkv", [world.paint(0, [(60 + n, 40, 100 + n, 100)]) for n in range(30)])
    found = gather(_source(film), (), (), _eyes(world), SETTINGS)
    assert [cut.frame_index for cut in found.cuts] == [5, 15, 25]
    assert [cut.box_xyxy[0] for cut in found.cuts] == [65, 75, 85]
    assert {cut.track_id for cut in found.cuts} == {1}
    assert found.info.codec == "png"
    assert found.bits_per_pixel > 0
    assert not found.aligned


def test_frames_that_are_asked_for_come_first(tmp_path: Path, world) -> None:
    film = world.film(tmp_path / "a.mkv", [world.paint(0, [FACE])] * 30)
    found = gather(_source(film), (2, 3, 4), (), _eyes(world), SETTINGS)
    assert [cut.frame_index for cut in found.cuts] == [2, 3, 4]


def test_a_still_picture_goes_the_same_way_and_a_weak_face_counts(tmp_path: Path, world) -> None:
    picture = world.picture(tmp_path / "a.png", world.paint(0, [FACE]))
    world.detector.score = 0.87
    found = gather(_source(picture), (), (), _eyes(world), SETTINGS)
    assert [cut.box_xyxy for cut in found.cuts] == [FACE]
    assert math.isnan(found.bits_per_pixel)
    assert found.info.codec == "png"


def test_a_video_in_which_no_face_is_sure_has_none_and_says_so(tmp_path: Path, world) -> None:
    film = world.film(tmp_path / "a.mkv", [world.paint(0, [FACE])] * 4)
    world.detector.score = 0.87
    found = gather(_source(film), (), (), _eyes(world), SETTINGS)
    assert not found.cuts
    assert "no face was found in 3 frames" in found.problems[0].what


def test_small_faces_are_left_out_and_counted(tmp_path: Path, world) -> None:
    film = world.film(tmp_path / "a.mkv", [world.paint(0, [(100, 40, 120, 60)])] * 4)
    found = gather(_source(film), (), (), _eyes(world), SETTINGS)
    assert "only 3 below 30 pixels" in found.problems[0].what


def test_a_face_whose_points_make_no_face_is_left_out_alone(
    tmp_path: Path, world, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = world.film(tmp_path / "a.mkv", [world.paint(0, [FACE, (20, 40, 60, 100)])] * 3)
    detect = world.detector._detect_one

    def one_odd(image: np.ndarray) -> tuple[Detection, ...]:
        left, right = detect(image)
        return (replace(left, landmarks=np.full((5, 2), 7.0)), right)

    monkeypatch.setattr(world.detector, "_detect_one", one_odd)
    found = gather(_source(film), (), (), _eyes(world), SETTINGS)
    assert [cut.box_xyxy for cut in found.cuts] == [FACE] * 3
    assert [problem.what for problem in found.problems] == ["3 faces whose landmarks make no face are left out"]


def test_a_face_is_as_large_as_it_is_shown_not_as_it_is_stored(tmp_path: Path, world) -> None:
    narrow = [world.paint(0, [(100, 40, 120, 100)])] * 4
    film = world.film(tmp_path / "a.mkv", narrow, sample_aspect_ratio=Fraction(2))
    found = gather(_source(film), (), (), _eyes(world), SETTINGS)
    assert len(found.cuts) == 3
    assert found.cuts[0].window == (80, 10, 140, 130)  # 2 x 60 display pixels around the center, 2 to a stored one


def test_a_fake_takes_over_boxes_and_people_of_its_original(tmp_path: Path, world) -> None:
    original = world.film(tmp_path / "o.mkv", [world.paint(1, [FACE])] * 30)
    larger = (96, 36, 146, 108)  # what the detector would see in the fake
    fake = world.film(tmp_path / "f.mkv", [world.paint(1, [FACE], forged=[larger])] * 30)
    theirs = gather(_source(original), (), (), _eyes(world), SETTINGS)
    looked = world.detector.looked
    ours = gather(_source(fake, 1), (), theirs.cuts, _eyes(world), SETTINGS)
    assert ours.aligned
    assert world.detector.looked == looked
    assert [(c.frame_index, c.track_id, c.box_xyxy) for c in ours.cuts] == [
        (c.frame_index, c.track_id, c.box_xyxy) for c in theirs.cuts
    ]
    assert not np.array_equal(ours.cuts[0].image, theirs.cuts[0].image)


def test_a_fake_of_another_scene_stands_alone_and_says_so(tmp_path: Path, world) -> None:
    original = world.film(tmp_path / "o.mkv", [world.paint(1, [FACE])] * 6)
    fake = world.film(tmp_path / "f.mkv", [world.paint(2, [(60, 40, 100, 100)])] * 6)
    theirs = gather(_source(original), (), (), _eyes(world), SETTINGS)
    ours = gather(_source(fake, 1), (), theirs.cuts, _eyes(world), SETTINGS)
    assert not ours.aligned
    assert ours.cuts[0].box_xyxy[0] == 60
    assert "it stands alone" in ours.problems[0].what


def test_single_moments_that_differ_are_left_out(tmp_path: Path, world) -> None:
    original = world.film(tmp_path / "o.mkv", [world.paint(1, [FACE])] * 6)
    fake = world.film(tmp_path / "f.mkv", [world.paint(2 if n == 5 else 1, [FACE]) for n in range(6)])
    theirs = gather(_source(original), (), (), _eyes(world), SETTINGS)
    ours = gather(_source(fake, 1), (), theirs.cuts, _eyes(world), SETTINGS)
    assert [cut.frame_index for cut in ours.cuts] == [1, 3]
    assert "1 of 3 faces do not show the moment" in ours.problems[0].what


def test_a_shorter_fake_has_the_moments_it_has(tmp_path: Path, world) -> None:
    original = world.film(tmp_path / "o.mkv", [world.paint(1, [FACE])] * 6)
    fake = world.film(tmp_path / "f.mkv", [world.paint(1, [FACE])] * 4)
    theirs = gather(_source(original), (), (), _eyes(world), SETTINGS)
    ours = gather(_source(fake, 1), (), theirs.cuts, _eyes(world), SETTINGS)
    assert [cut.frame_index for cut in ours.cuts] == [1, 3]
    assert ours.aligned


def test_a_file_that_is_no_video_is_an_error(tmp_path: Path, world) -> None:
    (tmp_path / "a.mkv").write_text("no video")
    with pytest.raises(MediaError, match=r"a\.mkv"):
        gather(replace(_source(tmp_path / "a.mkv")), (), (), _eyes(world), SETTINGS)
