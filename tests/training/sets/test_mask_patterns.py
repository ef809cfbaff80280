from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.mask_patterns import MaskPatterns
from lav_gui.training.sets.sources import NO_MASK, MaskKind, MaskRule, Source


def _fake(name: str) -> Source:
    return Source(Path(f"{name}.mp4"), 1, "d", "swap", "c23", name, name)


def test_a_pattern_is_filled_in_and_what_fits_nothing_is_a_problem(tmp_path: Path) -> None:
    pattern = str(tmp_path / "{dataset}_{method}_{compression}_{name}_{frame:03d}.png")
    (tmp_path / "d_swap_c23_a_007.png").touch()
    patterns = MaskPatterns()
    rule = patterns.mask_of(_fake("a"), pattern)
    assert (rule.kind, list(rule.frames())) == (MaskKind.PATTERN, [7])
    assert patterns.mask_of(_fake("b"), pattern) == NO_MASK
    assert [str(problem) for problem in patterns.misses()] == [f"b.mp4: no mask fits {pattern}; it has none"]


def test_a_pattern_that_fits_no_fake_at_all_is_refused(tmp_path: Path) -> None:
    patterns = MaskPatterns()
    for name in "ab":
        patterns.mask_of(_fake(name), str(tmp_path / "{name}.png"))
    with pytest.raises(TrainingError, match=r"\{name\}\.png for any of 2 fakes; correct the pattern\."):
        patterns.misses()


def test_masks_of_the_pair_always_fit_and_nobody_asked_is_no_fault() -> None:
    patterns = MaskPatterns()
    assert patterns.misses() == ()
    assert patterns.mask_of(_fake("a"), "pair") == MaskRule(MaskKind.PAIR)
    assert patterns.misses() == ()
