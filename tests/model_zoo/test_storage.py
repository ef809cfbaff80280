import contextlib
import hashlib
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from model_zoo import storage
from model_zoo.errors import WeightsError


def _state() -> dict[str, torch.Tensor]:
    return {f"layer{i}.weight": torch.full((5, 5), float(i)) for i in range(5)} | {"count": torch.tensor(7)}


@pytest.mark.parametrize(("shard_bytes", "count"), [(10**6, 1), (200, 3), (1, 6)])
def test_shards_hold_what_was_saved(shard_bytes: int, count: int, tmp_path: Path) -> None:
    files = storage.save_shards(_state(), tmp_path / "new", "lvnet.x", shard_bytes)
    assert [path.name for path in files] == [f"lvnet.x-{i}-of-{count}.safetensors" for i in range(1, count + 1)]
    assert sorted((tmp_path / "new").iterdir()) == sorted(files)
    again = storage.read_shards(files)
    assert again.keys() == _state().keys()
    assert all(
        torch.equal(again[name], tensor) and again[name].dtype == tensor.dtype for name, tensor in _state().items()
    )


def test_a_shard_is_no_larger_than_asked(tmp_path: Path) -> None:
    files = storage.save_shards(_state(), tmp_path, "lvnet.x", shard_bytes=200)
    assert all(sum(tensor.nbytes for tensor in storage.read_shards([path]).values()) <= 200 for path in files)


def test_tensors_that_are_views_of_one_another_can_be_saved(tmp_path: Path) -> None:
    base = torch.arange(10.0)
    files = storage.save_shards({"a": base[:5], "b": base[3:], "c": torch.ones(1).expand(4)}, tmp_path, "lvnet.x")
    assert storage.read_shards(files)["b"].tolist() == list(range(3, 10))


def test_the_hash_of_shards_is_that_of_their_bytes_in_order(tmp_path: Path) -> None:
    files = storage.save_shards(_state(), tmp_path, "lvnet.x", shard_bytes=200)
    assert storage.files_sha256(files) == hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert storage.files_sha256(files) != storage.files_sha256(files[::-1])


def test_the_hash_of_tensors_depends_on_names_types_shapes_and_values_but_not_on_order() -> None:
    state = {"a": torch.zeros(4), "b": torch.ones(2)}
    others = [
        {"a": torch.zeros(4), "c": torch.ones(2)},
        {"a": torch.zeros(4), "b": torch.ones(2, dtype=torch.float64)},
        {"a": torch.zeros(2, 2), "b": torch.ones(2)},
        {"a": torch.zeros(4), "b": torch.tensor([1.0, 2.0])},
    ]
    assert storage.state_sha256(dict(reversed(state.items()))) == storage.state_sha256(state)
    assert len({storage.state_sha256(other) for other in [state, *others]}) == 5


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    (path,) = storage.save_shards(_state(), tmp_path, "lvnet.x")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(WeightsError, match=r"lvnet\.x-1-of-1\.safetensors is not a readable"):
        storage.read_shards([path])


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    for act in (storage.files_sha256, storage.read_shards):
        with pytest.raises(WeightsError, match="gone"):
            act([tmp_path / "gone.safetensors"])


def test_a_tensor_in_two_shards_is_an_error(tmp_path: Path) -> None:
    (path,) = storage.save_shards(_state(), tmp_path, "lvnet.x")
    with pytest.raises(WeightsError, match="repeats tensors"):
        storage.read_shards([path, path])


def test_nothing_is_left_where_the_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(WeightsError, match="cannot be written"):
        storage.save_shards(_state(), tmp_path / "file", "lvnet.x")
    (tmp_path / "lvnet.x-1-of-1.safetensors").mkdir()
    with pytest.raises(WeightsError, match="cannot be written"):
        storage.save_shards(_state(), tmp_path, "lvnet.x")
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("wrap", [lambda state: state, lambda state: {"epoch": 3, "state_dict": state}])
@pytest.mark.parametrize("legacy", [False, True])
def test_a_pytorch_file_is_read_bare_or_wrapped(wrap: object, legacy: bool, tmp_path: Path) -> None:
    path = tmp_path / "model.pth.tar"
    torch.save(wrap(_state()), path, _use_new_zipfile_serialization=not legacy)  # type: ignore[operator]
    assert storage.read_foreign(path).keys() == _state().keys()


def test_numpy_numbers_beside_the_tensors_are_let_through(tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    torch.save({"best_auc": np.float64(0.9), "epoch": np.int64(3), "state_dict": _state()}, path)
    assert storage.read_foreign(path).keys() == _state().keys()


def test_a_safetensors_file_is_read_too(tmp_path: Path) -> None:
    save_file(_state(), tmp_path / "model.safetensors")
    assert storage.read_foreign(tmp_path / "model.safetensors").keys() == _state().keys()


class _Trap:
    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, tuple[Path, str]]:
        return Path.write_text, (self.victim, "ran")


def test_code_in_a_checkpoint_is_refused_and_not_run(tmp_path: Path) -> None:
    path, victim = tmp_path / "model.pth", tmp_path / "victim"
    torch.save({"state_dict": _state(), "trap": _Trap(victim)}, path)
    with pytest.raises(WeightsError, match=r"model\.pth is not a readable checkpoint"):
        storage.read_foreign(path)
    path.write_bytes(pickle.dumps(_Trap(victim)))
    with pytest.raises(WeightsError, match="not a readable checkpoint"):
        storage.read_foreign(path)
    assert not victim.exists()


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
@pytest.mark.parametrize("content", [b"", b"text\n", b"PK\x03\x04garbage", b"\x80\x02}q\x00.", b"\x08\0\0\0\0\0\0\0{}"])
def test_another_file_is_one_sentence(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"model{suffix}"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match="model") as caught:
        storage.read_foreign(path)
    assert "\n" not in str(caught.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), noise=st.binary(max_size=40), legacy=st.booleans())
def test_a_damaged_pytorch_file_is_read_or_refused(cut: int, noise: bytes, legacy: bool, tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    torch.save(_state(), path, _use_new_zipfile_serialization=not legacy)
    whole = path.read_bytes()
    cut = cut % len(whole)
    path.write_bytes(whole[:cut] + noise + whole[cut + len(noise) :])
    with contextlib.suppress(WeightsError):
        assert storage.read_foreign(path)


def test_a_missing_file_and_a_folder_are_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.pth"):
        with pytest.raises(WeightsError, match="not a readable checkpoint"):
            storage.read_foreign(path)


@pytest.mark.parametrize("content", [[1, 2], {}, torch.zeros(2)])
def test_a_file_without_named_tensors_is_refused(content: object, tmp_path: Path) -> None:
    torch.save(content, tmp_path / "model.pth")
    with pytest.raises(WeightsError, match="no named tensors"):
        storage.read_foreign(tmp_path / "model.pth")


def test_entries_that_are_no_tensors_are_named(tmp_path: Path) -> None:
    torch.save(_state() | {"optimizer": {"lr": 1}}, tmp_path / "model.pth")
    with pytest.raises(WeightsError, match="no tensors: optimizer"):
        storage.read_foreign(tmp_path / "model.pth")


def test_a_long_list_of_names_is_cut() -> None:
    assert storage.named(["b", "a"]) == "a, b"
    assert storage.named(f"t{i}" for i in range(9)) == "t0, t1, t2, t3 and 5 more"
