import dataclasses
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model_zoo import checkpoints, registry
from model_zoo.errors import WeightsError
from model_zoo.networks import ARCHITECTURES, Architecture, LVNet, LVNetSemi, build
from model_zoo.quantization import SCALE, STORAGES, compress, restore
from model_zoo.registry import UNTRAINED
from model_zoo.storage import files_sha256, read_shards, save_shards
from model_zoo.weights_record import Weights

State = dict[str, torch.Tensor]


def _state() -> State:
    torch.manual_seed(1)
    return {
        "conv.weight": torch.randn(6, 4, 3, 3) * torch.logspace(-6, 4, 6)[:, None, None, None],
        "linear.weight": torch.randn(5, 7),
        "linear.bias": torch.randn(5) / 3,
        "srm.kernel": torch.randn(3, 3, 5, 5) / 3,
        "norm.running_var": torch.rand(6, dtype=torch.float64),
        "norm.num_batches_tracked": torch.tensor(2**40 + 1),
    }


@pytest.mark.parametrize("storage", STORAGES)
def test_every_storage_is_read_back_as_float32_of_the_same_names_and_shapes(storage: str) -> None:
    state = _state()
    again = restore(compress(state, storage), "x")
    assert list(again) == list(state)
    for name, tensor in state.items():
        assert again[name].shape == tensor.shape
        assert again[name].dtype == (torch.float32 if tensor.is_floating_point() else tensor.dtype)


@pytest.mark.parametrize("storage", STORAGES)
def test_biases_normalization_noise_filters_and_counters_are_kept_to_the_bit(storage: str) -> None:
    state = _state()
    stored = compress(state, storage)
    again = restore(stored, "x")
    for name in ("linear.bias", "srm.kernel", "norm.num_batches_tracked"):
        assert torch.equal(stored[name], state[name])
        assert torch.equal(again[name], state[name])
    assert torch.equal(again["norm.running_var"], state["norm.running_var"].float())


def test_the_types_on_disk_are_those_of_the_table() -> None:
    weights = ("conv.weight", "linear.weight")
    assert {compress(_state(), "float32")[name].dtype for name in weights} == {torch.float32}
    assert {compress(_state(), "float16")[name].dtype for name in weights} == {torch.float16}
    stored = compress(_state(), "int8")
    assert {stored[name].dtype for name in weights} == {torch.int8}
    assert [stored[name + SCALE].shape for name in weights] == [(6,), (5,)]
    assert {name for name in stored if name.endswith(SCALE)} == {name + SCALE for name in weights}
    assert all(int(stored[name].min()) >= -127 for name in weights)


def test_the_error_of_each_output_channel_is_below_that_of_plain_rounding() -> None:
    for name in ("conv.weight", "linear.weight"):
        rows = _state()[name].flatten(1).double()
        again = restore(compress(_state(), "int8"), "x")[name].flatten(1).double()
        step = rows.abs().amax(1, keepdim=True) / 127
        plain = ((rows / step).round() * step - rows).square().sum(1)
        found = (again - rows).square().sum(1)
        assert (found <= plain * (1 + 1e-5)).all()
        assert (found.sqrt() <= 0.5 * step.squeeze(1) * rows.shape[1] ** 0.5 * (1 + 1e-5)).all()
        assert (found > 0).all(), "eight bits do not hold these rows exactly"


def test_a_row_is_clipped_where_that_makes_its_error_smaller() -> None:
    torch.manual_seed(2)
    row = torch.randn(1, 20_000)
    scale = compress({"w": row}, "int8")["w" + SCALE]
    assert 0.8 * row.abs().max() / 127 <= scale.item() < 0.99 * row.abs().max() / 127


def test_rows_of_zeros_and_of_the_smallest_numbers_stay_finite() -> None:
    stored = compress({"w": torch.tensor([[0.0, 0.0], [1e-45, -1e-45], [-3.0, 1.5], [3e38, 0.0]])}, "int8")
    assert stored["w" + SCALE][0] == 1
    again = restore(stored, "x")["w"]
    assert again[0].tolist() == [0, 0]
    assert torch.isfinite(again).all()
    assert again[2].tolist() == pytest.approx([-3, 1.5], rel=0.01)
    assert again[3, 0].item() == pytest.approx(3e38, rel=0.01)


@settings(max_examples=50, deadline=None)
@given(
    values=st.lists(st.integers(-127, 127), min_size=2, max_size=9).filter(lambda v: 127 in map(abs, v)),
    scale=st.integers(-20, 20),
)
def test_what_was_quantized_once_loses_nothing_the_second_time(values: list[int], scale: int) -> None:
    rows = torch.tensor([values], dtype=torch.float32) * 2.0**scale
    assert torch.equal(restore(compress({"w": rows}, "int8"), "x")["w"], rows)


def test_half_precision_is_exact_to_eleven_bits_and_too_large_values_are_refused() -> None:
    state = {"w": torch.tensor([[1 / 3, 1000.1]])}
    assert torch.equal(restore(compress(state, "float16"), "x")["w"], state["w"].half().float())
    with pytest.raises(WeightsError, match="w holds values that are too large for float16"):
        compress({"w": torch.full((1, 2), 70_000.0)}, "float16")


