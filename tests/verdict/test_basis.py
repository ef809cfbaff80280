import numpy as np

from lav_gui.settings import AnalysisSettings
from lav_gui.verdict.basis import DRAWING_THRESHOLD
from lav_gui.verdict.edits import EditKind, TrackEdit

SETTINGS = AnalysisSettings()


def test_tracks_are_sorted_into_those_that_may_speak_and_those_that_may_not(
    gather, make_series, weights, media
) -> None:
    tracks = [
        make_series([-2.0] * 9, 1),
        make_series([1.0] * 9, 2),
        make_series([5.0] * 2, 3),
        make_series([0.0] * 9, 4, face_px=np.full(9, 20.0)),
        make_series([7.0] * 9, 5),
    ]
    basis = gather(tracks, weights, SETTINGS, media, 9, edits=[TrackEdit(EditKind.EXCLUDE, 5)])
    assert [track.track_id for track in basis.judged] == [2, 1]
    assert basis.highest is not None
    assert basis.highest.track_id == 2
    assert (basis.short, basis.left_out) == ((3,), (5,))
    assert [(track_id, check.name, check.value) for track_id, check in basis.outside] == [(4, "face_px", 20.0)]
    assert [track.track_id for track in basis.tracks] == [1, 2, 3, 4]
    assert [check.name for check in basis.envelope] == ["face_px", "sharpness", "bits_per_pixel", "codec"]
    assert basis.threshold == 0.6
    assert basis.is_usable


def test_without_an_operating_point_there_is_a_threshold_for_drawing_only(
    gather, make_series, untrained, media
) -> None:
    basis = gather([make_series([0.0] * 9)], untrained, SETTINGS, media, 9)
    assert basis.threshold == DRAWING_THRESHOLD == 0.5
    assert basis.point is None
    assert not basis.is_usable


def test_without_a_face_only_the_file_is_checked(gather, weights, media) -> None:
    basis = gather([], weights, SETTINGS, media, 9)
    assert basis.highest is None
    assert basis.judged == basis.tracks == ()
    assert [check.name for check in basis.envelope] == ["bits_per_pixel", "codec"]


def test_where_every_track_is_short_none_is_shut_out(gather, make_series, weights, media) -> None:
    basis = gather([make_series([1.0], 1), make_series([2.0], 2)], weights, SETTINGS, media, 1)
    assert [track.track_id for track in basis.judged] == [2, 1]
    assert basis.short == ()
