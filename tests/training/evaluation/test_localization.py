import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from lav_gui.training.evaluation import localization
from lav_gui.training.evaluation.localization import localize, upsample

MASK = np.zeros((8, 8), np.uint8)
MASK[:4, :4] = 255  # the upper left of 2 x 2 cells


def _heatmap(*values: float) -> np.ndarray:
    return np.array(values, np.float16).reshape(2, 2)


def test_a_heatmap_that_is_the_mask_is_perfect() -> None:
    found = localize(_heatmap(1, 0, 0, 0), MASK)
    assert found == localization.Localization(1.0, 1.0, 1.0, 1.0, 1.0)


def test_one_cell_too_many_halves_the_intersection_over_union() -> None:
    found = localize(_heatmap(0.9, 0.5, 0.4, 0.1), MASK)
    assert found.pixel_iou == 0.5
    assert found.cell_iou == 0.5
    assert found.patch_accuracy == 0.75
    assert found.pixel_auc == 1.0


def test_pixels_and_cells_differ_where_the_mask_cuts_a_cell() -> None:
    mask = MASK.copy()
    mask[:4, 4:5] = 255  # a quarter of the upper right cell: not forged as a cell
    heatmap = _heatmap(1, 0, 0, 0)
    assert localization.cell_iou(heatmap, mask) == 1.0
    assert localization.pixel_iou(heatmap, mask) == pytest.approx(16 / 20)
    mask[:4, 4:6] = 255  # half of it: forged
    assert localization.cell_iou(heatmap, mask) == 0.5
    assert localization.patch_accuracy(heatmap, mask) == 0.75


def test_the_pixel_auc_is_that_of_all_pixels_of_the_crop_one_by_one() -> None:
    rng = np.random.default_rng(0)
    heatmap = rng.random((5, 5))
    mask = np.where(rng.random((33, 33)) < 0.3, np.uint8(255), np.uint8(0))
    shown = upsample(heatmap, 33)
    wanted = roc_auc_score((mask > 0).ravel(), shown.ravel())
    assert localization.pixel_auc(heatmap, mask) == pytest.approx(wanted)


def test_a_heatmap_is_enlarged_in_cells_by_the_centers_of_the_pixels() -> None:
    shown = upsample(np.array([[0.0, 1.0], [2.0, 3.0]]), 5)
    assert shown[0].tolist() == [0, 0, 1, 1, 1]
    assert shown[:, 0].tolist() == [0, 0, 2, 2, 2]


def test_the_pointing_game_asks_for_the_center_of_the_highest_cell() -> None:
    assert localization.pointing_game(_heatmap(0.2, 0.1, 0.1, 0.1), MASK) == 1.0
    assert localization.pointing_game(_heatmap(0.1, 0.2, 0.1, 0.1), MASK) == 0.0
    assert localization.pointing_game(_heatmap(0.2, 0.2, 0.1, 0.1), MASK) == 0.5


def test_where_nothing_is_forged_there_is_nothing_to_find() -> None:
    found = localize(_heatmap(0.9, 0.1, 0.1, 0.1), np.zeros((8, 8), np.uint8))
    assert found.patch_accuracy == 0.75
    assert all(math.isnan(v) for v in (found.pixel_auc, found.pixel_iou, found.cell_iou, found.pointing_game))


def test_a_mask_smaller_than_a_cell_has_pixels_but_no_cell() -> None:
    mask = np.zeros((8, 8), np.uint8)
    mask[0, 0] = 255
    found = localize(_heatmap(1, 0, 0, 0), mask)
    assert found.pixel_iou == pytest.approx(1 / 16)
    assert math.isnan(found.cell_iou)


def test_a_crop_smaller_than_the_heatmap_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        localize(_heatmap(1, 0, 0, 0), np.zeros((1, 1), np.uint8))