@pytest.mark.parametrize("storage", STORAGES)
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_values_that_are_no_numbers_are_refused(storage: str, number: float) -> None:
    for shape in ((2, 2), (2,)):
        with pytest.raises(WeightsError, match="w holds values that are no finite numbers"):
            compress({"w": torch.full(shape, number)}, storage)


def test_an_unknown_storage_and_what_looks_quantized_are_refused() -> None:
    with pytest.raises(WeightsError, match="'int4' is not known; choose float32, float16, int8"):
        compress(_state(), "int4")
    for state in ({"w.scale": torch.ones(2)}, {"w": torch.ones(2, 2, dtype=torch.int8)}):
        with pytest.raises(WeightsError, match="look quantized already"):
            compress(state, "float32")


def test_no_network_has_a_tensor_that_looks_quantized() -> None:
    for architecture in ARCHITECTURES:
        with torch.device("meta"):
            state = build(architecture).state_dict()
        assert not [name for name, t in state.items() if name.endswith(SCALE) or t.dtype == torch.int8]
        assert "srm.kernel" in state


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda s: s.pop("conv.weight"), r"scales without their quantized tensors: conv\.weight\.scale"),
        (lambda s: s.update({"conv.weight": torch.zeros(6, 4, 3, 3)}), "scales without their quantized tensors"),
        (lambda s: s.pop("conv.weight.scale"), r"quantized tensors without their scales: conv\.weight"),
        (lambda s: s.update({"conv.weight.scale": torch.ones(5)}), r"another shape or type .*: conv\.weight\.scale"),
        (lambda s: s.update({"conv.weight.scale": torch.ones(6, 1)}), "another shape or type"),
        (lambda s: s.update({"conv.weight.scale": torch.ones(6).double()}), "another shape or type"),
        (lambda s: s["conv.weight.scale"].__setitem__(2, float("nan")), "no positive finite numbers"),
        (lambda s: s["conv.weight.scale"].__setitem__(2, float("inf")), "no positive finite numbers"),
        (lambda s: s["conv.weight.scale"].__setitem__(2, 3e38), "no positive finite numbers"),
        (lambda s: s["conv.weight.scale"].__setitem__(2, 0.0), "no positive finite numbers"),
        (lambda s: s["conv.weight.scale"].__setitem__(2, -1.0), "no positive finite numbers"),
        (lambda s: s.update({"v": torch.tensor(1).to(torch.int8), "v.scale": torch.ones(1)}), "another shape"),
    ],
)
def test_tensors_and_scales_that_do_not_fit_are_one_sentence(change: object, fault: str) -> None:
    stored = compress(_state(), "int8")
    change(stored)  # type: ignore[operator]
    with pytest.raises(WeightsError, match=fault) as caught:
        restore(stored, "lvnet.mine")
    assert str(caught.value).startswith("lvnet.mine ")
    assert "\n" not in str(caught.value)


def _saved(network: LVNet, storage: str, folder: Path) -> Weights:
    files = save_shards(compress(network.state_dict(), storage), folder, "lvnet_semi.small", shard_bytes=100_000)
    return dataclasses.replace(
        UNTRAINED, name="lvnet_semi.small", architecture="lvnet_semi", sha256=files_sha256(files), files=files
    )


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ARCHITECTURES, "lvnet_semi", Architecture(LVNetSemi, 1 / 16))


@pytest.mark.parametrize(
    ("storage", "error", "share"), [("float32", 0, 1), ("float16", 2e-3, 0.6), ("int8", 0.05, 0.4)]
)
def test_a_network_of_any_storage_is_loaded_and_answers_nearly_the_same(
    storage: str, error: float, share: float, small_network: LVNet, tmp_path: Path
) -> None:
    weights = _saved(small_network, storage, tmp_path)
    registry.save_card(weights, tmp_path)
    loaded = checkpoints.load_network(registry.read_card(tmp_path / "lvnet_semi.small.json", tmp_path))
    images = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(4)) * 2 - 1
    with torch.no_grad():
        wanted, found = (n(images, n.residual(images)).class_logits for n in (small_network, loaded))
    assert (found - wanted).abs().max() <= error * wanted.abs().max()
    assert error == 0 or not torch.equal(found, wanted)
    full = sum(tensor.nbytes for tensor in small_network.state_dict().values())
    assert sum(path.stat().st_size for path in weights.files) < share * full * 1.2
    again = checkpoints.load_network(weights).state_dict()
    assert all(torch.equal(again[name], tensor) for name, tensor in loaded.state_dict().items())


def test_a_changed_byte_or_a_lost_scale_of_quantized_weights_is_refused(small_network: LVNet, tmp_path: Path) -> None:
    weights = _saved(small_network, "int8", tmp_path)
    assert len(weights.files) > 1
    stored = read_shards(weights.files)
    del stored["rgb.conv1.weight.scale"]
    files = save_shards(stored, tmp_path / "lost", "lvnet_semi.small")
    lost = dataclasses.replace(weights, files=files, sha256=files_sha256(files))
    with pytest.raises(WeightsError, match=r"lvnet_semi\.small holds quantized tensors without.*rgb\.conv1\.weight"):
        checkpoints.load_network(lost)
    content = weights.files[0].read_bytes()
    weights.files[0].write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(WeightsError, match="not those of their card"):
        checkpoints.load_network(weights)
