import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.training.evaluation.intervals import clopper_pearson
from lav_gui.training.evaluation.tables import (
    TOO_FEW,
    Judge,
    all_figures,
    cuts,
    is_of_too_few,
    pair_parts,
    part_of,
    rate,
    shown_name,
)
from lav_gui.training.evaluation.videos import VideoScore, groups_of, labels_of, logits_of
from model_zoo.weights_record import Calibration, Envelope, OperatingPoint, Weights

VideoMaker = Callable[..., VideoScore]


@pytest.fixture
def judge(weights: Weights) -> Judge:
    point = OperatingPoint(0.7, 0.05, (0.0, 0.1), 0.9, (0.8, 1.0))
    ready = replace(weights, calibration=Calibration(2.0, 0.0, "here"), operating_points=(point,))
    return Judge(ready, resamples=100)


@pytest.fixture
def videos(make_video: VideoMaker) -> list[VideoScore]:
    """Three originals, each with a Deepfakes fake, the first with a FaceSwap fake too; one real of another dataset."""
    made = [make_video(f"00{i}", 0, -1.0 + i / 10) for i in range(3)]
    made += [make_video(f"00{i}", 1, 1.0 - i, pair=f"FF++/real/c23/00{i}") for i in range(3)]
    made.append(make_video("000", 1, 2.0, method="FaceSwap", pair="FF++/real/c23/000"))
    made.append(make_video("talk", 0, 3.0, dataset="talking", compression="", face_px=300.0))
    return made


def test_every_figure_is_there_and_none_is_a_number_without_reason(judge: Judge, videos: list[VideoScore]) -> None:
    figures = all_figures(labels_of(videos), logits_of(videos), groups_of(videos), judge)
    names = [figure.name for figure in figures]
    for name in ("AUC", "EER", "AP", "TPR at 5 % FPR", "TPR at 1 % FPR", "Brier", "ECE (15 equal bins)", "Cllr"):
        assert name in names
    assert "accuracy at fake probability 0.700" in names
    assert all(figure.note for figure in figures if math.isnan(figure.value) or math.isnan(figure.low))
    assert all(figure.low <= figure.value <= figure.high for figure in figures if not math.isnan(figure.low))


def test_probabilities_are_calibrated_before_they_are_judged(judge: Judge) -> None:
    labels, logits = np.array([0, 1]), np.array([-1.0, 1.0])
    figures = {figure.name: figure for figure in all_figures(labels, logits, ["a", "b"], judge)}
    wanted = (1 / (1 + math.exp(2.0))) ** 2
    assert figures["Brier"].value == pytest.approx(wanted)
    assert figures["Cllr"].value == pytest.approx(math.log2(1 + math.exp(-2.0)))
    assert figures["Brier of the base rate"].value == pytest.approx(0.25)


def test_a_part_of_one_class_says_why_it_has_no_auc_but_how_many_reals_are_called_fake(
    judge: Judge, make_video: VideoMaker
) -> None:
    reals = [make_video(str(i), 0, logit) for i, logit in enumerate((-2.0, -1.0, 0.0, 1.0))]
    part = part_of("dataset", "talking", reals, judge)
    assert (part.reals, part.fakes, part.groups) == (4, 0, 4)
    assert part.figure("AUC").note == "there is no fake"
    called = part.figure("reals called fake at fake probability 0.700")
    assert (called.value, called.note) == (0.25, "1 of 4")
    assert (called.low, called.high) == clopper_pearson(1, 4)
    assert math.isnan(part.figure("fakes called fake at fake probability 0.700").value)


def test_an_unknown_figure_is_an_error(judge: Judge) -> None:
    with pytest.raises(KeyError):
        part_of("dataset", "none", [], judge).figure("F1")


def test_without_a_stored_threshold_one_half_is_judged(weights: Weights) -> None:
    assert Judge(weights).thresholds == (0.5,)


def test_a_method_meets_all_reals_then_those_of_its_dataset_then_its_own_originals(videos: list[VideoScore]) -> None:
    found = {(kind, name): own for kind, name, own in cuts(videos)}
    name = "FF++, FaceSwap"
    assert len(found["method, against all reals", name]) == 1 + 4
    assert len(found["method, against the dataset's reals", name]) == 1 + 3
    assert [video.source for video in found["method, against matched originals", name]] == ["000", "000"]


def test_where_all_reals_are_of_one_dataset_no_table_comes_twice(videos: list[VideoScore]) -> None:
    kinds = [kind for kind, _, _ in cuts([video for video in videos if video.dataset == "FF++"])]
    assert "method, against all reals" in kinds
    assert "method, against the dataset's reals" not in kinds


