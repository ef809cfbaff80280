"""The door to the detectors."""

import subprocess
import sys

import pytest

from lav_gui.errors import FaceError
from lav_gui.faces import detectors


def test_an_unknown_detector_is_named_in_the_sentence() -> None:
    with pytest.raises(FaceError, match="'dlib'"):
        detectors.build_detector("dlib", "cpu")


def test_geometry_tracking_and_the_list_of_detectors_load_no_torch() -> None:
    code = (
        "import sys, lav_gui.faces.geometry, lav_gui.faces.tracking, lav_gui.faces.detectors;"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
