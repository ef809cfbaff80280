import math
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from lav_gui.training.evaluation.document import Evaluation
from lav_gui.training.evaluation.exposure import CALIBRATED, CHOSEN, TRAINED, SetUse
from lav_gui.training.evaluation.page import curve_parts, page, write_page
from lav_gui.training.evaluation.robustness import Curve, Robustness
from lav_gui.training.evaluation.samples import Sample
from lav_gui.training.evaluation.tables import Figure, Judge, Part, all_figures, cuts, pair_parts, part_of
from lav_gui.training.evaluation.videos import VideoScore, groups_of, labels_of, logits_of
from lav_gui.training.pictures.degradation import Degradation
from model_zoo.weights_record import Calibration, Weights

VOID = {"meta", "img", "br"}


class _Balance(HTMLParser):
    """Checks that each element that is opened is closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _evaluation(weights: Weights, videos: tuple[VideoScore, ...], name: str = "<set> & co") -> Evaluation:
    judge = Judge(weights, resamples=100)
    labels = labels_of(videos)
    fakes = int(labels.sum())
    figures = all_figures(labels, logits_of(videos), groups_of(videos), judge)
    whole = Part("all", "videos", len(labels) - fakes, fakes, len(videos), figures)
    level = part_of("robustness", "H.264 CRF 40", videos, judge)
    return Evaluation(
        weights=weights,
        set_name=name,
        set_sha256="0" * 64,
        packed_from="",
        notes=(),
        settings=(("split", "test"),),
        created="2026-11-24",
        videos=videos,
        whole=whole,
        frames=replace(whole, unit="frames"),
        parts=tuple(part_of(*cut, judge) for cut in cuts(videos)),
        pairs=pair_parts(videos, judge),
        rules=(level,),
        streams=(level,),
        localization=(level,),
        robustness=Robustness(level, (Curve("H.264 CRF", (Degradation("h264", 40),), (level,)),)),
    )


@pytest.fixture
def videos(make_video: Callable[..., VideoScore]) -> tuple[VideoScore, ...]:
    return tuple(
        make_video(f"{i}", label, label + i / 3, dataset=dataset)
        for dataset in ("FF++", "Celeb-DF")
        for label in (0, 1)
        for i in range(4)
    )


SAMPLE = Sample("real: highest", "FF++/real/c23/1", 7, 0.25, math.nan, np.zeros((8, 24, 3), np.uint8))


def test_the_page_is_whole_and_needs_nothing_else(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    text = page(_evaluation(weights, videos), [SAMPLE])
    reader = _Balance()
    reader.feed(text)
    assert reader.open == []
    assert len(reader.links) == 5 + 1 + 1
    assert all(link.startswith("data:image/") for link in reader.links)
    assert "<script" not in text


def test_names_from_outside_are_text_not_markup(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    text = page(_evaluation(weights, videos), [])
    assert "&lt;set&gt; &amp; co" in text
    assert "<set>" not in text


def test_every_section_is_there_and_every_figure_has_its_interval(
    weights: Weights, videos: tuple[VideoScore, ...]
) -> None:
    evaluation = _evaluation(weights, videos)
    text = page(evaluation, [SAMPLE])
    for title in ("Curves", "All figures", "Parts of the set", "Localization", "Each stream alone", "Robustness"):
        assert f"<h2>{title}</h2>" in text
    auc = evaluation.whole.figure("AUC")
    assert f"{auc.value:.3f}" in text
    assert f"{auc.low:.3f} to {auc.high:.3f}" in text
    assert "not calibrated" in text


def test_a_calibration_is_named(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    ready = replace(weights, calibration=Calibration(1.0, 0.0, "twenty videos"))
    assert "Calibrated on twenty videos." in page(_evaluation(ready, videos), [])


def test_the_hash_of_a_calibrations_set_stands_at_the_end_only(
    weights: Weights, videos: tuple[VideoScore, ...]
) -> None:
    source = SetUse("tuning", "3" * 64, "", "val").told()
    text = page(_evaluation(replace(weights, calibration=Calibration(1.0, 0.0, source)), videos), [])
    assert "Calibrated on tuning, split val." in text
    assert text.count("3" * 64) == 1


def test_videos_that_were_seen_before_are_told_before_any_figure(
    weights: Weights, videos: tuple[VideoScore, ...]
) -> None:
    evaluation = _evaluation(weights, videos)
    assert "Attention" not in page(evaluation, [])
    text = page(replace(evaluation, notes=(TRAINED, CHOSEN)), [])
    told = (
        "Attention: these videos were trained on; these videos chose the checkpoint. The figures below are no evidence"
    )
    assert text.index(told) < text.index('class="card"')
    mild = page(replace(evaluation, notes=(CHOSEN,)), [])
    assert "Note: these videos chose the checkpoint." in mild
    assert "Attention" not in mild


def test_cross_fitted_figures_have_a_table_and_those_of_the_same_videos_are_marked(
    weights: Weights, videos: tuple[VideoScore, ...]
) -> None:
    evaluation = _evaluation(weights, videos)
    mark = "(of the videos calibrated on)"
    without = page(evaluation, [])
    assert "Cross-fitted" not in without
    assert mark not in without
    figures = tuple(Figure(name, 0.123, 0.111, 0.222) for name in ("Brier", "Brier of the base rate", "Cllr"))
    crossed = Part("cross-fitted", "7 folds of people", 8, 8, 8, figures)
    text = page(replace(evaluation, cross_fitted=crossed, notes=(CALIBRATED,)), [])
    section = text[text.index("<h2>Cross-fitted</h2>") : text.index("<h2>Parts of the set</h2>")]
    assert "dealt into 7 folds of people" in section
    assert section.count("0.111 to 0.222") == 3
    assert mark not in section
    assert f'<div class="card"><span>Brier {mark}</span>' in text
    assert f"<td>Cllr {mark}</td>" in text
    assert f"accuracy at fake probability 0.500 {mark}" in text
    for name in ("AUC", "TPR at 5 % FPR", "Brier of the base rate", "Cllr at its best calibration"):
        assert f"<td>{name}</td>" in text
    assert "thresholds is no evidence for other videos, but for the table" in text
    reader = _Balance()
    reader.feed(text)
    assert reader.open == []


def test_the_page_says_that_people_are_drawn(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    assert "bootstrap over people" in page(_evaluation(weights, videos), [])


def test_of_one_class_no_curve_is_drawn_and_the_page_says_why(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    text = page(_evaluation(weights, tuple(video for video in videos if video.label == 0)), [])
    assert "No curve can be drawn: there is no fake." in text
    assert "there is no fake" in re.sub("No curve.*?fake", "", text)


def test_the_videos_that_were_judged_worst_are_named_first(
    weights: Weights, make_video: Callable[..., VideoScore]
) -> None:
    logits = (3.0, 1.0, 2.0)
    videos = tuple(make_video(f"{label}-{logit}", label, logit) for label in (0, 1) for logit in logits)
    text = page(_evaluation(weights, videos), [])
    section = text[text.index("Where to look first") :]
    named = [section.index(f"FF++/{kind}") for kind in ("real/c23/0-3.0", "real/c23/0-2.0", "Deepfakes/c23/1-1.0")]
    assert named == sorted(named)


def test_the_page_is_written_whole(weights: Weights, videos: tuple[VideoScore, ...], tmp_path: Path) -> None:
    write_page(_evaluation(weights, videos), [], tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").endswith("</html>\n")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_ranking_of_too_few_videos_is_neither_printed_nor_drawn(
    weights: Weights, make_video: Callable[..., VideoScore]
) -> None:
    def text(count: int) -> str:
        videos = [make_video(f"{i}", label, label + i / 3, dataset="big") for label in (0, 1) for i in range(4)]
        videos += [make_video(f"{i}", label, label + i / 3, dataset="small") for label in (0, 1) for i in range(count)]
        return page(_evaluation(weights, tuple(videos)), [])

    few, enough = text(2), text(3)
    assert "<td>too few</td>" in few[few.index("<h3>By dataset</h3>") :]
    assert "<td>too few</td>" not in enough


def test_a_part_of_the_curves_has_three_of_each_class(weights: Weights, make_video: Callable[..., VideoScore]) -> None:
    counts = {"big": 4, "enough": 3, "small": 2}
    videos = tuple(
        make_video(f"{i}", label, label + i / 3, dataset=name)
        for name, count in counts.items()
        for label in (0, 1)
        for i in range(count)
    )
    assert [name for name, _, _ in curve_parts(_evaluation(weights, videos))] == ["big", "enough"]


def test_the_sweep_says_how_many_frames_it_scored(weights: Weights, videos: tuple[VideoScore, ...]) -> None:
    evaluation = _evaluation(weights, videos)
    told = replace(evaluation, settings=(*evaluation.settings, ("frames per track in the sweep", "4")))
    assert "degraded before the crop is cut; 4 frames of each track are scored" in page(told, [])


def test_cross_fitted_rates_are_no_rates_of_the_stated_thresholds(
    weights: Weights, videos: tuple[VideoScore, ...]
) -> None:
    figures = (Figure("false positives at asked rate 5 %", 0.1, 0.0, 0.2),)
    crossed = Part("cross-fitted", "7 folds of people", 8, 8, 8, figures)
    text = page(replace(_evaluation(weights, videos), cross_fitted=crossed, notes=(CALIBRATED,)), [])
    assert "These are not the thresholds that the weights state." in text
    assert "<td>false positives at target FPR 5 %</td>" in text
