import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.loop.recipes import recipe


def test_the_papers_recipe_is_what_its_code_tells() -> None:
    config = recipe("paper")
    options, run = config.optimizer, config.run
    assert (options.learning_rate, options.betas, options.weight_decay) == (5e-4, (0.9, 0.999), 1e-5)
    assert (options.schedule, options.step_epochs, run.epochs, run.seed) == ("step", 5, 30, 1234)
    assert (2 * config.data.batch_units, config.network.sizes) == (16, ((0, 299),))
    assert (config.loss.map_weight, config.loss.mixup_alpha, config.loss.mixup_probability) == (1, 1, 0.5)


def test_self_blending_sees_no_fake_of_the_set() -> None:
    assert {ingredient.kind for ingredient in recipe("self_blend").ingredients} == {"self_blend"}


def test_similarity_learning_has_its_network() -> None:
    config = recipe("sspsl")
    assert config.network.architecture == "lvnet_semi"
    assert config.loss.similarity_weight > 0


def test_an_unknown_recipe_is_refused() -> None:
    with pytest.raises(TrainingError, match=r"no recipe 'soup'; there are paper, sspsl"):
        recipe("soup")