def test_with_an_envelope_a_set_is_cut_by_the_tested_conditions(videos: list[VideoScore]) -> None:
    envelope = Envelope((96.0, 200.0), (10.0, 900.0), (0.01, 1.0), ("h264",))
    found = {name: own for kind, name, own in cuts(videos, envelope) if kind == "tested conditions"}
    assert [len(own) for own in found.values()] == [7, 1]
    assert list(found) == ["inside", "outside (no verdict)"]
    assert all(96 <= video.face_px <= 200 for video in found["inside"])
    assert "tested conditions" not in {kind for kind, _, _ in cuts(videos)}


def test_a_set_is_cut_by_dataset_compression_and_face_size(videos: list[VideoScore]) -> None:
    found = {(kind, name): len(own) for kind, name, own in cuts(videos)}
    assert found["dataset", "talking"] == 1
    assert found["compression", "c23"] == 7
    assert found["compression", "not stated"] == 1
    assert found["face size", "96 to 160 px"] == 7
    assert found["face size", "256 px and more"] == 1


def test_pairs_compare_each_fake_with_its_own_original(judge: Judge, videos: list[VideoScore]) -> None:
    whole, deepfakes, faceswap = pair_parts(videos, judge)
    assert (whole.name, whole.fakes, whole.reals, whole.groups) == ("all", 4, 3, 3)
    # Deepfakes: 1 above -1, 0 above -.9, -1 below -.8
    assert whole.figure("fake above its original").value == pytest.approx(3 / 4)
    assert deepfakes.figure("fake above its original").value == pytest.approx(2 / 3)
    assert faceswap.figure("fake above its original").note == TOO_FEW
    assert deepfakes.figure("median gap, logit units").value == pytest.approx(0.9)


def _people(make_video: VideoMaker, count: int, videos: int) -> list[VideoScore]:
    """Each person in as many reals as fakes, all in one group by the swaps, as the celebrities of Celeb-DF."""
    rng = np.random.default_rng(2)
    scores = rng.normal([0, 1], size=(count, 2))
    return [
        make_video(f"{i}_{n}", label, scores[i, label], identity=str(i), group="celebrities")
        for i in range(count)
        for n in range(videos)
        for label in (0, 1)
    ]


def test_more_videos_of_the_same_people_do_not_narrow_an_interval(judge: Judge, make_video: VideoMaker) -> None:
    """Fails when two videos of one person are treated as independent."""
    one, many = (part_of("dataset", "x", _people(make_video, 12, n), judge) for n in (1, 6))
    assert one.groups == many.groups == 12
    assert (many.figures[0].low, many.figures[0].high) == pytest.approx((one.figures[0].low, one.figures[0].high))
    alone = [replace(video, identity=video.source) for video in _people(make_video, 12, 6)]
    wrong = part_of("dataset", "x", alone, judge).figures[0]
    assert wrong.high - wrong.low < 0.6 * (many.figures[0].high - many.figures[0].low)


def test_people_who_were_all_swapped_with_each_other_still_give_intervals(judge: Judge, make_video: VideoMaker) -> None:
    """Fails when the bootstrap draws the groups of the splits."""
    videos = _people(make_video, 12, 2)
    figures = all_figures(labels_of(videos), logits_of(videos), groups_of(videos), judge)
    assert not any(math.isnan(figure.low) for figure in figures)


def test_four_fakes_of_one_original_are_no_four_witnesses(judge: Judge, make_video: VideoMaker) -> None:
    """Fails when the pairs are treated as independent."""
    made = [make_video(f"{i}", 0, 0.0) for i in range(6)]
    methods = ("Deepfakes", "FaceSwap", "Face2Face", "NeuralTextures")
    one, four = (
        made
        + [
            make_video(f"{i}", 1, 1.0 if i % 2 else -1.0, method=method, pair=f"FF++/real/c23/{i}")
            for i in range(6)
            for method in methods[:count]
        ]
        for count in (1, 4)
    )
    narrow, wide = (pair_parts(own, judge)[0].figure("fake above its original") for own in (four, one))
    assert (narrow.low, narrow.high) == (wide.low, wide.high)


def test_without_originals_there_are_no_pairs(judge: Judge, make_video: VideoMaker) -> None:
    assert pair_parts([make_video("a", 1, 1.0, pair="FF++/real/c23/a")], judge) == ()


def test_a_rate_of_nothing_is_not_told() -> None:
    assert math.isnan(rate("x", 0, 0).value)


def test_a_ranking_of_two_videos_of_a_class_is_of_too_few_but_a_rate_is_not() -> None:
    assert is_of_too_few("AUC", 34, 2)
    assert is_of_too_few("EER", 2, 34)
    assert not is_of_too_few("AUC", 3, 3)
    assert not is_of_too_few("AUC", 0, 2)  # the figure itself says that there is no real
    assert not is_of_too_few("reals called fake at fake probability 0.700", 34, 2)


def test_tables_print_the_terms_of_the_field() -> None:
    assert shown_name("false positives at asked rate 5 %") == "false positives at target FPR 5 %"
    assert shown_name("pixel_iou") == "pixel IoU"
    assert shown_name("AUC") == "AUC"
