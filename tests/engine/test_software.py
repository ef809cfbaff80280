import platform

import torch

import lav_gui
from lav_gui.engine.device import describe_device
from lav_gui.engine.software import describe_software


def test_everything_that_makes_numbers_is_named_with_its_version() -> None:
    facts = describe_software("cpu", "float32", True, "mtcnn", "a" * 64, other_versions=(("PyAV", "18.1.0"),))
    versions = dict(facts.versions)
    assert facts.device == describe_device("cpu")
    assert (facts.precision, facts.deterministic, facts.detector, facts.detector_sha256) == (
        "float32",
        True,
        "mtcnn",
        "a" * 64,
    )
    assert versions["lav"] == lav_gui.__version__
    assert versions["Python"] == platform.python_version()
    assert versions["PyTorch"] == torch.__version__
    assert versions["PyAV"] == "18.1.0"
    assert {"operating system", "NumPy", "torchvision", "OpenCV", "Pillow"} <= versions.keys()
    assert all(versions.values())
    assert {type(version) for version in versions.values()} == {str}, "the window that unpickles them loads no torch"
