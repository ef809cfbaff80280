import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from lav_gui.media.reader import VideoReader
from lav_gui.records import MediaInfo
from lav_gui.training.sets.forged import with_masks
from lav_gui.training.sets.patches import Cut, cut_window, patch_window
from lav_gui.training.sets.settings import PrepareSettings
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule, Source

LEFT, RIGHT = (40, 50, 80, 100), (150, 50, 190, 100)
SETTINGS = PrepareSettings()


@pytest.fixture
def info(tmp_path: Path, world) -> MediaInfo:
    with VideoReader(world.picture(tmp_path / "any.png", world.paint(0, []))) as reader:
        return reader.info


def _cuts(image: np.ndarray, *, frames: int = 1) -> tuple[Cut, ...]:
    cuts = []
    for frame in range(frames):
        for number, face in enumerate((LEFT, RIGHT), start=1):
            box = tuple(float(edge) for edge in face)
            window = patch_window(box, image.shape[:2], Fraction(1))
            cuts.append(Cut(frame, number, box, np.zeros((68, 2)), window, cut_window(image, window), None))
    return tuple(cuts)


def _source(mask: MaskRule, label: int = 1) -> Source:
    return Source(Path("fake.mkv"), label, "d", "m", "", "fake", "a", "b", mask=mask)


def _mask(world, path: Path, *faces: tuple[int, int, int, int]) -> None:
    gray = np.zeros(world.size, np.uint8)
    for left, top, right, bottom in faces:
        gray[top:bottom, left:right] = 255
    world.picture(path, gray)


def test_of_two_people_the_one_under_the_mask_is_the_forged_one(tmp_path: Path, world, info: MediaInfo) -> None:
    _mask(world, tmp_path / "m.png", RIGHT)
    rule = MaskRule(MaskKind.PICTURE, str(tmp_path / "m.png"))
    found = with_masks(_source(rule), _cuts(world.paint(0, [])), (), (1, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert [cut.track_id for cut in cuts] == [2]
    assert cuts[0].mask is not None
    assert int((cuts[0].mask > 0).sum()) == 40 * 50
    assert "1 people whom no mask touches" in problems[0].what


def test_a_mask_is_cut_by_the_window_of_its_patch(tmp_path: Path, world, info: MediaInfo) -> None:
    _mask(world, tmp_path / "m.png", LEFT, RIGHT)
    rule = MaskRule(MaskKind.PICTURE, str(tmp_path / "m.png"))
    found = with_masks(_source(rule), _cuts(world.paint(0, [])), (), (1, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert not problems
    for cut in cuts:
        left, top, right, bottom = (int(edge) for edge in cut.patch_box)
        assert cut.mask is not None
        assert cut.mask.shape == cut.image.shape[:2]
        assert (cut.mask[top:bottom, left:right] == 255).all()


def test_a_forged_person_is_left_out_where_the_mask_is_empty_but_kept_where_there_is_none(
    tmp_path: Path, world, info: MediaInfo
) -> None:
    _mask(world, tmp_path / "m_0.png", LEFT)
    _mask(world, tmp_path / "m_1.png")
    rule = MaskRule.parse("m_{frame}.png", tmp_path)
    found = with_masks(_source(rule), _cuts(world.paint(0, []), frames=3), (), (3, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert [(cut.frame_index, cut.track_id, cut.mask is None) for cut in cuts] == [(0, 1, False), (2, 1, True)]
    assert "1 faces with an empty mask" in problems[1].what


def test_masks_of_another_size_leave_the_faces_without_and_say_so(tmp_path: Path, world, info: MediaInfo) -> None:
    world.picture(tmp_path / "m.png", np.zeros((30, 30), np.uint8))
    rule = MaskRule(MaskKind.PICTURE, str(tmp_path / "m.png"))
    found = with_masks(_source(rule), _cuts(world.paint(0, [])), (), (1, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert [cut.mask for cut in cuts] == [None, None]
    assert "30 x 30" in problems[0].what
    assert "Its faces have no mask" in problems[0].what


def test_reals_have_no_masks(world, info: MediaInfo) -> None:
    cuts = _cuts(world.paint(0, []))
    assert with_masks(_source(MaskRule(MaskKind.PAIR), label=0), cuts, (), (1, info), SETTINGS).cuts == cuts


def test_masks_come_from_the_aligned_original_if_that_is_asked_for(world, info: MediaInfo) -> None:
    originals = _cuts(world.paint(0, [LEFT, RIGHT]))
    fakes = _cuts(world.paint(0, [LEFT], forged=[RIGHT]))
    found = with_masks(_source(MaskRule(MaskKind.PAIR)), fakes, originals, (1, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert [cut.track_id for cut in cuts] == [2]
    assert cuts[0].mask is not None
    assert "1 of 2 masks derived" in problems[0].what
    assert re.fullmatch(
        r"d/m//fake: 1 of 2 masks derived from its original are good; "
        r"mean contrast \d+\.\d\d, cover 0\.\d\d, spill 0\.\d\d",
        found.notes[0],
    )
    option = replace(SETTINGS, pair_masks=True)
    assert with_masks(_source(NO_MASK), fakes, originals, (1, info), option).cuts[0].track_id == 2
    assert len(with_masks(_source(NO_MASK), fakes, originals, (1, info), SETTINGS).cuts) == 2


def test_without_an_aligned_original_no_mask_is_derived_and_it_is_said(world, info: MediaInfo) -> None:
    found = with_masks(_source(MaskRule(MaskKind.PAIR)), _cuts(world.paint(0, [])), (), (1, info), SETTINGS)
    cuts, problems = found.cuts, found.problems
    assert len(cuts) == 2
    assert "no aligned original" in problems[0].what
    assert not found.notes
