"""Names of faces after the examiner's edits."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from lav_gui.media.inspect import inspect_file
from lav_gui.records import TrackSeries
from lav_gui.settings import AnalysisSettings
from lav_gui.ui.viewmodels.results import Judged, RunFacts
from lav_gui.ui.viewmodels.tracks import chief_face, face_rows, free_name, left_out, name_at
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.judge import judge
from lav_gui.verdict.sentences import say
from model_zoo.weights_record import Weights

EXCLUDE_2 = TrackEdit(EditKind.EXCLUDE, 2)
LEFT_OUT_2 = ((2, say("faces_left_out", tracks="2")),)
MERGE = TrackEdit(EditKind.MERGE, 1, 3)
SPLIT = TrackEdit(EditKind.SPLIT, 1, 4, 20)


def judged(clip: Path, weights: Weights, *edits: TrackEdit) -> Judged:
    media = inspect_file(clip).media
    index = np.arange(0, 40, dtype=np.int64)
    measured = tuple(
        TrackSeries(number, part, part / 12, *(np.full(len(part), float(number)) for _ in range(6)))
        for number, part in ((1, index), (2, index), (3, np.arange(40, 50, dtype=np.int64)))
    )
    settings = AnalysisSettings()
    verdict = judge(measured, weights, settings, media, 50, edits=edits)
    return Judged(verdict, measured, RunFacts(1, weights, settings, media, np.arange(50), edits), 50)


def test_merged_and_split_faces_bear_their_new_number() -> None:
    assert name_at(3, 45, (MERGE,)) == 1
    assert name_at(1, 19, (SPLIT,)) == 1
    assert name_at(1, 20, (SPLIT,)) == 4
    assert name_at(3, 45, (MERGE, SPLIT)) == 4
    assert name_at(2, 45, (MERGE, SPLIT, EXCLUDE_2)) == 2
    assert left_out((MERGE, EXCLUDE_2)) == {2}


def test_a_new_face_gets_a_number_that_nobody_has(demo_clip: Path, trained_weights: Weights) -> None:
    assert free_name(judged(demo_clip, trained_weights)) == 4
    assert free_name(judged(demo_clip, trained_weights, SPLIT)) == 5
    assert free_name(judged(demo_clip, trained_weights, SPLIT), ended=False) == 10_000


def test_the_table_shows_faces_that_are_left_out_too(demo_clip: Path, trained_weights: Weights) -> None:
    rows = face_rows(judged(demo_clip, trained_weights, EXCLUDE_2, MERGE))
    assert [(row.track_id, row.included) for row in rows] == [(1, True), (2, False)]
    assert rows[0].frame_count == 50
    assert (rows[1].first_frame, rows[1].last_frame, rows[1].frame_count) == (0, 39, 40)
    assert rows[1].fake_prob is None


def test_a_face_without_part_in_the_verdict_says_why_and_is_not_the_chief_one(
    demo_clip: Path, trained_weights: Weights
) -> None:
    found = judged(demo_clip, trained_weights, EXCLUDE_2)
    reason = say("faces_outside", tracks="3")
    found = replace(found, verdict=replace(found.verdict, unjudged=(*LEFT_OUT_2, (3, reason))))
    assert [row.unjudged for row in face_rows(found)] == [None, LEFT_OUT_2[0][1], reason]
    assert chief_face(found.verdict) == 1


def test_the_chief_face_is_the_one_with_the_highest_score(demo_clip: Path, trained_weights: Weights) -> None:
    assert chief_face(judged(demo_clip, trained_weights).verdict) == 3
    assert chief_face(None) is None
