"""The choices of an analysis by name."""

from lav_gui.settings import ColorPolicy, Sampling
from lav_gui.ui.choice_words import color_entries, model_words, sampling_entries, sampling_words, stride_words
from model_zoo.registry import UNTRAINED
from model_zoo.weights_record import Weights


def test_sampling_is_said_in_words() -> None:
    assert sampling_words(Sampling.parse("every:1")) == "every frame"
    assert sampling_words(Sampling.parse("every:5")) == "1 frame in 5"
    assert sampling_words(Sampling.parse("fps:0.5")) == "0.5 per second"


def test_the_first_sampling_on_offer_is_what_the_device_decides() -> None:
    text, value = sampling_entries(Sampling.parse("fps:5"))[0]
    assert text == "Automatic: 5 per second"
    assert value is None


def test_every_color_rule_is_offered() -> None:
    assert {value for _, value in color_entries()} == set(ColorPolicy)


def test_an_untrained_model_says_so(trained_weights: Weights) -> None:
    assert model_words(UNTRAINED).endswith("(UNTRAINED)")
    assert model_words(trained_weights) == "lvnet.synthetic"


def test_streams_may_be_left_unweighed() -> None:
    assert stride_words(0) == "not weighed"
    assert stride_words(4) == "weighed on 1 frame in 4"
