import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from lav_gui.training.evaluation import localization
from lav_gui.training.evaluation.localization import baselines, central_ellipse, localize, upsample

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
    assert localization.localize(heatmap, mask).cell_iou == 1.0
    assert localization.localize(heatmap, mask).pixel_iou == pytest.approx(16 / 20)
    mask[:4, 4:6] = 255  # half of it: forged
    assert localization.localize(heatmap, mask).cell_iou == 0.5
    assert localization.localize(heatmap, mask).patch_accuracy == 0.75


def test_the_pixel_auc_is_that_of_all_pixels_of_the_crop_one_by_one() -> None:
    rng = np.random.default_rng(0)
    heatmap = rng.random((5, 5))
    mask = np.where(rng.random((33, 33)) < 0.3, np.uint8(255), np.uint8(0))
    shown = upsample(heatmap, 33)
    wanted = roc_auc_score((mask > 0).ravel(), shown.ravel())
    assert localization.localize(heatmap, mask).pixel_auc == pytest.approx(wanted)


def test_a_heatmap_is_enlarged_in_cells_by_the_centers_of_the_pixels() -> None:
    shown = upsample(np.array([[0.0, 1.0], [2.0, 3.0]]), 5)
    assert shown[0].tolist() == [0, 0, 1, 1, 1]
    assert shown[:, 0].tolist() == [0, 0, 2, 2, 2]


def test_the_pointing_game_asks_for_the_center_of_the_highest_cell() -> None:
    assert localization.localize(_heatmap(0.2, 0.1, 0.1, 0.1), MASK).pointing_game == 1.0
    assert localization.localize(_heatmap(0.1, 0.2, 0.1, 0.1), MASK).pointing_game == 0.0
    assert localization.localize(_heatmap(0.2, 0.2, 0.1, 0.1), MASK).pointing_game == 0.5


def test_the_pointing_game_looks_at_one_pixel_of_the_cell() -> None:
    mask = np.zeros((8, 8), np.uint8)
    mask[2, 2] = 255
    assert localization.localize(_heatmap(1, 0, 0, 0), mask).pointing_game == 1.0
    assert localization.localize(_heatmap(1, 0, 0, 0), np.roll(mask, 1, axis=0)).pointing_game == 0.0
    assert localization.localize(_heatmap(1, 0, 0, 0), np.roll(mask, -1, axis=1)).pointing_game == 0.0


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


def test_the_ellipse_spans_six_tenths_of_the_crop_around_its_center() -> None:
    ellipse = central_ellipse(100)
    called = ellipse >= localization.THRESHOLD
    assert called.mean() == pytest.approx(math.pi * 0.3**2, abs=0.005)
    assert (called.any(axis=0).sum(), called.any(axis=1).sum()) == (60, 60)
    assert np.array_equal(ellipse, ellipse[::-1, ::-1])
    assert np.array_equal(ellipse, ellipse.T)
    assert len(np.unique(ellipse[50:, 50])) == 50  # the further out, the lower
    assert 0 < ellipse.min() < ellipse.max() <= 1


def test_a_map_of_zeros_ranks_by_chance_and_is_right_where_nothing_is_forged() -> None:
    zero = baselines(localize(_heatmap(1, 0, 0, 0), MASK))["all-zero map"]
    assert (zero.pixel_auc, zero.pixel_iou, zero.cell_iou) == (0.5, 0.0, 0.0)
    assert zero.patch_accuracy == 0.75
    assert zero.pointing_game == 0.25  # of all cells, as all are equally high
    assert baselines(localize(_heatmap(1, 0, 0, 0), np.zeros((8, 8), np.uint8)))["all-zero map"].patch_accuracy == 1.0


def test_a_forged_middle_is_found_by_the_ellipse_and_a_forged_corner_is_not() -> None:
    heatmap = np.zeros((12, 12))
    rows, columns = np.mgrid[:48, :48] - 23.5
    disc = np.where(np.hypot(rows, columns) < 0.3 * 48, np.uint8(255), np.uint8(0))
    middle = baselines(localize(heatmap, disc))["central ellipse"]
    assert middle.pixel_auc > 0.98
    assert middle.pixel_iou > 0.8
    assert middle.pointing_game == 1.0
    corner = np.zeros((48, 48), np.uint8)
    corner[:12, :12] = 255
    assert baselines(localize(heatmap, corner))["central ellipse"].pixel_auc < 0.2


def test_the_baselines_do_not_depend_on_the_heatmap() -> None:
    one, other = (baselines(localize(heatmap, MASK)) for heatmap in (_heatmap(1, 0, 0, 0), _heatmap(0, 0, 0.5, 1)))
    assert one == other


def test_without_its_mask_a_crop_has_no_baseline() -> None:
    assert baselines(localization.Localization(1.0, 1.0, 1.0, 1.0, 1.0)) == {}
