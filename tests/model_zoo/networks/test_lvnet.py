import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import torch

import model_zoo.networks
from model_zoo.networks import ARCHITECTURES, LVNet, LVNetSemi, XceptionRGB, build

FOLDER = Path(model_zoo.networks.__file__).parent
SHAPE_COMMENT = re.compile(
    r"^\s*(?:(?P<names>[\w, ]+?)(?:: [\w.]+)? = |(?P<returned>return )).*# (?P<shape>\([^)]*\))$"
)


class _ShapeWitness:
    """Follows execution line by line and holds each shape comment against the value it stands beside.

    A letter has one value within a call; ``C/4`` is rounded up, ``w^2`` is a square.
    """

    def __init__(self) -> None:
        self.comments: dict[tuple[str, int], re.Match[str]] = {}
        for path in FOLDER.glob("*.py"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if match := SHAPE_COMMENT.match(line):
                    self.comments[str(path), number] = match
        self.seen: set[tuple[str, int]] = set()
        self.wrong: list[str] = []

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event != "call" or Path(frame.f_code.co_filename).parent != FOLDER:
            return None
        letters: dict[str, int] = {}
        last = [0]

        def follow(frame: FrameType, event: str, result: Any) -> Any:
            self._check((frame.f_code.co_filename, last[0]), frame, event, result, letters)
            last[0] = frame.f_lineno
            return follow

        return follow

    def _check(
        self, place: tuple[str, int], frame: FrameType, event: str, result: Any, letters: dict[str, int]
    ) -> None:
        comment = self.comments.get(place)
        if comment is None or (comment["returned"] and event != "return"):
            return
        names = [] if comment["returned"] else comment["names"].split(", ")
        for value in [result] if comment["returned"] else [frame.f_locals[name] for name in names]:
            self.seen.add(place)
            if not _matches(tuple(value.shape), comment["shape"], letters):
                self.wrong.append(f"{Path(place[0]).name}:{place[1]} says {comment['shape']}, is {tuple(value.shape)}")


def _matches(shape: tuple[int, ...], comment: str, letters: dict[str, int]) -> bool:
    sides = comment.strip("()").split(", ")
    return len(sides) == len(shape) and all(_side(*pair, letters) for pair in zip(sides, shape, strict=True))


def _side(text: str, size: int, letters: dict[str, int]) -> bool:
    if text.isdigit():
        return int(text) == size
    if "/" in text:
        letter, divisor = text.split("/")
        return letter not in letters or -(-letters[letter] // int(divisor)) == size
    if text.endswith("^2"):
        return letters[text[:-2]] ** 2 == size
    return letters.setdefault(text, size) == size


@pytest.fixture
def witness() -> Iterator[_ShapeWitness]:
    witness = _ShapeWitness()
    before = sys.gettrace()
    sys.settrace(witness)
    yield witness
    sys.settrace(before)


@torch.no_grad()
def test_each_shape_at_a_line_end_is_true_at_299_and_width_one(witness: _ShapeWitness) -> None:
    for network in (LVNetSemi().eval(), XceptionRGB().eval()):
        rgb = torch.rand(1, 3, 299, 299)
        network(rgb, network.residual(rgb))
    assert witness.wrong == []
    assert witness.comments.keys() == witness.seen
    assert len(witness.seen) > 40


def test_no_shape_at_a_line_end_escapes_the_check() -> None:
    lines = [line for path in FOLDER.glob("*.py") for line in path.read_text("utf-8").splitlines() if "  # (" in line]
    assert [line for line in lines if not SHAPE_COMMENT.match(line)] == []


@pytest.fixture(scope="module")
def narrow_network() -> LVNet:
    return build("lvnet_semi", 1 / 32).eval()


@torch.no_grad()
@pytest.mark.parametrize("side", [*range(32, 65), 100, 224, 256, 304])
def test_the_map_follows_the_side_of_the_crop(side: int, narrow_network: LVNet) -> None:
    rgb = torch.rand(1, 3, side, side)
    output = narrow_network(rgb, narrow_network.residual(rgb))
    grid = -(-side // 16)
    assert output.class_logits.shape == (1, 2)
    assert output.map_logits.shape == (1, 2, grid, grid)
    assert output.projection.shape == (1, 8, grid, grid)


@pytest.mark.parametrize(("architecture", "count"), [("lvnet", 55_077_593), ("lvnet_semi", 55_265_417)])
def test_the_network_of_the_paper_has_the_parameters_that_act(architecture: str, count: int) -> None:
    with torch.device("meta"):
        network = build(architecture)
    assert sum(parameter.numel() for parameter in network.parameters()) == count


@torch.no_grad()
def test_either_stream_can_be_replaced_alone(small_network: LVNet) -> None:
    rgb, other = torch.rand(1, 3, 64, 64), torch.rand(1, 3, 64, 64)
    residual = small_network.residual(rgb)
    margin = small_network(rgb, residual).class_logits
    assert not torch.allclose(small_network(other, residual).class_logits, margin, atol=1e-6)
    assert not torch.allclose(small_network(rgb, small_network.residual(other)).class_logits, margin, atol=1e-6)


@torch.no_grad()
def test_crops_of_a_batch_do_not_see_each_other(small_network: LVNet) -> None:
    rgb = torch.rand(3, 3, 64, 64)
    residual = small_network.residual(rgb)
    together, alone = small_network(rgb, residual), small_network(rgb[1:2], residual[1:2])
    torch.testing.assert_close(together.class_logits[1:2], alone.class_logits, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(together.map_logits[1:2], alone.map_logits, atol=1e-4, rtol=1e-5)


@torch.no_grad()
def test_autocast_gives_nearly_the_same(small_network: LVNet) -> None:
    rgb = torch.rand(2, 3, 64, 64)
    residual = small_network.residual(rgb)
    exact = small_network(rgb, residual)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rounded = small_network(rgb, residual)
    assert (rounded.class_logits - exact.class_logits).abs().max() < 0.05
    assert (rounded.map_logits - exact.map_logits).abs().max() < 0.1 * exact.map_logits.abs().max()


def test_each_parameter_gets_a_gradient_once_the_attention_acts(small_network: LVNet) -> None:
    rgb = torch.rand(2, 3, 64, 64)
    output = small_network(rgb, small_network.residual(rgb))
    (output.class_logits.sum() + output.map_logits.square().sum() + output.projection.square().sum()).backward()
    silent = [n for n, p in small_network.named_parameters() if p.grad is None or torch.count_nonzero(p.grad) == 0]
    # a query or key bias shared by all positions cancels in the softmax, on one side of the product
    assert [name for name in silent if not name.endswith("query_conv.bias")] == []


def test_training_works_in_place_without_spoiling_gradients(small_network: LVNet) -> None:
    small_network.train()
    rgb = torch.rand(2, 3, 64, 64)
    output = small_network(rgb, small_network.residual(rgb))
    output.class_logits.sum().backward()
    assert small_network.rgb.conv1.weight.grad is not None


@pytest.mark.parametrize(
    ("rgb", "residual"),
    [((1, 3, 64, 64), (1, 3, 63, 63)), ((1, 3, 64, 48), (1, 3, 64, 48)), ((2, 3, 64, 64), (1, 3, 64, 64))],
)
def test_inputs_must_be_square_and_alike(rgb: tuple[int, ...], residual: tuple[int, ...], small_network: LVNet) -> None:
    with pytest.raises(ValueError, match="square and alike"):
        small_network(torch.zeros(rgb), torch.zeros(residual))


def test_the_table_builds_each_architecture_and_refuses_others() -> None:
    kinds = {name: type(build(name, 1 / 32)).__name__ for name in ARCHITECTURES}
    assert kinds == {
        "lvnet": "LVNet",
        "lvnet_semi": "LVNetSemi",
        "lvnet_eighth": "LVNet",
        "lvnet_semi_eighth": "LVNetSemi",
        "xception_rgb": "XceptionRGB",
        "xception_noise": "XceptionNoise",
    }
    with pytest.raises(ValueError, match="known are lvnet, lvnet_semi"):
        build("resnet")
