"""A run resumes where it would give the same numbers, and its state is the truth."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from lav_gui.errors import SessionError
from lav_gui.records import Evidence, Gap, Software
from lav_gui.session import Case, RunRow, RunState
from lav_gui.session.identity import own_mark
from model_zoo.weights_record import Weights


def _set_owner(case: Case, silence_seconds: float = 0, **changes: object) -> None:
    """Leave run 1 as if another process had it."""
    touched = (datetime.now(UTC) - timedelta(seconds=silence_seconds)).isoformat()
    with case._database.write() as connection:
        connection.execute("UPDATE run SET owner = ?, touched = ?", (replace(own_mark(), **changes).to_text(), touched))


def test_a_new_run_comes_back_as_it_was_started(run: RunRow, weights: Weights, software: Software, case: Case) -> None:
    assert (run.run_id, run.evidence_id, run.state, run.finished) == (1, 1, RunState.RUNNING, None)
    assert run.settings.sampling.value == 29.97002997
    assert (run.weights, run.software) == (weights, software)
    assert run.planned.tolist() == list(range(10))
    assert run.planned.dtype == np.int64
    assert not run.planned.flags.writeable
    assert timedelta(0) <= datetime.now(UTC) - run.started < timedelta(minutes=1)
    assert case.runs()[0].settings == run.settings


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.INTERRUPTED])
def test_an_unfinished_run_of_the_same_facts_is_resumed(
    case: Case, run: RunRow, start: Callable, make_frame: Callable, state: RunState
) -> None:
    case.append(run.run_id, make_frame(0))
    case.finish_run(run.run_id, state)
    assert case.runs()[0].state is state
    assert case.runs()[0].finished is not None
    again = start(case, run.evidence_id)
    assert (again.run_id, again.state, again.finished) == (run.run_id, RunState.RUNNING, None)
    assert again.started == run.started
    case.append(run.run_id, make_frame(1))
    assert case.done_indices(run.run_id).tolist() == [0, 1]


def test_a_finished_run_is_not_resumed(case: Case, run: RunRow, start: Callable) -> None:
    case.finish_run(run.run_id, RunState.FINISHED)
    assert start(case, run.evidence_id).run_id == 2
    assert [row.state for row in case.runs()] == [RunState.FINISHED, RunState.RUNNING]


def test_other_facts_add_a_run(
    case: Case, run: RunRow, start: Callable, weights: Weights, software: Software, make_evidence: Callable
) -> None:
    case.finish_run(run.run_id, RunState.CANCELLED)
    other = case.add_evidence(make_evidence(Path("/v/other.mp4"), "ef" * 32))
    same = (run.evidence_id, run.settings, weights, software, run.planned)
    for place, value in (
        (0, other),
        (1, replace(run.settings, min_face_px=99)),
        (2, replace(weights, sha256="00" * 32)),
        (3, replace(software, device="NVIDIA H100")),
        (3, replace(software, detector_sha256="00" * 32)),
        (3, replace(software, versions=(("lav", "0.2.0"),))),
        (4, np.arange(11, dtype=np.int64)),
    ):
        facts = list(same)
        facts[place] = value
        assert case.start_run(*facts).run_id > run.run_id
    assert case.start_run(*same).run_id == run.run_id
    assert len(case.runs()) == 8
    assert [row.evidence_id for row in case.runs(other)] == [other]


def test_the_name_of_the_weights_does_not_matter_where_their_hash_is_the_same(
    case: Case, run: RunRow, weights: Weights, software: Software
) -> None:
    case.finish_run(run.run_id, RunState.CANCELLED)
    renamed = replace(weights, name="lvnet.renamed")
    assert case.start_run(1, run.settings, renamed, software, run.planned).run_id == run.run_id


def test_a_run_of_no_evidence_is_refused(case: Case, start: Callable) -> None:
    with pytest.raises(SessionError):
        start(case, 5)
    assert case.runs() == ()


def test_a_run_that_nobody_ended_is_interrupted_when_the_case_closes(case: Case, run: RunRow) -> None:
    case.close()
    with Case.open(case.path, read_only=True) as reader:
        assert reader.run(run.run_id).state is RunState.INTERRUPTED
        assert reader.run(run.run_id).finished is not None
        assert reader.audit_log()[-1].details == {
            "run_id": 1,
            "state": "interrupted",
            "frames_done": 0,
            "gaps": 0,
        }


def test_a_run_whose_process_died_is_interrupted_and_the_next_writer_notes_it(case: Case, run: RunRow) -> None:
    _set_owner(case, started=1.0)
    assert case.run(run.run_id).state is RunState.INTERRUPTED
    with Case.open(case.path) as other:
        assert [entry.action for entry in other.audit_log()[-2:]] == ["run.end", "case.open"]


@pytest.mark.parametrize(("silence_seconds", "state"), [(30, RunState.RUNNING), (3600, RunState.INTERRUPTED)])
def test_a_run_of_another_computer_counts_while_it_writes(
    case: Case, run: RunRow, silence_seconds: float, state: RunState
) -> None:
    _set_owner(case, silence_seconds, host="another computer")
    assert case.run(run.run_id).state is state


def test_a_run_that_goes_on_elsewhere_is_not_started_twice(case: Case, run: RunRow, start: Callable) -> None:
    _set_owner(case, host="another computer", pid=4711)
    with Case.open(case.path) as other, pytest.raises(SessionError, match="process 4711 of another computer"):
        start(other, run.evidence_id)


def test_a_run_ends_once_and_not_as_running(case: Case, run: RunRow) -> None:
    with pytest.raises(ValueError, match="cannot end as running"):
        case.finish_run(run.run_id, RunState.RUNNING)
    case.finish_run(run.run_id, RunState.FINISHED)
    with pytest.raises(SessionError, match="is not running here"):
        case.finish_run(run.run_id, RunState.CANCELLED)


def test_a_run_that_is_not_there_is_told(case: Case) -> None:
    with pytest.raises(SessionError, match="has no run 3"):
        case.run(3)


def test_start_resume_and_end_are_logged_with_what_was_chosen(
    case: Case, run: RunRow, start: Callable, make_frame: Callable
) -> None:
    case.append(run.run_id, make_frame(0))
    case.append(run.run_id, Gap(1, 512, "no picture"))
    case.finish_run(run.run_id, RunState.CANCELLED)
    start(case, run.evidence_id)
    begun, ended, resumed = case.audit_log()[-3:]
    assert (begun.action, ended.action, resumed.action) == ("run.start", "run.end", "run.resume")
    assert begun.details["weights"] == {"name": "lvnet.self_blend", "sha256": "ab" * 32}
    assert begun.details["settings"]["sampling"] == ["fps", 29.97002997]
    assert begun.details["software"]["device"] == "cpu"
    assert ended.details == {"run_id": 1, "state": "cancelled", "frames_done": 1, "gaps": 1}
    assert resumed.details == {"run_id": 1, "frames_done": 1, "gaps": 1}


def test_the_newest_run_of_each_video_is_found(
    case: Case, evidence_id: int, make_evidence: Callable[..., Evidence], tmp_path: Path, start: Callable[..., RunRow]
) -> None:
    other = case.add_evidence(make_evidence(tmp_path / "other.mp4", sha256="ab" * 32))
    case.add_evidence(make_evidence(tmp_path / "third.mp4", sha256="cd" * 32))
    made = [start(case, number, frames=frames) for number, frames in ((other, 5), (evidence_id, 6), (evidence_id, 7))]
    found = case.newest_runs()
    assert {run.evidence_id: run.run_id for run in found} == {other: made[0].run_id, evidence_id: made[2].run_id}
    assert found[0].state is made[0].state
