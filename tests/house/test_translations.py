"""Every text of the window is translated into every language, and what is shipped is what the sources say.

After a change of texts: `python3 packaging/dev.py translations`.
"""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lav_translate", ROOT / "packaging" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def found(translate: ModuleType, source: str) -> set[tuple[str, str]]:
    return set(translate.texts_of(ast.parse(source)))


def test_every_text_is_translated_with_the_same_places_in_braces(translate: ModuleType) -> None:
    texts = translate.window_texts()
    for language in translate.LANGUAGES:
        known = translate.read_ts(translate.FOLDER / f"lav_{language}.ts")
        assert translate.complaints({text: known.get(text, "") for text in texts}) == []
        assert known.keys() - texts == set(), "texts that are gone; run: python3 packaging/dev.py translations"


def test_the_compiled_files_are_those_of_the_sources(translate: ModuleType, tmp_path: Path) -> None:
    for language in translate.LANGUAGES:
        source = translate.FOLDER / f"lav_{language}.ts"
        translate.compile_ts(source, tmp_path / "made.qm")
        assert (tmp_path / "made.qm").read_bytes() == source.with_suffix(".qm").read_bytes()


def test_a_mnemonic_is_the_same_letter_in_every_language(translate: ModuleType) -> None:
    for language in translate.LANGUAGES:
        known = translate.read_ts(translate.FOLDER / f"lav_{language}.ts")
        marked = {source: words for (_, source), words in known.items() if words and _mnemonic(source).isalnum()}
        assert {source: words for source, words in marked.items() if _mnemonic(source) != _mnemonic(words)} == {}


def test_a_mnemonic_that_was_moved_is_moved_in_the_translation(translate: ModuleType) -> None:
    known = {("lav", "Pic&ture…"): "画面(&T)…", ("lav", "Open"): "打开"}
    texts = {("lav", "Pict&ure…"), ("lav", "Open"), ("lav", "Close")}
    assert translate.carried(texts, known) == {
        ("lav", "Pict&ure…"): "画面(&U)…",
        ("lav", "Open"): "打开",
        ("lav", "Close"): "",
    }


def _mnemonic(text: str) -> str:
    _, _, rest = text.partition("&")
    return rest[:1].upper()


def test_missing_translations_and_other_places_are_complained_of(translate: ModuleType) -> None:
    messages = {("lav", "Frame {index}"): "第 {number} 帧", ("lav", "Open"): "", ("lav", "{a} of {b}"): "{b} 之 {a}"}
    told = translate.complaints(messages)
    assert len(told) == 2
    assert "Frame {index}" in told[0]
    assert "not translated (lav): Open" in told[1]


def test_said_texts_are_found_with_their_contexts(translate: ModuleType) -> None:
    source = """
class View:
    title = "Fake probability"
    def show(self):
        self.tr("Faces")
        say("Frame {index}", index=1)
        say("one" if self.one else "many")
        QCoreApplication.translate("lav", "Straight")
        matrix.translate("No text", 1)
"""
    said = {"Fake probability", "Frame {index}", "one", "many", "Straight"}
    assert found(translate, source) == {("View", "Faces"), *(("lav", text) for text in said)}


def test_tables_of_texts_are_found_and_ids_and_keys_are_not(translate: ModuleType) -> None:
    source = """
NAMES = {"auto": "Automatic", "cpu": "A processor"}
KEYS = ("Ctrl+O", "Esc", "open_file", "PDF", "file.open")
def words(state):
    titles = {1: "Likely manipulated"}
    return say(titles[state])
"""
    assert {text for _, text in found(translate, source)} == {"Automatic", "A processor", "Likely manipulated"}


def test_a_file_is_read_as_it_was_written(translate: ModuleType, tmp_path: Path) -> None:
    messages = {("lav", "a & b <c>"): "甲 & 乙 <丙>", ("verdict", "x"): ""}
    translate.write_ts(tmp_path / "x.ts", "zh_CN", messages)
    assert translate.read_ts(tmp_path / "x.ts") == messages
