import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.sets.settings import PrepareSettings


@pytest.mark.parametrize("wrong", [{"frames": 0}, {"min_face_px": 8}, {"workers": 0}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(TrainingError, match=next(iter(wrong))):
        PrepareSettings(**wrong)


def test_the_card_names_what_shapes_the_set_and_not_how_fast_it_was_made() -> None:
    described = dict(PrepareSettings(frames=8, workers=3).described())
    assert described["frames"] == "8"
    assert described["detector"] == "mtcnn"
    assert not {"workers", "device"} & set(described)
