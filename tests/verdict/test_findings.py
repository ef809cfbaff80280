from dataclasses import replace

import numpy as np

from lav_gui.records import Reason
from lav_gui.settings import AnalysisSettings
from lav_gui.verdict.edits import EditKind, TrackEdit
from lav_gui.verdict.findings import not_judged, speaks_against, speaks_for, unjudged_faces

SETTINGS = AnalysisSettings(smoothing_seconds=0.2)


def _texts(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.text for reason in reasons]


def test_spans_and_scores_are_told_with_frames_and_seconds(gather, make_series, weights, media) -> None:
    logits = np.full(300, -3.0)
    logits[90:150] = 2.5
    logits[120:130] = 3.0
    tracks = [make_series(logits, 1), make_series(np.full(300, -2.6), 2), make_series(np.full(300, 2.0), 3)]
    basis = gather(tracks, weights, SETTINGS, media, 300)
    high = "stays high (above or near the threshold)"
    assert _texts(speaks_for(basis)) == [
        "Face 3 as a whole scores 0.88 and reaches the threshold 0.60.",
        f"Face 1 {high} from 3.00 s to 4.97 s (frames 90-149), peak 0.95 at frame 120.",
        f"Face 3 {high} from 0.00 s to 9.97 s (frames 0-299), peak 0.88 at frame 0.",
    ]
    assert _texts(speaks_against(basis)) == [
        "Face 1 as a whole scores 0.13, below the threshold 0.60.",
        "Face 2 nowhere stays high and as a whole scores 0.07, below the threshold 0.60.",
    ]


def test_frames_below_the_threshold_speak_against_a_high_face(gather, make_series, weights, media) -> None:
    basis = gather([make_series([3.0] * 8 + [-1.0] * 2)], weights, SETTINGS, media, 300)
    assert _texts(speaks_against(basis)) == ["Face 1 lies below the threshold in 2 of its 10 analyzed frames."]


def test_a_long_list_of_spans_is_cut_and_counted(gather, make_series, weights, media) -> None:
    logits = np.tile(np.repeat([3.0, -3.0], 30), 8)
    basis = gather([make_series(logits)], weights, SETTINGS, media, 480)
    codes = [reason.code for reason in speaks_for(basis)]
    assert codes == ["segment"] * 5 + ["more_segments"]
    assert speaks_for(basis)[-1].text == "Further spans in which a face stays high: 3."


def test_a_span_of_one_frame_is_told_as_one(gather, make_series, weights, media) -> None:
    basis = gather([make_series([-3.0, -3.0, 3.0, -3.0], step_seconds=1.0)], weights, SETTINGS, media, 4)
    assert "Face 1 is high in frame 2 at 2.00 s: 0.95." in _texts(speaks_for(basis))


def test_a_network_that_means_nothing_speaks_neither_for_nor_against(gather, make_series, untrained, media) -> None:
    basis = gather([make_series([9.0] * 50, 1), make_series([-9.0] * 50, 2)], untrained, SETTINGS, media, 50)
    assert speaks_for(basis) == speaks_against(basis) == ()


def test_what_was_not_judged_is_listed(gather, make_series, weights, media) -> None:
    tracks = [
        make_series([0.0] * 9, 1),
        make_series([0.0] * 2, 3, first=20),
        make_series([-1.0] * 9, 4, sharpness=np.full(9, 1.0)),
        make_series([0.0] * 9, 6, first=40),
    ]
    unknown = replace(media, bit_rate=None)
    basis = gather(tracks, weights, SETTINGS, unknown, 240, edits=[TrackEdit(EditKind.EXCLUDE, 6)])
    assert _texts(not_judged(basis)) == [
        "220 of 240 analyzed frames show no face of at least 40 px.",
        "60 of the 300 frames of the file were not analyzed.",
        "Left out by the examiner: face 6.",
        "Seen in fewer than 3 analyzed frames and not judged: face 3.",
        "Outside the tested conditions and not judged: face 4.",
        "The number of bits per pixel of this video is not known and was not compared with the tested range.",
    ]
    assert [(face, reason.text) for face, reason in unjudged_faces(basis)] == [
        (3, "Seen in fewer than 3 analyzed frames and not judged: face 3."),
        (4, "The sharpness of face 4 is 1, outside the tested 20 to 3000."),
        (6, "Left out by the examiner: face 6."),
    ]


def test_a_video_in_which_all_was_judged_has_no_such_list(gather, make_series, weights, media) -> None:
    basis = gather([make_series([0.0] * 300)], weights, SETTINGS, media, 300)
    assert not_judged(basis) == unjudged_faces(basis) == ()
