import io
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from lav_gui.report import pictures
from lav_gui.report.record import Report, ShownFace


def _luma(image: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(image).convert("L")).astype(int)


def test_the_scale_is_fixed_from_0_to_1_and_grows_brighter() -> None:
    scale = pictures.scale_picture(muted=False)
    assert scale.shape == (24, 512, 3)
    np.testing.assert_array_equal(scale[:, 0], np.tile(pictures.colored(np.array(0.0), False), (24, 1)))
    np.testing.assert_array_equal(scale[:, -1], np.tile(pictures.colored(np.array(1.0), False), (24, 1)))
    bar = _luma(pictures.colored(np.linspace(0, 1, 256)[None], muted=False))[0]
    assert bool((np.diff(bar) >= 0).all())
    assert bar[-1] - bar[0] > 200


def test_a_heatmap_is_not_stretched_to_its_own_range() -> None:
    weak = np.full((19, 19), 0.2, np.float16)
    weak[9, 9] = 0.3
    picture = pictures.heatmap_picture(weak, muted=False)
    np.testing.assert_array_equal(picture[5, 5], pictures.colored(np.array(np.float16(0.2)), False))


@pytest.mark.parametrize("grid", [16, 19])
def test_each_patch_is_one_flat_square_in_its_place(grid: int) -> None:
    heatmap = np.linspace(0, 0.49, grid * grid).reshape(grid, grid).astype(np.float16)
    picture = pictures.heatmap_picture(heatmap, muted=False)
    step = picture.shape[0] // grid
    for row, column in ((0, 0), (3, 7), (grid - 1, grid - 1)):
        patch = picture[row * step : (row + 1) * step, column * step : (column + 1) * step]
        assert (patch == pictures.colored(heatmap[row, column], False)).all()


def test_patches_from_one_half_on_are_outlined_and_no_others() -> None:
    heatmap = np.full((19, 19), 0.49, np.float16)
    plain = pictures.heatmap_picture(heatmap, muted=False)
    assert (plain == plain[0, 0]).all()
    heatmap[5, 6] = 0.5
    picture = pictures.heatmap_picture(heatmap, muted=False)
    changed = np.argwhere((picture != plain).any(axis=-1))
    step = picture.shape[0] // 19
    assert changed.min(axis=0) == pytest.approx([5 * step, 6 * step], abs=5)
    assert changed.max(axis=0) == pytest.approx([6 * step, 7 * step], abs=5)
    middles = ((5, 6.5), (6, 6.5), (5.5, 6), (5.5, 7))
    assert all((picture[round(row * step), round(column * step)] == 0).all() for row, column in middles)
    assert (picture == 255).all(axis=-1).any()


def test_a_muted_heatmap_is_gray() -> None:
    picture = pictures.heatmap_picture(np.random.default_rng(0).random((19, 19)).astype(np.float16), muted=True)
    assert (picture[..., 0] == picture[..., 1]).all()
    assert (picture[..., 1] == picture[..., 2]).all()


def test_an_overlay_shows_crop_and_heatmap() -> None:
    crop = np.zeros((299, 299, 3), np.uint8)
    crop[:, 150:] = 255
    cold = pictures.overlay(crop, np.zeros((19, 19), np.float16), muted=False)
    assert _luma(cold)[300, 500] - _luma(cold)[300, 100] == pytest.approx(0.4 * 255, abs=2)
    assert cold.shape == pictures.heatmap_picture(np.zeros((19, 19), np.float16), False).shape


def test_a_stamp_darkens_the_lower_edge_only() -> None:
    image = np.full((180, 180, 3), 200, np.uint8)
    np.testing.assert_array_equal(pictures.stamped(image, ""), image)
    stamped = pictures.stamped(image, "UNTRAINED")
    assert (stamped[:155] == 200).all()
    assert (stamped[-1] == 0).all()
    assert (stamped[160:] == 255).any()


def test_the_box_is_drawn_in_display_geometry(report: Report) -> None:
    shown = report.faces[0]
    assert shown.pictures is not None
    square = pictures.framed(shown, shown.pictures, Fraction(1))
    assert square.shape == (360, 640, 3)
    wide = pictures.framed(shown, shown.pictures, Fraction(3, 2))
    assert wide.shape == (360, 960, 3)
    left, top, right, bottom = shown.face.box_xyxy
    middle = int((top + bottom) / 2)
    edge = wide[middle, round(left * 1.5) : round(left * 1.5) + 4].astype(int)
    assert (edge > 240).all(axis=-1).any()
    inside = square[middle, int((left + right) / 2)]
    np.testing.assert_allclose(inside, shown.pictures.frame[middle, int((left + right) / 2)], atol=2)


def test_a_large_frame_is_made_smaller(report: Report) -> None:
    shown = report.faces[0]
    assert shown.pictures is not None
    large = replace(shown.pictures, frame=np.zeros((2160, 3840, 3), np.uint8))
    assert pictures.framed(shown, large, Fraction(1)).shape == (562, 1000, 3)


def test_a_face_at_the_edge_of_the_frame_can_be_drawn(report: Report) -> None:
    shown = report.faces[0]
    face = replace(shown.face, box_xyxy=(-30.0, -20.0, 2000.0, 900.0))
    edge = ShownFace(replace(shown.result, faces=(face,)), face, 0.5, None, shown.pictures, "")
    files = pictures.face_files(1, edge, Fraction(1))
    assert set(files) == {f"face-1-{name}.png" for name in ("frame", "crop", "overlay", "heatmap", "residual")}
    crop = np.asarray(Image.open(io.BytesIO(files["face-1-crop.png"])))
    assert shown.pictures is not None
    np.testing.assert_array_equal(crop, shown.pictures.crop)
