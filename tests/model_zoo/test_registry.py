import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from model_zoo import registry
from model_zoo.errors import WeightsError
from model_zoo.registry import UNTRAINED, CardProblem
from model_zoo.weights_record import Calibration, Weights

SHIPPED = ["lvnet.self_blend", "lvnet.untrained"]


def _weights(folder: Path, name: str = "lvnet.mine") -> Weights:
    shard = folder / f"{name}-1-of-1.safetensors"
    shard.write_bytes(b"shard")
    return replace(
        UNTRAINED, name=name, trained=True, files=(shard,), calibration=Calibration(1.5, 0.0, "test"), created="now"
    )


def test_trained_weights_are_shipped_and_are_the_default(models: Path) -> None:
    assert [weights.name for weights in registry.list_weights()] == SHIPPED
    assert registry.find_weights("default") == registry.default_weights()
    assert registry.default_weights().trained
    assert not registry.find_weights("lvnet.untrained").trained


def test_a_saved_card_is_found_again(models: Path) -> None:
    weights = _weights(models)
    card = registry.save_card(weights, models)
    assert card == models / "lvnet.mine.json"
    assert registry.find_weights("lvnet.mine") == weights
    assert [w.name for w in registry.list_weights()] == ["lvnet.mine", *SHIPPED]
    assert sorted(path.suffix for path in models.iterdir()) == [".json", ".safetensors"]


def test_the_folder_can_be_moved_with_its_cards(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.save_card(_weights(models), models)
    moved = models.rename(tmp_path / "moved")
    monkeypatch.setenv("LAV_MODELS", str(moved))
    assert registry.find_weights("lvnet.mine").files == (moved / "lvnet.mine-1-of-1.safetensors",)


def test_the_users_folder_is_the_platforms_unless_named(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert registry.user_folder() == models
    monkeypatch.delenv("LAV_MODELS")
    assert registry.user_folder().parts[-2:] == ("lav", "models")


def test_a_card_that_is_no_json_hides_no_other(models: Path) -> None:
    registry.save_card(_weights(models), models)
    broken = models / "lvnet.broken.json"
    broken.write_text("{", encoding="utf-8")
    catalog = registry.read_catalog()
    assert [w.name for w in catalog.weights] == ["lvnet.mine", *SHIPPED]
    assert [problem.card for problem in catalog.problems] == [broken]
    with pytest.raises(WeightsError, match=r"lvnet\.broken\.json"):
        registry.find_weights("lvnet.broken")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"schema": "lav.weights/9"}, "lav.weights/9"),
        ({"name": "lvnet.other"}, "names other weights"),
        ({"sha256": "xyz"}, "no valid sha256"),
        ({"trained": "yes"}, "whether the weights are trained"),
        ({"files": []}, "names no file"),
        ({"files": ["../elsewhere.safetensors"]}, "outside its folder"),
        ({"files": ["/etc/passwd"]}, "outside its folder"),
        ({"files": ["gone.safetensors"]}, "gone.safetensors, which is not in"),
        ({"input_size": 5}, "input_size"),
        ({"input_size": "299"}, "input_size"),
        ({"std": [0.5, 0.0, 0.5]}, "mean or std"),
        ({"mean": [0.5]}, "mean or std"),
        ({"map_contrast": -1.0}, "map_contrast"),
        ({"map_contrast": float("nan")}, "map_contrast"),
        ({"mean": 0.5}, "cannot be read"),
        ({"calibration": {"scale": 1.0}}, "cannot be read"),
        ({"colour": "blue"}, "cannot be read"),
        ({"files": 5}, "cannot be read"),
    ],
)
def test_a_card_that_breaks_a_rule_is_named_with_its_fault(change: dict[str, object], fault: str, models: Path) -> None:
    card = registry.save_card(_weights(models), models)
    card.write_text(json.dumps(json.loads(card.read_text("utf-8")) | change), encoding="utf-8")
    (problem,) = registry.read_catalog().problems
    assert fault in problem.sentence
    assert str(card) in problem.sentence
    assert problem.sentence.endswith(".")


