"""Which processor runs the network, how it is named in the report, and the flags that make its numbers repeatable."""

import logging
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import torch

from lav_gui.errors import ModelError

_CUBLAS_WORKSPACE = "CUBLAS_WORKSPACE_CONFIG"
"""cuBLAS repeats its sums in the same order only with a fixed workspace, set before its first use (NVIDIA cuBLAS
documentation, "Results reproducibility")."""

_log = logging.getLogger(__name__)


def choose_device(name: str) -> str:
    """Turn the user's choice into a device that was seen to work.

    Parameters
    ----------
    name : str
        "auto" (first CUDA GPU, else Apple GPU, else CPU), "cpu", "cuda", "cuda:N" or "mps".

    Returns
    -------
    str
        "cpu", "cuda:N" or "mps".

    Raises
    ------
    ModelError
        If the name is unknown, or the device that was asked for is absent or does not work.
    """
    os.environ.setdefault(_CUBLAS_WORKSPACE, ":4096:8")
    if name == "auto":
        candidates = ["cuda:0"] * torch.cuda.is_available() + ["mps"] * torch.backends.mps.is_available()
        return next((device for device in candidates if _works(device)), "cpu")
    device = "cuda:0" if name == "cuda" else name
    if device == "cpu":
        return device
    if device != "mps" and not device.removeprefix("cuda:").isdecimal():
        raise ModelError(f"The device {name!r} is not known; choose auto, cpu, cuda, cuda:N or mps.")
    if not _works(device):
        raise ModelError(f"The device {name} cannot be used on this machine; choose auto or cpu.")
    return device


def _works(device: str) -> bool:
    """Whether a small computation succeeds there; a driver that is too old shows itself only so."""
    try:
        return bool(torch.ones(2, device=device).sum().item() == 2.0)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        _log.warning("device %s does not work: %s", device, error)
        return False


CORES_TO_SPARE_ONE = 4
"""From so many cores on, one is left to the window. Of two or three it would cost a third to a half of the speed, and
the low priority of the child is seen to be enough there."""


def cpu_threads() -> int:
    """Threads for the network on a CPU: one per physical core that this process may use, less one to spare."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cores = min(psutil.cpu_count(logical=False) or allowed, allowed)
    return cores - 1 if cores >= CORES_TO_SPARE_ONE else cores


def describe_device(device: str) -> str:
    """Name of a device for the report; the same text stands for the same arithmetic.

    Parameters
    ----------
    device : str
        As `choose_device` gave it.
    """
    if device == "cpu":
        return f"CPU {cpu_name()}, {cpu_threads()} threads, {torch.backends.cpu.get_cpu_capability()}"
    if device == "mps":
        return f"Apple GPU (MPS) of {cpu_name()}"
    facts = torch.cuda.get_device_properties(device)
    return f"{facts.name} ({device}, compute capability {facts.major}.{facts.minor}, CUDA {torch.version.cuda})"


def cpu_name() -> str:
    """The processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if platform.system() == "Darwin":
        asked = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0:
            return asked.stdout.strip()
    return platform.processor() or platform.machine()


@contextmanager
def reproducible() -> Iterator[None]:
    """Compute so that the same input gives the same bits on the same device; the process's flags are put back after.

    Deterministic algorithms only, no search for the fastest kernel, no TF32 (whose products keep 10 bits), and on a
    CPU a fixed number of threads (`cpu_threads`), because sums are split by threads.
    """
    cudnn, matmul = torch.backends.cudnn, torch.backends.cuda.matmul
    filling: Any = torch.utils.deterministic  # its one attribute is added at run time
    before = (
        torch.get_deterministic_debug_mode(),
        filling.fill_uninitialized_memory,
        (cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32),
        matmul.allow_tf32,
        torch.get_num_threads(),
    )
    try:
        # the same as use_deterministic_algorithms(True), which would first import PyTorch's compiler (a second)
        torch.set_deterministic_debug_mode("error")
        filling.fill_uninitialized_memory = False
        cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32 = True, False, False
        matmul.allow_tf32 = False
        torch.set_num_threads(cpu_threads())
        yield
    finally:
        torch.set_deterministic_debug_mode(before[0])
        filling.fill_uninitialized_memory = before[1]
        cudnn.deterministic, cudnn.benchmark, cudnn.allow_tf32 = before[2]
        matmul.allow_tf32 = before[3]
        torch.set_num_threads(before[4])


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether a device's memory was full: PyTorch has a class for it on CUDA, and words on MPS and the CPU."""
    words = ("out of memory", "can't allocate memory", "not enough memory")
    return isinstance(error, torch.OutOfMemoryError) or any(word in str(error) for word in words)
