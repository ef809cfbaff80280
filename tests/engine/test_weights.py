import pytest

from lav_gui.engine.weights import choose_weights
from lav_gui.errors import ModelError


def test_the_default_weights_are_found_by_that_word_and_by_name() -> None:
    assert choose_weights("default") == choose_weights(choose_weights("default").name)


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="lvnet"):
        choose_weights("lvnet.nothing")
