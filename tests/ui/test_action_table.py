"""The table of actions and menus."""

from collections import Counter

from lav_gui.ui.action_table import MENUS, names_in


def test_the_names_of_a_menu_are_those_of_its_submenus_too_in_their_order() -> None:
    entries = ("file.open", "-", ("&More", ("view.left", "-", "view.right")), "file.quit")
    assert names_in(entries) == ("file.open", "view.left", "view.right", "file.quit")


def test_no_two_menus_share_a_mnemonic() -> None:
    marks = Counter(title[title.index("&") + 1].lower() for title, _ in MENUS)
    assert {mark: count for mark, count in marks.items() if count > 1} == {}
