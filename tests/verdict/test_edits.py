import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import SettingsError
from lav_gui.verdict.edits import EditKind, TrackEdit, apply_edits


def test_a_person_can_be_left_out(make_series) -> None:
    one, two = make_series([1.0], 1), make_series([2.0], 2)
    assert apply_edits([one, two], [TrackEdit(EditKind.EXCLUDE, 1)]) == (two,)
    assert apply_edits([one, two], []) == (one, two)


def test_two_tracks_of_one_person_become_one_in_order_of_frames(make_series) -> None:
    late, early = make_series([5.0, 6.0], 1, first=10), make_series([1.0, 2.0], 2, first=0)
    (merged,) = apply_edits([late, early], [TrackEdit(EditKind.MERGE, 1, other=2)])
    assert merged.track_id == 1
    np.testing.assert_array_equal(merged.frame_index, [0, 1, 10, 11])
    np.testing.assert_array_equal(merged.logit, [1, 2, 5, 6])


def test_tracks_seen_in_the_same_frame_cannot_be_merged(make_series) -> None:
    one, two = make_series([0.0] * 5, 1, first=0), make_series([0.0] * 5, 2, first=4)
    with pytest.raises(SettingsError, match="Faces 1 and 2 are both seen in frame 4"):
        apply_edits([one, two], [TrackEdit(EditKind.MERGE, 1, other=2)])


def test_a_track_can_be_split_and_the_new_part_gets_a_free_number(make_series) -> None:
    tracks = [make_series([1.0, 2.0, 3.0], 1), make_series([9.0], 4)]
    one, four, five = apply_edits(tracks, [TrackEdit(EditKind.SPLIT, 1, frame_index=2)])
    assert (one.track_id, four.track_id, five.track_id) == (1, 4, 5)
    np.testing.assert_array_equal(one.logit, [1, 2])
    np.testing.assert_array_equal(five.frame_index, [2])
    assert len(tracks[0]) == 3


def test_a_number_once_used_is_not_given_again(make_series) -> None:
    tracks = [make_series([1.0] * 4, 1), make_series([9.0], 2)]
    edits = [TrackEdit(EditKind.EXCLUDE, 2), TrackEdit(EditKind.SPLIT, 1, frame_index=2)]
    assert [track.track_id for track in apply_edits(tracks, edits)] == [1, 3]
    with pytest.raises(SettingsError, match="number is in use"):
        apply_edits(tracks, [TrackEdit(EditKind.SPLIT, 1, other=2, frame_index=2)])


def test_a_later_edit_sees_what_the_earlier_ones_left(make_series) -> None:
    tracks = [make_series([0.0] * 6, 1), make_series([1.0] * 6, 2, first=3)]
    edits = [
        TrackEdit(EditKind.SPLIT, 1, other=7, frame_index=3),
        TrackEdit(EditKind.MERGE, 1, other=2),
        TrackEdit(EditKind.EXCLUDE, 7),
    ]
    (merged,) = apply_edits(tracks, edits)
    np.testing.assert_array_equal(merged.frame_index, range(9))


@pytest.mark.parametrize("frame", [0, 10, 99])
def test_a_split_that_leaves_a_part_empty_is_refused(make_series, frame: int) -> None:
    with pytest.raises(SettingsError, match="one part would be empty"):
        apply_edits([make_series([0.0] * 3, 1, first=0)], [TrackEdit(EditKind.SPLIT, 1, frame_index=frame)])


@pytest.mark.parametrize("edit", [TrackEdit(EditKind.EXCLUDE, 8), TrackEdit(EditKind.MERGE, 1, other=8)])
def test_a_face_that_is_not_there_is_named(make_series, edit: TrackEdit) -> None:
    with pytest.raises(SettingsError, match="There is no face 8"):
        apply_edits([make_series([0.0], 1)], [edit])


def test_an_edit_that_says_too_little_is_refused() -> None:
    with pytest.raises(SettingsError, match="second, different face"):
        TrackEdit(EditKind.MERGE, 1)
    with pytest.raises(SettingsError, match="second, different face"):
        TrackEdit(EditKind.MERGE, 1, other=1)
    with pytest.raises(SettingsError, match="the frame at which"):
        TrackEdit(EditKind.SPLIT, 1)


def test_a_kind_read_as_text_becomes_a_kind() -> None:
    assert TrackEdit("exclude", 1).kind is EditKind.EXCLUDE  # type: ignore[arg-type]


@given(st.integers(1, 19))
def test_splitting_and_merging_again_changes_nothing(frame: int) -> None:
    from lav_gui.records import TrackSeries

    rng = np.random.default_rng(frame)
    columns = {name: rng.normal(size=20) for name in ("logit", "face_px", "sharpness", "rgb", "noise", "interaction")}
    track = TrackSeries(track_id=1, frame_index=np.arange(20), seconds=np.arange(20) / 30, **columns)
    edits = [TrackEdit(EditKind.SPLIT, 1, other=2, frame_index=frame), TrackEdit(EditKind.MERGE, 1, other=2)]
    (again,) = apply_edits([track], edits)
    np.testing.assert_array_equal(again.frame_index, track.frame_index)
    for name, column in columns.items():
        np.testing.assert_array_equal(getattr(again, name), column)
