"""Looks tell two people apart and forgive a little light."""

import numpy as np
import pytest

from lav_gui.faces.appearance import blend_looks, look_distance, look_of

BOX = (60.0, 30.0, 100.0, 80.0)


def figure(head, torso, light=0):
    image = np.full((180, 160, 3), 90, np.int64)
    image[25:85, 50:110] = head
    image[85:170, 30:130] = torso
    noise = np.random.default_rng(5).integers(-6, 7, image.shape)
    return np.clip(image + noise + light, 0, 255).astype(np.uint8)


ANN = figure((200, 160, 130), (160, 40, 40))
BOB = figure((200, 160, 130), (30, 60, 150))


def test_a_person_looks_like_oneself_and_unlike_another() -> None:
    assert look_distance(look_of(ANN, BOX), look_of(ANN, BOX)) == pytest.approx(0, abs=1e-6)
    assert look_distance(look_of(ANN, BOX), look_of(BOB, BOX)) > 0.3
    assert look_distance(look_of(ANN, BOX), look_of(BOB, BOX)) <= 1


def test_a_little_light_or_a_small_step_changes_little() -> None:
    brighter = look_of(figure((200, 160, 130), (160, 40, 40), light=12), BOX)
    stepped = look_of(ANN, (64.0, 32.0, 104.0, 82.0))
    assert look_distance(look_of(ANN, BOX), brighter) < 0.25
    assert look_distance(look_of(ANN, BOX), stepped) < 0.2


def test_where_the_torso_is_outside_the_frame_the_head_decides() -> None:
    cut = look_of(ANN[:81], BOX)
    assert cut.torso is None
    assert look_distance(cut, look_of(BOB, BOX)) < 0.25
    assert blend_looks(look_of(ANN, BOX), cut, 0.5).torso is not None
    assert blend_looks(cut, look_of(ANN, BOX), 0.5).torso is not None


def test_a_box_outside_the_frame_still_has_a_look() -> None:
    outside = look_of(ANN, (-300.0, -300.0, -200.0, -200.0))
    assert outside.torso is None
    assert np.sum(outside.head**2) == pytest.approx(1)
    assert look_distance(outside, outside) == pytest.approx(0, abs=1e-6)


def test_a_running_look_lies_between_and_stays_a_unit() -> None:
    ann, bob = look_of(ANN, BOX), look_of(BOB, BOX)
    mixed = blend_looks(ann, bob, 0.3)
    assert np.sum(mixed.head**2) == pytest.approx(1)
    assert look_distance(ann, mixed) < look_distance(bob, mixed) < look_distance(ann, bob)
