"""The weights a run asks for, by name."""

from lav_gui.errors import ModelError
from model_zoo.errors import WeightsError
from model_zoo.registry import find_weights
from model_zoo.weights_record import Weights


def choose_weights(name: str) -> Weights:
    """Find registered weights; "default" is the registry's default.

    Raises
    ------
    ModelError
        If there are none of that name, or their card cannot be read.
    """
    try:
        return find_weights(name)
    except WeightsError as error:
        raise ModelError(str(error)) from error
