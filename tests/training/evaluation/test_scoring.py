from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from lav_gui.engine.scorer import FaceScorer
from lav_gui.errors import ModelError, TrainingError
from lav_gui.faces.geometry import crop_affine, cut_crop
from lav_gui.records import Contributions, FaceCrop, Frame, Stage
from lav_gui.steps import run_to_end
from lav_gui.training.evaluation.scoring import (
    ScoredFace,
    ScoringSettings,
    alone,
    choose_rows,
    cut_face,
    evenly_spaced,
    open_runner,
    score_faces,
)
from lav_gui.training.pictures.degradation import Degradation
from lav_gui.training.sets.index import FaceRow
from lav_gui.training.sets.store import PreparedSet
from model_zoo.networks import LVNet
from model_zoo.weights_record import Weights

CPU = ScoringSettings(device="cpu", batch_size=3)


def _scored(
    prepared: PreparedSet, weights: Weights, network: LVNet, settings: ScoringSettings, most: int = 3
) -> tuple[ScoredFace, ...]:
    runner = open_runner(weights, settings, network)
    return run_to_end(score_faces(prepared, prepared.rows[:most], weights, settings, runner))


def test_the_numbers_are_the_very_ones_of_the_analysis(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    row = prepared.rows[2]
    frame = cv2.imread(str(prepared.folder / row.patch))[:, :, ::-1]
    affine = crop_affine(row.box_xyxy, weights.input_size, 1.35, row.pixel_aspect)
    crop = FaceCrop(0, 1, row.box_xyxy, 0.9, cut_crop(frame, affine, weights.input_size), affine)
    scorer = FaceScorer(weights, "cpu", 0, 1, network=make_network())
    whole = Frame(0, 0, row.pixel_aspect, np.ascontiguousarray(frame))
    wanted = next(scorer.results([whole], [crop], row.pixel_aspect, ordinals=[0])).faces[0]
    found = _scored(prepared, weights, make_network(), CPU)[2]
    assert found.logit == wanted.logit
    assert np.array_equal(found.heatmap, wanted.heatmap)
    assert found.sharpness == wanted.sharpness


def test_each_batch_reports_before_it_is_scored(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    steps = score_faces(prepared, prepared.rows[:4], weights, CPU, open_runner(weights, CPU, make_network()))
    assert list(steps) == [Stage("scoring faces", done, 4) for done in (0, 3, 4)]


def test_a_network_in_memory_stays_as_it_is(weights: Weights, make_network: Callable[[], LVNet]) -> None:
    network = make_network().train()
    open_runner(weights, CPU, network)
    assert network.training
    assert any(isinstance(layer, torch.nn.BatchNorm2d) for layer in network.modules())


def test_each_stream_alone_is_the_network_with_the_other_at_its_baseline(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    settings = replace(CPU, streams=True)
    face = _scored(prepared, weights, make_network(), settings, most=1)[0]
    image = cut_face(prepared.patch(face.row), weights.input_size, settings).image
    rgb = torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float() / 127.5 - 1
    network = make_network()
    residual = network.residual(rgb)
    for logit, inputs in (
        (face.logit, (rgb, residual)),
        (face.rgb_logit, (rgb, torch.zeros_like(residual))),
        (face.noise_logit, (torch.zeros_like(rgb), residual)),
    ):
        answer = network(*inputs).class_logits[0]
        assert float(answer[1] - answer[0]) == pytest.approx(logit, abs=2e-3)
    assert face.logit_of("rgb") == face.rgb_logit != face.noise_logit == face.logit_of("noise")


def test_the_margins_of_single_streams_come_back_from_the_shapley_values() -> None:
    both, rgb, noise, none = 5.0, 2.0, 1.0, -0.5
    interaction = both - rgb - noise + none
    parts = Contributions(((rgb - none) + (both - noise)) / 2, ((noise - none) + (both - rgb)) / 2, interaction, none)
    assert alone(parts) == pytest.approx((rgb, noise))


def test_a_heatmap_is_compared_where_the_forged_part_is_known(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    faces = _scored(prepared, weights, make_network(), CPU)
    real, fake = faces[0].localization, faces[2].localization
    assert real is not None
    assert np.isnan(real.pixel_auc)
    assert fake is not None
    assert 0 <= fake.pixel_auc <= 1


def test_damage_is_done_before_the_crop_is_cut_and_is_the_same_each_time(prepared: PreparedSet) -> None:
    patch = prepared.patch(prepared.rows[0])
    noisy = replace(CPU, degradation=Degradation("noise", 20))
    first, again = (cut_face(patch, 64, noisy).image for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, cut_face(patch, 64, CPU).image)
    assert not np.array_equal(first, cut_face(patch, 64, replace(noisy, seed=1)).image)


def test_an_answer_that_is_no_number_is_refused(
    prepared: PreparedSet, weights: Weights, make_network: Callable[[], LVNet]
) -> None:
    network = make_network()
    for tensor in network.parameters():
        tensor.fill_(torch.nan)
    with pytest.raises(ModelError, match="is not a number"):
        _scored(prepared, weights, network, CPU)


def test_weights_that_cannot_be_loaded_are_a_model_error(weights: Weights) -> None:
    with pytest.raises(ModelError, match="lacks"):
        open_runner(replace(weights, architecture="other"), CPU)


def test_rows_are_chosen_by_split_and_evenly_over_the_whole_track(make_row: Callable[..., FaceRow]) -> None:
    rows = [make_row("a", 0, frame) for frame in range(30)] + [make_row("b", 1, 5), make_row("c", split="train")]
    chosen = choose_rows(rows, ScoringSettings(frames_per_video=3))
    assert [(row.source, row.frame_index) for row in chosen] == [("a", 5), ("a", 15), ("a", 25), ("b", 5)]
    assert len(choose_rows(rows, ScoringSettings(split="all"))) == 32
    assert [row.source for row in choose_rows(rows, ScoringSettings(split="train"))] == ["c"]


def test_a_limit_of_frames_counts_for_each_track(make_row: Callable[..., FaceRow]) -> None:
    rows = [make_row("a", 0, frame, track_id=track) for frame in range(4) for track in (1, 2)]
    assert len(choose_rows(rows, ScoringSettings(frames_per_video=1))) == 2


def test_few_are_taken_whole() -> None:
    assert evenly_spaced("abc", 5) == ["a", "b", "c"]
    assert evenly_spaced("abc", 0) == ["a", "b", "c"]
    assert evenly_spaced("abcd", 2) == ["b", "d"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"split": "dev"}, "split"),
        ({"batch_size": 0}, "batch"),
        ({"margin": 4}, "margin"),
        ({"frames_per_video": -1}, "frames"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(TrainingError, match=words):
        ScoringSettings(**values)  # type: ignore[arg-type]
