"""The queue of a case outlives the window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lav_gui.errors import SessionError
from lav_gui.records import Evidence
from lav_gui.session import Case, QueueRow
from lav_gui.settings import AnalysisSettings, Sampling


def test_the_queue_comes_back_in_its_order_with_settings_and_reasons(
    case: Case, evidence_id: int, case_path: Path, make_evidence: Callable[..., Evidence]
) -> None:
    other = case.add_evidence(make_evidence(Path("/v/b.mp4"), "bc" * 32))
    rows = (
        QueueRow(other, AnalysisSettings(sampling=Sampling.parse("every:3"), from_seconds=0.1)),
        QueueRow(evidence_id, AnalysisSettings(), "no face — 臉"),
    )
    assert case.queue() == ()
    case.set_queue(rows)
    with Case.open(case_path, read_only=True) as again:
        assert again.queue() == rows
    case.set_queue(rows[:1])
    assert case.queue() == rows[:1]


def test_a_queue_holds_videos_of_its_case_once(case: Case, evidence_id: int) -> None:
    row = QueueRow(evidence_id, AnalysisSettings())
    case.set_queue((row,))
    for wrong in ((row, row), (QueueRow(99, AnalysisSettings()),)):
        with pytest.raises(SessionError):
            case.set_queue(wrong)
    assert case.queue() == (row,)
