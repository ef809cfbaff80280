"""Versions and licenses, without importing what the window must not."""

from dataclasses import replace
from importlib import metadata

import pytest

from lav_gui import __version__
from lav_gui.ui import about_facts
from lav_gui.ui.about_facts import NOT_RECORDED, components, facts_of, versions
from model_zoo.registry import UNTRAINED


def test_the_versions_are_those_that_are_installed() -> None:
    told = dict(versions())
    assert told["LAV"] == __version__
    assert told["PyTorch"] == metadata.version("torch")
    assert told["PySide6"] == metadata.version("PySide6-Essentials")
    assert {"Python", "PyAV", "FFmpeg", "libavcodec", "libswscale"} <= set(told)


def test_every_package_that_is_needed_has_its_version_and_license() -> None:
    found = {each.name.lower(): each for each in components()}
    assert {"pyqtgraph", "torch", "av", "numpy", "typst"} <= set(found)
    assert "tensorboard" not in found
    assert found["numpy"].version == metadata.version("numpy")
    assert found["pyqtgraph"].license == "MIT"
    assert "LGPL-3.0" in found["pyside6-essentials"].license
    assert found["facenet-pytorch"].license == "MIT License"
    assert found["scipy"].license == "BSD License"
    assert NOT_RECORDED not in {each.license for each in found.values()}


def test_a_frozen_program_without_records_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise metadata.PackageNotFoundError

    for name in ("version", "metadata", "requires"):
        monkeypatch.setattr(about_facts.metadata, name, fail)
    assert dict(versions())["PyTorch"] == NOT_RECORDED
    assert components() == ()
    assert about_facts._license("torch") == NOT_RECORDED


def test_weights_without_a_card_are_told_by_their_record() -> None:
    text = facts_of(replace(UNTRAINED, metrics=(("video_auc", "0.9"),)))
    assert text.startswith("# lvnet.untrained\n")
    for word in ("no model card", "UNTRAINED", UNTRAINED.sha256, "Apache-2.0", "**video_auc**: 0.9"):
        assert word in text
