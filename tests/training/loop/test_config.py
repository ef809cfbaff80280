import tomllib
from pathlib import Path

import pytest

from lav_gui.errors import TrainingError
from lav_gui.training.loop.config import TrainingConfig, config_text, read_config
from lav_gui.training.loop.recipes import RECIPES, recipe


@pytest.mark.parametrize("name", RECIPES)
def test_what_is_printed_reads_back_to_the_same_training(name: str, tmp_path: Path) -> None:
    path = tmp_path / "training.toml"
    path.write_text(config_text(recipe(name)))
    assert read_config(path) == recipe(name)


def test_every_key_is_explained() -> None:
    text = config_text(recipe("paper"))
    lines = text.splitlines()
    keys = [i for i, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    assert all(lines[i - 1].startswith("#") for i in keys if not lines[i].startswith("schema"))
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[data]\nbatch_unit = 3", "did you mean 'batch_units'"),
        ("[speed]\n", "did you mean"),
        ("[[ingredients]]\nkin = 'labeled'", "did you mean 'kind'"),
        ("[run]\nseed = 'one'", "seed = 'one' should be of type int"),
        ("[run]\ncompile = 1", "should be of type bool"),
        ("[run]\nseed = true", "should be of type int"),
        ("[run]\nprecision = 'fp8'", "precision must be one of float32, bf16, fp16"),
        ("[network]\nsizes = [[10, 299]]", "sizes must begin at 0"),
        ("[network]\nsizes = [[0, 299], [0, 256]]", "sizes must begin at 0"),
        ("[loss]\nsimilarity_weight = 1.0", "needs the architecture lvnet_semi"),
        ("[loss]\nmixup_probability = 1.5", "mixup_probability must lie in"),
        ("[[ingredients]]\nkind = 'magic'", "kind must be one of"),
        ("schema = 'lav.training/9'", "another schema"),
        ("[data]\nbatch_units = 0", "batch_units must be at least 1"),
        ("recipe = 'Mine'", "recipe must be a name in small letters"),
        ("recipe = 5", "recipe must be a name in small letters"),
        ("[run]\nseed = -1", "seed must be at least 0"),
        ("[data]\nworkers = -1", "workers must be at least 0"),
        ("[optimizer]\nbetas = [0.9]", "betas must be two numbers"),
        ("[optimizer]\nbetas = [2.0, 0.9]", "betas must be two numbers"),
        ("[optimizer]\nstep_epochs = 0.0", "step_epochs must be above 0"),
        ("[optimizer]\nwarmup_images = -5", "warmup_images must be at least 0"),
        ("[optimizer]\nclip_norm = nan", "clip_norm must be at least 0"),
        ("[loss]\nmixup_alpha = -1.0", "mixup_alpha must be at least 0"),
        ("[run]\nimages = -5", "images must be at least 0"),
        ("[network]\nsizes = [[0, 299], [5]]", "sizes must be pairs of whole numbers"),
        ("[[ingredients]]\nshare = 1.0\n[[ingredients]]\nshare = 0.003", "at least a hundredth of all"),
        ("seed = = 1", "cannot be read as a training file"),
    ],
)
def test_a_wrong_file_is_refused_with_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "training.toml"
    path.write_text(text)
    with pytest.raises(TrainingError, match=sentence) as caught:
        read_config(path)
    assert str(caught.value).count("\n") == 0


def test_a_whole_number_stands_for_a_fraction() -> None:
    config = TrainingConfig.from_dict(tomllib.loads("[optimizer]\nlearning_rate = 1\nbetas = [0, 0.5]"))
    assert config.optimizer.learning_rate == 1.0
    assert isinstance(config.optimizer.learning_rate, float)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"none\.toml cannot be read"):
        read_config(tmp_path / "none.toml")
