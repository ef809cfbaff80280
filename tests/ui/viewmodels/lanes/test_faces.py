"""Where faces were seen, lost, too small, or not there."""

from dataclasses import replace

import numpy as np

from lav_gui.ui.viewmodels.lanes.faces import NO_FACES, face_spans
from lav_gui.ui.viewmodels.results import Judged


def test_a_face_is_present_or_lost_between_its_ends(judged: Judged) -> None:
    first, second = face_spans(judged).rows
    assert (first.track_id, second.track_id) == (1, 2)
    assert (first.present.first.tolist(), first.present.last.tolist()) == ([0, 28], [19, 40])
    assert (first.lost.first.tolist(), first.lost.last.tolist()) == ([20], [27])
    assert (second.present.first.tolist(), len(second.lost)) == ([10], 0)


def test_frames_without_a_face_and_with_one_too_small_are_apart(judged: Judged) -> None:
    spans = face_spans(judged)
    assert (spans.small.first.tolist(), spans.small.last.tolist()) == ([42], [47])
    assert (spans.empty.first.tolist(), spans.empty.last.tolist()) == ([48], [54])


def test_a_face_that_is_left_out_still_counts_as_seen(judged: Judged) -> None:
    verdict = replace(judged.verdict, tracks=judged.verdict.tracks[1:])
    assert not face_spans(replace(judged, verdict=verdict)).empty.holds(2)


def test_nothing_is_made_of_nothing(judged: Judged) -> None:
    assert face_spans(None) is NO_FACES
    nobody = replace(judged, verdict=replace(judged.verdict, tracks=()), measured=(), small=np.empty(0, np.int64))
    assert face_spans(nobody).empty.first.tolist() == [0]
    assert len(face_spans(replace(nobody, analyzed=np.empty(0, np.int64))).empty) == 0
