import xml.etree.ElementTree as ET
from collections.abc import Callable

import numpy as np
import pytest

from lav_gui.training.evaluation import figures
from lav_gui.training.evaluation.robustness import Curve, Robustness
from lav_gui.training.evaluation.tables import Figure, Part
from lav_gui.training.pictures.degradation import KINDS, Degradation
from model_zoo.weights_record import Weights

LABELS = np.array([0, 0, 0, 1, 1, 1])
LOGITS = np.array([-2.0, -1.0, 0.5, 0.0, 1.0, 2.0])
PARTS = [("all", LABELS, LOGITS), ("FF++", LABELS[1:], LOGITS[1:])]


def _part(value: float, low: float) -> Part:
    return Part("robustness", "x", 3, 3, 6, (Figure("AUC", value, low, 0.9),))


CURVE = Curve(
    "H.264 CRF", (Degradation("h264", 23), Degradation("h264", 40)), (_part(0.8, 0.7), _part(0.6, float("nan")))
)
DRAWINGS: dict[str, Callable[[Weights, str], bytes]] = {
    "roc": lambda _, kind: figures.roc_figure(PARTS, kind),
    "det": lambda _, kind: figures.det_figure(PARTS, kind),
    "reliability": lambda weights, kind: figures.reliability_figure(LABELS, weights.fake_prob(LOGITS), kind),
    "histogram": lambda weights, kind: figures.histogram_figure(LABELS, LOGITS, weights, kind),
    "tippett": lambda weights, kind: figures.tippett_figure(LABELS, LOGITS, weights, kind),
    "robustness": lambda _, kind: figures.robustness_figure(CURVE, Robustness(_part(0.85, 0.8), (CURVE,)), kind),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_figure_is_a_drawing_and_the_same_each_time(name: str, weights: Weights) -> None:
    drawing = DRAWINGS[name](weights, "svg")
    assert ET.fromstring(drawing).tag.endswith("svg")
    assert drawing == DRAWINGS[name](weights, "svg")


def test_every_kind_of_damage_has_a_unit_for_its_axis() -> None:
    assert set(figures.UNITS) == set(KINDS)


def test_a_figure_can_be_a_picture(weights: Weights) -> None:
    assert DRAWINGS["roc"](weights, "png").startswith(b"\x89PNG")


def test_scores_that_are_all_equal_can_be_drawn(weights: Weights) -> None:
    equal = np.zeros(6)
    assert figures.histogram_figure(LABELS, equal, weights)
    assert figures.tippett_figure(LABELS, equal, weights)
    assert figures.det_figure([("all", LABELS, equal)])
