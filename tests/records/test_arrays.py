import numpy as np
import pytest

from lav_gui.records.arrays import frozen_array


def test_a_fitting_array_comes_back_read_only_without_a_copy() -> None:
    array = np.zeros((2, 3), np.float32)
    frozen = frozen_array("x", array, (2, None), np.float32)
    assert np.shares_memory(frozen, array)
    assert not frozen.flags.writeable
    assert array.flags.writeable


@pytest.mark.parametrize("shape", [(2, 4), (2, 3, 1), (3, 2)])
def test_a_wrong_shape_is_named(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="heatmap must be float32"):
        frozen_array("heatmap", np.zeros((2, 3), np.float32), shape, np.float32)


def test_a_wrong_type_is_named() -> None:
    with pytest.raises(ValueError, match="not float64"):
        frozen_array("heatmap", np.zeros((2, 3)), (2, 3), np.float32)
