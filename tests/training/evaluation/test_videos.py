from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.evaluation.scoring import ScoredFace
from lav_gui.training.evaluation.videos import (
    RULES,
    VideoScore,
    by_video,
    groups_of,
    labels_of,
    logits_of,
    rule_scores,
    track_series,
    video_scores,
)
from lav_gui.training.sets.index import FaceRow
from lav_gui.verdict.score import video_logit
from model_zoo.weights_record import Weights

RowMaker = Callable[..., FaceRow]
FaceMaker = Callable[..., ScoredFace]


def _track(make_row: RowMaker, make_face: FaceMaker, logits: list[float], **values: object) -> list[ScoredFace]:
    return [make_face(make_row("000", 1, frame, **values), logit) for frame, logit in enumerate(logits)]


def test_methods_that_share_a_source_name_stay_videos_of_their_own(make_row: RowMaker, make_face: FaceMaker) -> None:
    faces = [
        make_face(make_row("000_003", 1, 0, method=method, compression=compression), logit)
        for method, compression, logit in (
            ("Deepfakes", "c23", 1.0),
            ("FaceSwap", "c23", 2.0),
            ("FaceSwap", "c40", 3.0),
        )
    ]
    videos = video_scores(faces)
    assert [(video.method, video.compression, video.logit) for video in videos] == [
        ("Deepfakes", "c23", 1.0),
        ("FaceSwap", "c23", 2.0),
        ("FaceSwap", "c40", 3.0),
    ]


def test_the_score_of_a_video_is_the_verdicts(make_row: RowMaker, make_face: FaceMaker) -> None:
    faces = _track(make_row, make_face, [1.0, 2.0, 3.0, 6.0]) + _track(make_row, make_face, [0.0, 9.0, 9.0], track_id=2)
    faces += _track(make_row, make_face, [50.0, 50.0], track_id=3)  # too short to count
    video = video_scores(reversed(faces))[0]
    assert video.logit == video_logit(track_series(faces)) == 6.0
    assert (video.frames, video.tracks, video.label) == (9, 3, 1)


def test_conditions_are_those_of_the_track_that_stands_for_the_video(make_row: RowMaker, make_face: FaceMaker) -> None:
    low = _track(make_row, make_face, [0.0] * 3, face_px=50.0)
    high = [replace(face, sharpness=7.0) for face in _track(make_row, make_face, [1.0] * 3, face_px=200.0, track_id=2)]
    video = video_scores(low + high)[0]
    assert (video.face_px, video.sharpness) == (200.0, 7.0)


def test_one_stream_alone_has_scores_of_its_own(make_row: RowMaker, make_face: FaceMaker) -> None:
    faces = [make_face(make_row("000"), 1.0, rgb_logit=2.0, noise_logit=3.0)]
    assert [video_scores(faces, stream)[0].logit for stream in ("both", "rgb", "noise")] == [1.0, 2.0, 3.0]


def test_two_faces_of_one_track_in_one_frame_are_refused(make_row: RowMaker, make_face: FaceMaker) -> None:
    with pytest.raises(TrainingError, match="Track 1 of FF\\+\\+/real/c23/000 has two faces in one frame"):
        video_scores([make_face(make_row("000"), 1.0)] * 2)


def test_other_rules_turn_the_same_frames_into_other_scores(
    make_row: RowMaker, make_face: FaceMaker, weights: Weights
) -> None:
    faces = _track(make_row, make_face, [-1.0, 0.0, 0.0, 5.0])
    found = {name: float(rule_scores(faces, rule, weights)[0]) for name, rule in RULES.items()}
    half = weights.fake_prob(np.array([-1.0, 0.0, 0.0, 5.0])).mean()
    assert list(found.values()) == pytest.approx([1.0, half, 0.0, 5.0, 5.0])


def test_the_first_rule_is_the_verdicts_and_the_order_is_the_videos(
    make_row: RowMaker, make_face: FaceMaker, weights: Weights
) -> None:
    faces = [make_face(make_row(source), logit) for source, logit in (("b", 1.0), ("a", 2.0))]
    scores = rule_scores(faces, next(iter(RULES.values())), weights)
    assert scores.tolist() == logits_of(video_scores(faces)).tolist() == [2.0, 1.0]


def test_columns_follow_the_videos(make_video: Callable[..., VideoScore]) -> None:
    videos = [make_video("a", 0, -1.0), make_video("b", 1, 2.0)]
    assert labels_of(videos).tolist() == [0, 1]
    assert logits_of(videos).tolist() == [-1.0, 2.0]


def test_what_belongs_together_is_the_person_shown_not_all_who_were_swapped_with_each_other(
    make_video: Callable[..., VideoScore],
) -> None:
    videos = [
        make_video("id1_0001", 0, 0.0, identity="id1", group="celebrities"),
        make_video("id1_id2_0001", 1, 0.0, identity="id1", group="celebrities"),
        make_video("id2_0001", 0, 0.0, identity="id2", group="celebrities"),
        make_video("id1", 0, 0.0, identity="id1", dataset="another"),
    ]
    first, second, third, fourth = groups_of(videos)
    assert first == second
    assert len({first, third, fourth}) == 3


def test_videos_come_by_name(make_row: RowMaker, make_face: FaceMaker) -> None:
    faces = [make_face(make_row(source), 0.0) for source in ("b", "a", "b")]
    assert [len(own) for own in by_video(faces).values()] == [1, 2]
