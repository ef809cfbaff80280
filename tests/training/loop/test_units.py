from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from lav_gui.training.loop.options import Ingredient
from lav_gui.training.loop.plan import UnitPlan
from lav_gui.training.loop.units import UnitDataset, region_mask, stack
from lav_gui.training.pictures.view import View, cut_view
from lav_gui.training.sets.landmarks import MOUTH
from lav_gui.training.sets.store import PreparedSet

SIZE = 64
SIDE = 96  # at which the made faces are not made smaller


def _dataset(folder: Path, kind: str, augmentation: str = "none", seed: int = 0, donors: float = 0.0) -> UnitDataset:
    prepared = PreparedSet(folder)
    plan = UnitPlan([Ingredient(prepared="p", kind=kind, donors=donors)], [prepared.rows], seed)
    return UnitDataset(plan, [prepared], seed, augmentation=augmentation, region="mouth")


@pytest.mark.parametrize("kind", ["self_blend", "labeled", "paired"])
@pytest.mark.parametrize("augmentation", ["none", "wear", "paper"])
def test_a_unit_is_the_same_each_time_it_is_made(kind: str, augmentation: str, prepared: Path) -> None:
    first, second = (_dataset(prepared, kind, augmentation)[(5, SIZE)] for _ in range(2))
    for name in ("images", "masks", "known", "regions"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert first.images.shape == (2, SIZE, SIZE, 3)
    assert not first.masks[0].any(), "nothing of a real is forged"


def test_without_augmentation_a_labeled_unit_is_the_analysis_crop_with_its_mask(prepared: Path) -> None:
    dataset, opened = _dataset(prepared, "paired"), PreparedSet(prepared)
    unit = dataset._plan.unit(3)
    pictures = dataset[(3, SIDE)]
    assert unit.fake is not None
    for at, row in enumerate((unit.real, unit.fake)):
        view = cut_view(opened.patch(row), SIDE, View())
        np.testing.assert_array_equal(pictures.images[at], view.image)
        np.testing.assert_array_equal(pictures.masks[at], view.mask)


def test_a_self_blend_differs_from_its_real_under_the_mask(prepared: Path) -> None:
    dataset = _dataset(prepared, "self_blend")
    for ordinal in range(5):
        pictures = dataset[(ordinal, SIZE)]
        apart = np.abs(pictures.images[0].astype(int) - pictures.images[1]).mean(axis=2)
        forged = pictures.masks[1] > 0
        assert forged.any()
        assert apart[forged].mean() > apart[~forged].mean()
        assert pictures.known.all()


def test_clear_blends_change_more_than_faint_ones(prepared: Path) -> None:
    opened = PreparedSet(prepared)
    plan = UnitPlan([Ingredient(prepared="p", kind="self_blend")], [opened.rows], 0)

    def change(blends: str) -> float:
        dataset = UnitDataset(plan, [opened], 0, augmentation="none", region="mouth", blends=blends)
        units = [dataset[(i, SIZE)].images.astype(int) for i in range(24)]
        return float(np.mean([np.abs(real - fake).mean() for real, fake in units]))

    assert change("clear") > 1.1 * change("faint")


def test_a_donor_brings_another_persons_face_in(prepared: Path) -> None:
    own, other = (_dataset(prepared, "self_blend", donors=donors) for donors in (0.0, 1.0))
    assert any(not np.array_equal(own[(i, SIZE)].images[1], other[(i, SIZE)].images[1]) for i in range(3))


def test_a_fake_without_a_mask_is_not_known(
    tmp_path: Path, make_rows: Callable[..., object], make_set: Callable[..., Path]
) -> None:
    rows = [make_rows("a", 0, "train", 0), make_rows("a", 1, "train", 0, mask="")]
    pictures = _dataset(make_set(tmp_path / "s", rows), "labeled", "wear")[(0, SIZE)]
    assert pictures.known.tolist() == [True, False]
    assert not pictures.masks.any()


def test_wear_moves_and_changes_a_picture(prepared: Path) -> None:
    plain, worn = _dataset(prepared, "labeled"), _dataset(prepared, "labeled", "wear")
    assert any(not np.array_equal(plain[(i, SIZE)].images, worn[(i, SIZE)].images) for i in range(4))


def test_wear_sets_in_little_by_little(prepared: Path) -> None:
    opened = PreparedSet(prepared)
    plan = UnitPlan([Ingredient(prepared="p", kind="labeled")], [opened.rows], 0)
    given = {"augmentation": "wear", "region": "mouth"}
    late, none = (UnitDataset(plan, [opened], 0, wear_ramp=ramp, **given) for ramp in (200, 10**9))
    always = UnitDataset(plan, [opened], 0, **given)

    def worn(dataset: UnitDataset, ordinals: range) -> int:
        return sum(not np.array_equal(dataset[(i, SIZE)].images, none[(i, SIZE)].images) for i in ordinals)

    assert worn(late, range(10)) <= 2
    assert worn(late, range(100, 110)) == worn(always, range(100, 110)) > 4


def test_the_reference_region_holds_its_landmarks_and_mirrors_with_the_view(prepared: Path) -> None:
    opened = PreparedSet(prepared)
    patch = opened.patch(opened.rows[0])
    straight, mirrored = (region_mask(patch, SIZE, View(flip=flip), MOUTH) for flip in (False, True))
    points = np.rint(cut_view(patch, SIZE, View()).landmarks[MOUTH]).astype(int)
    assert (straight[points[:, 1], points[:, 0]] == 255).all()
    assert 0 < straight.mean() < 100, "a part of the face, not all of it"
    height = np.flatnonzero(straight.any(axis=1))
    np.testing.assert_array_equal(np.flatnonzero(mirrored.any(axis=1)), height)
    np.testing.assert_array_equal(mirrored[:, ::-1].any(axis=0), straight.any(axis=0))


def test_stacking_keeps_real_and_fake_in_turn(prepared: Path) -> None:
    dataset = _dataset(prepared, "paired")
    units = [dataset[(i, SIZE)] for i in range(3)]
    batch = stack(units)
    assert batch.labels.tolist() == [0, 1, 0, 1, 0, 1]
    assert batch.images.shape == (6, SIZE, SIZE, 3)
    assert torch.equal(batch.images[3], torch.from_numpy(units[1].images[1]))
    moved = batch.to(torch.device("cpu"))
    assert torch.equal(moved.masks, batch.masks)
