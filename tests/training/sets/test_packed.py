import pickle
from copy import deepcopy

import numpy as np
import pytest

from lav_gui.training.sets.packed import PackedNumbers


def test_numbers_keep_six_digits() -> None:
    packed = PackedNumbers([1234.56789, -0.00123456789, 3])
    assert list(packed) == pytest.approx([1234.57, -0.00123457, 3], rel=1e-7)
    assert str(packed) == "1234.57 -0.00123457 3"
    assert PackedNumbers.parse(str(packed)) == packed


def test_it_is_a_sequence_and_an_array() -> None:
    packed = PackedNumbers(range(5))
    assert (len(packed), packed[1], tuple(packed[3:]), 4 in packed) == (5, 1.0, (3.0, 4.0), True)
    np.testing.assert_array_equal(np.array(packed, np.float64), np.arange(5.0))
    assert repr(PackedNumbers([0.5])) == "PackedNumbers([0.5])"


def test_equal_numbers_are_equal_and_survive_copies() -> None:
    packed = PackedNumbers([1.5, 2.5])
    assert packed == PackedNumbers((1.5, 2.5)) == pickle.loads(pickle.dumps(packed)) == deepcopy(packed)
    assert packed != PackedNumbers([1.5])
    assert packed != (1.5, 2.5)
    assert len({packed, PackedNumbers([1.5, 2.5])}) == 1


def test_text_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="x"):
        PackedNumbers.parse("1 x")
