"""Which keys each action has, and that no two share one."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from lav_gui.errors import SettingsError
from lav_gui.ui.key_map import SPECS, KeyMap, native, normal, title_of

NAMES = sorted(SPECS)
KEYS = ["Ctrl+O", "Ctrl+W", "N", "F9", "Ctrl+F9", "?", "Right", "+", "="]


def shared(keys: KeyMap) -> list[str]:
    """Keys that more than one action has."""
    every = [key for name in NAMES for key in keys.keys(name)]
    return sorted({key for key in every if every.count(key) > 1})


def test_at_first_the_keys_are_those_of_the_table() -> None:
    keys = KeyMap()
    assert all(keys.keys(name) == tuple(normal(key) for key in SPECS[name].keys) for name in NAMES)
    assert (keys.changes, shared(keys)) == ((), [])
    assert keys.words("view.zoom_in") == "+ / ="


def test_an_action_gets_another_key(qtbot: QtBot) -> None:
    keys = KeyMap()
    with qtbot.waitSignal(keys.changed, timeout=1000):
        keys.set_keys("file.open", ("f9", "ctrl+shift+F9"))
    assert keys.keys("file.open") == ("F9", "Ctrl+Shift+F9")
    assert keys.is_changed("file.open")
    assert keys.changes == (("file.open", ("F9", "Ctrl+Shift+F9")),)
    assert KeyMap(keys.changes).keys("file.open") == ("F9", "Ctrl+Shift+F9")


def test_a_key_that_another_action_has_is_refused_by_name_unless_it_is_taken(qtbot: QtBot) -> None:
    keys = KeyMap()
    with qtbot.assertNotEmitted(keys.changed), pytest.raises(SettingsError, match="belongs to “Close”"):
        keys.set_keys("file.open", ("F9", "Ctrl+W"))
    assert keys.changes == ()
    keys.set_keys("file.open", ("Ctrl+W",), take=True)
    assert (keys.keys("file.open"), keys.keys("file.close")) == (("Ctrl+W",), ())
    assert shared(keys) == []


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("Tab", "choose another key"),
        ("Return", "choose another key"),
        ("Alt+F", "opens the menu “File”"),
        ("", "no key that can be used"),
        ("Ctrl+K, Ctrl+C", "no key that can be used"),
    ],
)
def test_what_cannot_be_a_shortcut_is_refused_even_when_it_is_taken(key: str, sentence: str) -> None:
    keys = KeyMap()
    assert sentence in keys.objection(key, "file.open")
    with pytest.raises(SettingsError, match=sentence):
        keys.set_keys("file.open", (key,), take=True)


def test_an_action_may_keep_its_own_key_and_lose_all() -> None:
    keys = KeyMap()
    assert keys.objection("Ctrl+O", "file.open") == ""
    keys.set_keys("file.open", ())
    assert (keys.keys("file.open"), keys.words("file.open")) == ((), "")
    assert keys.objection("Ctrl+O", "file.close") == ""
    keys.set_keys("file.open", ("Ctrl+O", "Ctrl+O"))
    assert keys.changes == ()


def test_keys_are_reset_one_by_one_or_all() -> None:
    keys = KeyMap()
    keys.set_keys("file.open", ("F9",))
    keys.set_keys("file.close", ("F10",))
    keys.reset("file.open")
    assert (keys.keys("file.open"), keys.changes) == (("Ctrl+O",), (("file.close", ("F10",)),))
    keys.reset_all()
    assert keys.changes == ()


def test_a_reset_takes_no_key_from_another_action() -> None:
    keys = KeyMap()
    keys.set_keys("file.close", ("Ctrl+O",), take=True)
    keys.reset("file.open")
    assert keys.keys("file.open") == ()
    assert shared(keys) == []
    keys.reset("file.close")
    keys.reset("file.open")
    assert keys.changes == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((("file.opne", ("F9",)),), "did you mean 'file.open'"),
        ((("file.open", ("Ctrl+Foo",)),), "is no key; write it as in"),
        ((("file.open", ("Ctrl+W",)),), "belongs to file.close already"),
        ((("file.open", ("Alt+F",)),), "belongs to File already"),
        ((("file.open", ("F9",)), ("file.close", ("F9",))), "belongs to file.close already"),
    ],
)
def test_wrong_shortcuts_in_the_settings_are_a_clear_sentence(
    changes: tuple[tuple[str, tuple[str, ...]], ...], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        KeyMap(changes)


def test_two_actions_may_swap_their_keys_in_the_settings() -> None:
    keys = KeyMap((("file.open", ("Ctrl+W",)), ("file.close", ("Ctrl+O",))))
    assert keys.keys("file.open") == ("Ctrl+W",)
    assert shared(keys) == []


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(NAMES[:8]), st.lists(st.sampled_from(KEYS), max_size=2), st.booleans()), max_size=8
    )
)
def test_no_two_actions_ever_share_a_key(steps: list[tuple[str, list[str], bool]]) -> None:
    keys = KeyMap()
    for number, (name, wanted, take) in enumerate(steps):
        if number % 4 == 3:
            keys.reset(name)
        elif take or all(not keys.objection(key, name) for key in wanted):
            keys.set_keys(name, tuple(wanted), take=take)
        assert shared(keys) == []
    assert KeyMap(keys.changes).changes == keys.changes


def test_titles_and_keys_read_well() -> None:
    assert title_of("file.export_pdf") == "Export report"
    assert native("Ctrl+O") == "Ctrl+O"
    titles = [title_of(name) for name in NAMES]
    assert not [title for title in itertools.chain(titles) if "&" in title or "…" in title]
