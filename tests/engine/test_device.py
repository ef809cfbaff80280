import pytest
import torch

from lav_gui.engine.device import choose_device, cpu_name, cpu_threads, describe_device, reproducible
from lav_gui.errors import ModelError


def _flags() -> tuple[object, ...]:
    return (
        torch.are_deterministic_algorithms_enabled(),
        torch.backends.cudnn.deterministic,
        torch.backends.cudnn.benchmark,
        torch.backends.cudnn.allow_tf32,
        torch.backends.cuda.matmul.allow_tf32,
        torch.get_num_threads(),
    )


def test_the_cpu_is_always_there() -> None:
    assert choose_device("cpu") == "cpu"
    assert choose_device("auto") in ("cpu", "cuda:0", "mps")


@pytest.mark.skipif(torch.cuda.is_available() or torch.backends.mps.is_available(), reason="this machine has a GPU")
def test_without_a_gpu_auto_is_the_cpu_and_asking_for_one_fails() -> None:
    assert choose_device("auto") == "cpu"
    for name in ("cuda", "cuda:0", "mps"):
        with pytest.raises(ModelError, match=f"The device {name} cannot be used on this machine; choose auto or cpu"):
            choose_device(name)


def test_a_gpu_beyond_the_last_one_is_absent() -> None:
    with pytest.raises(ModelError, match="cannot be used"):
        choose_device(f"cuda:{torch.cuda.device_count() + 7}")


@pytest.mark.parametrize("name", ["gpu", "cuda:x", "cuda:", "", "cuda:-1"])
def test_an_unknown_device_is_named(name: str) -> None:
    with pytest.raises(ModelError, match="is not known"):
        choose_device(name)


def test_the_cpu_is_described_with_what_its_numbers_depend_on() -> None:
    text = describe_device("cpu")
    assert cpu_name() in text
    assert f"{cpu_threads()} threads" in text
    assert text == describe_device("cpu")
    assert cpu_threads() >= 1


@pytest.mark.parametrize(("physical", "allowed", "threads"), [(1, 1, 1), (2, 4, 2), (8, 2, 2), (4, 8, 3), (None, 6, 5)])
def test_from_four_cores_on_one_is_left_to_the_window(
    monkeypatch: pytest.MonkeyPatch, physical: int | None, allowed: int, threads: int
) -> None:
    monkeypatch.setattr("psutil.cpu_count", lambda logical: physical)
    monkeypatch.setattr("os.sched_getaffinity", lambda process: set(range(allowed)), raising=False)
    assert cpu_threads() == threads


def test_flags_are_set_inside_and_put_back_after() -> None:
    torch.set_num_threads(2)
    before = _flags()
    with reproducible():
        assert _flags() == (True, True, False, False, False, cpu_threads())
    assert _flags() == before


def test_flags_are_put_back_after_a_failure() -> None:
    before = _flags()
    with pytest.raises(RuntimeError, match="surprise"), reproducible():
        raise RuntimeError("surprise")
    assert _flags() == before
