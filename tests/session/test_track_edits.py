"""Track edits are kept in order, removed and brought back, each logged."""

from collections.abc import Callable

import pytest

from lav_gui.errors import SessionError
from lav_gui.session import Case, RunRow


def test_edits_come_back_in_the_order_in_which_they_apply(case: Case, run: RunRow) -> None:
    given = (
        case.add_track_edit(run.run_id, "split", 1, frame_index=120),
        case.add_track_edit(run.run_id, "merge", 1, 3),
        case.add_track_edit(run.run_id, "exclude", 2),
    )
    case.close()
    with Case.open(case.path, read_only=True) as again:
        assert again.track_edits(run.run_id) == given
        assert again.track_edits(99) == ()
    assert [(e.kind, e.track_id, e.other, e.frame_index) for e in given] == [
        ("split", 1, None, 120),
        ("merge", 1, 3, None),
        ("exclude", 2, None, None),
    ]


def test_a_removed_edit_comes_back_in_its_place(case: Case, run: RunRow) -> None:
    first = case.add_track_edit(run.run_id, "exclude", 1)
    second = case.add_track_edit(run.run_id, "exclude", 2)
    case.remove_track_edit(first.edit_id)
    assert case.track_edits(run.run_id) == (second,)
    assert case.restore_track_edit(first.edit_id) == first
    assert case.track_edits(run.run_id) == (first, second)
    logged = [(entry.action, entry.details) for entry in case.audit_log()][-4:]
    plain = {"edit_id": 1, "run_id": 1, "kind": "exclude", "track_id": 1, "other": None, "frame_index": None}
    assert logged[0] == ("track_edit.add", plain)
    assert logged[2:] == [("track_edit.remove", plain), ("track_edit.restore", plain)]


@pytest.mark.parametrize(("kind", "other", "frame"), [("paint", 1, 1), ("merge", None, 3), ("split", 2, None)])
def test_an_edit_that_makes_no_sense_is_refused(
    case: Case, run: RunRow, kind: str, other: int | None, frame: int | None
) -> None:
    with pytest.raises(ValueError, match="a track edit is exclude, merge"):
        case.add_track_edit(run.run_id, kind, 1, other, frame)


def test_an_edit_that_is_not_there_is_told(case: Case, run: RunRow) -> None:
    with pytest.raises(SessionError, match="has no track edit 5"):
        case.remove_track_edit(5)
    with pytest.raises(SessionError, match="has no removed track edit 5"):
        case.restore_track_edit(5)
    with pytest.raises(SessionError):
        case.add_track_edit(99, "exclude", 1)
    assert not [entry for entry in case.audit_log() if entry.action.startswith("track_edit")]


def test_what_stands_of_the_edits_of_every_run_is_read_at_once(
    case: Case, evidence_id: int, run: RunRow, start: Callable[..., RunRow]
) -> None:
    other = start(case, evidence_id, frames=5)
    start(case, evidence_id, frames=6)
    case.add_track_edit(run.run_id, "split", 1, 4, 20)
    gone = case.add_track_edit(run.run_id, "exclude", 4)
    case.add_track_edit(other.run_id, "merge", 1, 2)
    case.remove_track_edit(gone.edit_id)
    assert case.edits_by_run() == {
        run.run_id: (("split", 1, 4, 20),),
        other.run_id: (("merge", 1, 2, None),),
    }
