"""Evidence is known by its content, found again by it, and never written to."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session import Case, RunRow

CONTENT = b"moving pictures" * 1000


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "videos" / "клип.mp4"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def known(case: Case, video: Path, make_evidence: Callable[..., Evidence]) -> int:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    return case.add_evidence(make_evidence(video, sha256, len(CONTENT), video.stat().st_mtime))


def _actions(case: Case) -> list[str]:
    return [entry.action for entry in case.audit_log()]


def test_evidence_comes_back_whole_in_the_order_it_was_added(
    case: Case, make_evidence: Callable[..., Evidence]
) -> None:
    given = [make_evidence(Path(f"/v/{n}.mp4"), f"{n}" * 64) for n in (3, 1, 2)]
    ids = [case.add_evidence(evidence) for evidence in given]
    assert ids == [1, 2, 3]
    assert [row.evidence for row in case.evidences()] == given
    assert case.evidence(2).evidence == given[1]


def test_the_same_content_is_the_same_evidence_and_its_new_place_is_logged(
    case: Case, known: int, video: Path, make_evidence: Callable[..., Evidence]
) -> None:
    first = case.evidence(known).evidence
    assert case.add_evidence(first) == known
    assert "evidence.relink" not in _actions(case)
    assert case.add_evidence(make_evidence(Path("/elsewhere/b.mp4"), first.hashes.sha256, 5)) == known
    (row,) = case.evidences()
    assert row.evidence.path == Path("/elsewhere/b.mp4")
    assert (row.evidence.file_name, row.evidence.bytes) == ("клип.mp4", len(CONTENT))
    assert case.audit_log()[-1].details == {"evidence_id": 1, "before": str(video), "after": "/elsewhere/b.mp4"}


def test_a_relative_path_is_kept_whole(case: Case, make_evidence: Callable[..., Evidence]) -> None:
    case.add_evidence(make_evidence(Path("clip.mp4")))
    assert case.evidences()[0].evidence.path == Path.cwd() / "clip.mp4"


def test_adding_is_logged_with_both_hashes(case: Case, known: int, video: Path) -> None:
    details = case.audit_log()[-1].details
    assert details["path"] == str(video)
    assert (details["sha256"], details["md5"]) == (hashlib.sha256(CONTENT).hexdigest(), "34" * 16)


def test_a_file_in_its_place_is_found_without_reading_it(
    case: Case, known: int, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: pytest.fail("the file was hashed"))
    assert case.find_evidence(known) == video


def test_a_file_touched_in_its_place_is_found_by_its_content(case: Case, known: int, video: Path) -> None:
    os.utime(video, (1, 1))
    assert case.find_evidence(known) == video


def test_another_file_in_its_place_is_not_taken_for_it(case: Case, known: int, video: Path) -> None:
    video.write_bytes(CONTENT[::-1])
    os.utime(video, (1, 1))  # else it may have been written within the same tick of the clock
    assert case.find_evidence(known) is None


def test_a_moved_and_renamed_file_is_found_in_the_folder_of_the_case(case: Case, known: int, video: Path) -> None:
    (case.path.parent / "decoy.mp4").write_bytes(CONTENT[::-1])
    moved = video.rename(case.path.parent / "renamed.mp4")
    assert case.find_evidence(known) == moved


def test_a_moved_file_is_found_in_a_given_folder_and_not_below_it(
    case: Case, known: int, video: Path, tmp_path: Path
) -> None:
    below = tmp_path / "archive" / "below"
    below.mkdir(parents=True)
    moved = video.rename(below / video.name)
    assert case.find_evidence(known, [tmp_path / "absent", tmp_path / "archive"]) is None
    assert case.find_evidence(known, [below]) == moved


def test_of_two_copies_the_one_of_the_same_name_is_taken(case: Case, known: int, video: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "a copy.mp4").write_bytes(CONTENT)
    assert case.find_evidence(known, [folder]) == video
    moved = video.rename(folder / video.name)
    assert case.find_evidence(known, [folder]) == moved


def test_a_file_is_relinked_if_its_content_is_the_one_examined(case: Case, known: int, video: Path) -> None:
    moved = video.rename(video.with_name("moved.mp4"))
    case.relink(known, moved)
    assert case.evidence(known).evidence.path == moved
    assert case.find_evidence(known) == moved
    assert _actions(case)[-1] == "evidence.relink"


def test_another_file_is_not_relinked(case: Case, known: int, video: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.mp4"
    for content in (b"x", CONTENT[::-1]):
        other.write_bytes(content)
        with pytest.raises(SessionError, match=r"other\.mp4 is not the file that was examined \(клип\.mp4, SHA-256"):
            case.relink(known, other)
    with pytest.raises(SessionError, match="is not the file that was examined"):
        case.relink(known, tmp_path)
    assert case.evidence(known).evidence.path == video


def test_a_file_that_cannot_be_read_is_told(
    case: Case, known: int, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SessionError, match="cannot be read; check that you may read it"):
        case.relink(known, video)
    os.utime(video, (1, 1))
    assert case.find_evidence(known) is None


def test_the_evidence_is_never_written_to(case: Case, known: int, video: Path) -> None:
    before = video.stat()
    case.find_evidence(known)
    case.relink(known, video)
    with pytest.raises(SessionError):
        Case.open(video, create=True)
    after = video.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)
    assert video.read_bytes() == CONTENT
    assert [path.name for path in video.parent.iterdir()] == [video.name]


def test_searching_the_folder_of_the_case_does_not_break_its_locks(case: Case, known: int, video: Path) -> None:
    video.unlink()
    size = case.path.stat().st_size
    assert case.find_evidence(known, [case.path.parent]) is None
    assert size == case.path.stat().st_size
    with Case.open(case.path) as other:
        other.log("x.y")
    case.log("x.y")
    assert case.verify_log()


def test_an_exhibit_number_is_kept_and_logged(case: Case, known: int) -> None:
    assert case.evidence(known).exhibit_number == ""
    case.set_exhibit_number(known, "Ex. 7/б")
    assert case.evidence(known).exhibit_number == "Ex. 7/б"
    assert case.audit_log()[-1].details == {"evidence_id": 1, "before": "", "after": "Ex. 7/б"}


def test_evidence_that_is_not_there_is_told(case: Case) -> None:
    with pytest.raises(SessionError, match="has no evidence 9"):
        case.find_evidence(9)


def test_a_video_without_results_is_taken_out_and_comes_back_as_the_same(
    case: Case, evidence_id: int, make_evidence: Callable[..., Evidence]
) -> None:
    kept = case.evidence(evidence_id).evidence
    other = case.add_evidence(make_evidence(Path("/v/b.mp4"), "bc" * 32))
    case.set_exhibit_number(evidence_id, "7")
    case.remove_evidence(evidence_id)
    assert [row.evidence_id for row in case.evidences()] == [other]
    assert case.evidence(evidence_id).exhibit_number == "7"
    with pytest.raises(SessionError):
        case.remove_evidence(evidence_id)
    assert case.add_evidence(kept) == evidence_id
    assert [row.exhibit_number for row in case.evidences()] == ["7", ""]
    assert _actions(case)[-2:] == ["evidence.remove", "evidence.return"]


def test_a_video_with_results_or_notes_stays(case: Case, run: RunRow, make_evidence: Callable[..., Evidence]) -> None:
    with pytest.raises(SessionError, match="has results in this case, so it stays"):
        case.remove_evidence(run.evidence_id)
    other = case.add_evidence(make_evidence(Path("/v/b.mp4"), "bc" * 32))
    note = case.add_note(other, "look here", 3)
    with pytest.raises(SessionError, match="has notes"):
        case.remove_evidence(other)
    assert len(case.evidences()) == 2
    case.remove_note(note.note_id)
    case.remove_evidence(other)
    assert len(case.evidences()) == 1
    assert case.restore_note(note.note_id).text == "look here"
