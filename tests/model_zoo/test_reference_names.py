from pathlib import Path

import pytest
import torch

from model_zoo.networks import build
from model_zoo.reference_names import PREFIXES, is_reference, is_trunk_unused, is_unused, our_name

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def _reference(variant: str) -> list[str]:
    return [line.split("\t")[0] for line in (GOLDEN / f"state_dict_{variant}.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("variant", "architecture"), [("LVNet", "lvnet"), ("LVNet_semi", "lvnet_semi")])
def test_each_used_tensor_of_the_reference_has_exactly_one_place_in_ours(variant: str, architecture: str) -> None:
    with torch.device("meta"):
        ours = list(build(architecture).state_dict())
    used = [name for name in _reference(variant) if not is_unused(name)]
    assert sorted(str(our_name(name)) for name in used) == sorted(ours)


def test_the_unused_tensors_are_as_many_parameters_as_the_description_says() -> None:
    lines = (GOLDEN / "state_dict_LVNet.txt").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    sizes = [(row[0], torch.Size(int(n) for n in row[1].strip("[]").split(",") if n).numel(), row[3]) for row in rows]
    assert sum(size for name, size, kind in sizes if kind == "param" and is_unused(name)) == 8_352_149 - 225


@pytest.mark.parametrize(
    "name", ["conv1.weight", "xception_depth.model.conv1.weight", "module.score0.conv.weight", "score6.conv.weight", ""]
)
def test_other_names_are_not_the_references(name: str) -> None:
    assert our_name(name) is None
    assert not is_reference(name)


def test_no_prefix_hides_another() -> None:
    assert not [(a, b) for a in PREFIXES for b in PREFIXES if a != b and a.startswith(b)]


def test_the_classifier_of_a_trunk_is_known_by_both_its_names() -> None:
    assert is_trunk_unused("fc.weight")
    assert is_trunk_unused("last_linear.bias")
    assert not is_trunk_unused("conv1.weight")