@pytest.mark.parametrize("content", ["[]", "3", '"text"', "{}", "null"])
def test_json_that_is_no_card_is_a_problem(content: str, models: Path) -> None:
    (models / "lvnet.odd.json").write_text(content, encoding="utf-8")
    assert [problem.card.name for problem in registry.read_catalog().problems] == ["lvnet.odd.json"]


def test_a_card_in_another_encoding_is_a_problem(models: Path) -> None:
    (models / "lvnet.odd.json").write_bytes(b"\xff\xfe{")
    assert len(registry.read_catalog().problems) == 1


def test_a_folder_named_like_a_card_is_a_problem(models: Path) -> None:
    (models / "lvnet.folder.json").mkdir()
    (problem,) = registry.read_catalog().problems
    assert "cannot be opened" in problem.sentence


def test_a_card_cannot_take_the_name_of_shipped_weights(models: Path) -> None:
    weights = _weights(models, UNTRAINED.name)
    registry.save_card(weights, models)
    catalog = registry.read_catalog()
    assert [weights.name for weights in catalog.weights] == SHIPPED
    assert UNTRAINED in catalog.weights
    assert isinstance(catalog.problems[0], CardProblem)


def test_an_unknown_name_is_answered_with_the_known_ones(models: Path) -> None:
    with pytest.raises(
        WeightsError, match=r"no weights named 'lvnet\.none'; known are: lvnet\.self_blend, lvnet\.untrained"
    ):
        registry.find_weights("lvnet.none")


@pytest.mark.parametrize("name", ["mine", "lvnet.", ".mine", "LVNet.mine", "lvnet.a/b", "lvnet.a.b", "lvnet. a", ""])
def test_a_name_of_another_form_is_refused(name: str) -> None:
    with pytest.raises(WeightsError, match=r"write architecture\.recipe"):
        registry.check_name(name)


def test_a_card_is_not_saved_away_from_its_shards(models: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="does not lie in"):
        registry.save_card(_weights(tmp_path), models)


def test_the_shards_of_shipped_weights_lie_beside_the_folder_of_their_cards(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_PACKAGE", tmp_path)
    cards, files = registry.shipped_folders()
    assert (cards, files) == (tmp_path / "cards", tmp_path / "weights")
    cards.mkdir()
    files.mkdir()
    weights = _weights(files)
    assert registry.save_card(weights, cards, files) == cards / "lvnet.mine.json"
    assert registry.find_weights("lvnet.mine") == weights
    with pytest.raises(WeightsError, match=f"does not lie in {cards}"):
        registry.save_card(weights, cards)


def test_a_card_that_cannot_be_written_is_an_error(models: Path) -> None:
    weights = _weights(models)
    (models / "lvnet.mine.json").mkdir()
    with pytest.raises(WeightsError, match="cannot be written"):
        registry.save_card(weights, models)


def test_registry_record_and_residual_import_no_torch() -> None:
    code = (
        "import sys, model_zoo, model_zoo.registry, model_zoo.residual, model_zoo.weights_record\n"
        "model_zoo.registry.list_weights()\n"
        "sys.exit('torch' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True, timeout=60)


def test_a_model_card_is_the_shipped_one_or_the_users(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert registry.read_card_text("lvnet.mine") is None
    (models / "lvnet.mine.md").write_text("# Mein Modell ✓", encoding="utf-8")
    assert registry.read_card_text("lvnet.mine") == "# Mein Modell ✓"
    shipped = tmp_path / "cards"
    shipped.mkdir()
    (shipped / "lvnet.mine.md").write_text("# shipped", encoding="utf-8")
    monkeypatch.setattr(registry, "shipped_folders", lambda: (shipped, shipped))
    assert registry.read_card_text("lvnet.mine") == "# shipped"


@pytest.mark.parametrize("name", ["../secret", "README", "lvnet/mine", ""])
def test_only_names_of_weights_lead_to_a_card(models: Path, name: str) -> None:
    with pytest.raises(WeightsError, match="cannot name weights"):
        registry.read_card_text(name)


def test_a_model_card_that_is_no_text_is_a_clear_sentence(models: Path) -> None:
    (models / "lvnet.mine.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(WeightsError, match="check that you may read it"):
        registry.read_card_text("lvnet.mine")
