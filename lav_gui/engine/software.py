"""What produced the numbers: device, arithmetic, detector and the versions of what took part."""

import platform
from collections.abc import Sequence
from importlib import metadata

import torch

import lav_gui
from lav_gui.engine.device import describe_device
from lav_gui.records import Software

_PACKAGES = (
    ("NumPy", "numpy"),
    ("torchvision", "torchvision"),
    ("OpenCV", "opencv-python-headless"),
    ("Pillow", "pillow"),
    ("facenet-pytorch", "facenet-pytorch"),
)


def describe_software(
    device: str,
    precision: str,
    deterministic: bool,
    detector_name: str,
    detector_sha256: str,
    *,
    other_versions: Sequence[tuple[str, str]] = (),
) -> Software:
    """Facts for report, JSON and case file.

    Parameters
    ----------
    device : str
        As `choose_device` gave it; the record holds its description.
    precision : str
        `FaceScorer.precision`.
    deterministic : bool
        Whether the network ran under `reproducible`.
    detector_name, detector_sha256 : str
        Face detector and hash of its weights.
    other_versions : sequence of (str, str)
        Components that this room may not import, as PyAV and FFmpeg's libraries.
    """
    versions = [
        ("lav", lav_gui.__version__),
        ("Python", platform.python_version()),
        ("operating system", platform.platform()),
        ("PyTorch", str(torch.__version__)),  # its own kind of text would load torch in the process that unpickles it
        *((name, _version(package)) for name, package in _PACKAGES),
    ]
    if device.startswith("cuda"):
        versions += [("CUDA", str(torch.version.cuda)), ("cuDNN", str(torch.backends.cudnn.version()))]  # type: ignore[no-untyped-call]
    return Software(
        device=describe_device(device),
        precision=precision,
        deterministic=deterministic,
        detector=detector_name,
        detector_sha256=detector_sha256,
        versions=(*versions, *other_versions),
    )


def _version(package: str) -> str:
    """Version as installed; a frozen app may carry no record of it."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not recorded"
