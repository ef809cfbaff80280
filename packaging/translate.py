"""Translations of the window: finds its texts, keeps `resources/translations/*.ts` in step, compiles them to `.qm`.

    python3 packaging/dev.py translations            update .ts and .qm; list what is missing (then the exit code is 1)

Qt's own lupdate knows neither `wording.say` nor tables of texts, so the texts are found here:

- `say("…")` and `translate("lav", "…")`: context *lav*; `self.tr("…")`: the class it stands in.
- Tables: every literal that reads like a text in the constants of the window's modules, and also in the tables of
  functions where a module says a text that is no literal (`say(titles[state])`); every `title = "…"` of a class; the
  tables of actions and menus.
- The sentences of a verdict (`verdict.sentences.TEMPLATES`): context *verdict*; the stages of an analysis.

To translate, write the `<translation>` beside the `<source>` and run the command again. `{words}` in braces stay.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
SAID, SENTENCES = "lav", "verdict"
"""Contexts of `wording.say` and of the sentences of a verdict."""

STAGED = ("analysis.py", "engine", "faces", "media", "isolation.py", "reporting.py", "report")
"""Where the stages of an analysis or report are named; the window says them as they come."""

Text = tuple[str, str]
"""Context and English source."""

_PROSE = re.compile(r"&?[A-Z(“]|.*[a-z…] \S|.* \{|.*\{.*\} ?\w", re.DOTALL)
_NO_PROSE = re.compile(
    r"(Ctrl|Shift|Alt|Meta)\+|[a-z0-9_.]+$|[A-Z0-9_]+$|[^A-Za-z]*$|Q[A-Z]|.*::|.*</|[A-Z][a-z]+[A-Z]\w*$"
)
_KEYS = {"Tab", "Return", "Enter", "Esc", "Home", "End", "Left", "Right", "Up", "Down", "Space", "Delete", "Backspace"}
_TITLES = ("title", "text", "hint", "heading", "name", "label")
_MARKED, _BRACKETED = re.compile(r"&(\w)"), re.compile(r"\(&\w\)")
_PLACE = re.compile(r"\{(\w*)[^}]*\}")


def window_texts(root: Path = ROOT) -> set[Text]:
    """All texts of the window, with their contexts."""
    ui = root / "lav_gui" / "ui"
    found: set[Text] = set()
    for path in (*sorted(ui.rglob("*.py")), root / "lav_gui" / "app.py"):
        found |= set(texts_of(ast.parse(path.read_text(encoding="utf-8"))))
    for place in STAGED:
        start = root / "lav_gui" / place
        for path in [start] if start.suffix else sorted(start.rglob("*.py")):
            found |= set(_stages(ast.parse(path.read_text(encoding="utf-8"))))
    judging = root / "lav_gui" / "verdict"
    sentences = _table(judging / "sentences.py", "TEMPLATES") | _table(judging / "findings.py", "_CONDITIONS")
    return found | set(_action_texts(ui / "action_table.py")) | sentences


def texts_of(module: ast.Module) -> Iterator[Text]:
    """The texts of one module of the window."""
    says_tables = False
    for owner, call in _calls(module):
        kind, first = _name(call.func), call.args[0]
        if kind == "translate":
            context, first = call.args[0], call.args[1]
            if not isinstance(context, ast.Constant) or context.value != SAID:
                continue
        literals = _literals(first)
        says_tables |= not literals
        yield from ((owner if kind == "tr" else SAID, text) for text in literals)
    tables = ast.walk(module) if says_tables else iter(module.body)
    yield from ((SAID, text) for node in tables for text in _prose(node))
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            yield from ((SAID, text) for text in _class_titles(node))


def _calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Calls that translate, each with the class it stands in."""

    def walk(node: ast.AST, owner: str) -> Iterator[tuple[str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                kind = _name(child.func)
                enough = len(child.args) >= (2 if kind == "translate" else 1)
                if enough and (kind in ("say", "tr") or (kind == "translate" and _is_qt(child.func))):
                    yield owner, child
            yield from walk(child, child.name if isinstance(child, ast.ClassDef) else owner)

    return walk(module, "")


def _is_qt(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and _name(function.value) == "QCoreApplication"


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(node: ast.expr) -> list[str]:
    """The text of an argument; both of a choice between two; none where it is not written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return []


def _prose(node: ast.AST) -> Iterator[str]:
    """Literals that read like texts, where a statement gives a name to a table of them."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        for part in _values(node.value):
            if _PROSE.match(part) and not _NO_PROSE.match(part) and part not in _KEYS:
                yield part


def _values(node: ast.expr) -> Iterator[str]:
    """The strings of a literal table, without the keys of its dictionaries."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _values(value)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for value in node.elts:
            yield from _values(value)
    elif isinstance(node, ast.Call) and _name(node.func)[:1].isupper() and _name(node.func) != "TypeVar":
        for value in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from _values(value)


def _class_titles(node: ast.ClassDef) -> Iterator[str]:
    for part in node.body:
        if isinstance(part, ast.Assign | ast.AnnAssign) and part.value is not None:
            target = part.targets[0] if isinstance(part, ast.Assign) else part.target
            if isinstance(target, ast.Name) and target.id in _TITLES:
                yield from (text for text in _literals(part.value) if _PROSE.match(text))


def _stages(module: ast.Module) -> Iterator[Text]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _name(node.func) == "Stage" and node.args:
            yield from ((SAID, text) for text in _literals(node.args[0]))


def _action_texts(path: Path) -> Iterator[Text]:
    """Texts and hints of the actions, and the titles of the menus."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) == "ActionSpec":
            yield from ((SAID, text) for part in node.args[1:3] for text in _literals(part))
        elif isinstance(node, ast.AnnAssign) and _name(node.target) == "MENUS" and isinstance(node.value, ast.Tuple):
            menus = [menu.elts[0] for menu in ast.walk(node.value) if _is_menu(menu)]
            yield from ((SAID, text) for title in menus for text in _literals(title))


def _is_menu(node: ast.AST) -> TypeGuard[ast.Tuple]:
    """Whether a part of the table of menus is a menu: a title, and a tuple of what is in it."""
    return isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Tuple)


def _table(path: Path, name: str) -> set[Text]:
    """The values of one dictionary of a module that makes sentences of a verdict."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if _assigned(node) == name and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            return {(SENTENCES, text) for text in _values(node.value)}
    raise SystemExit(f"{path} has no table {name} any more; mend packaging/translate.py.")


def _assigned(node: ast.stmt) -> str:
    """The name that a statement gives a value to; empty where it is no such statement."""
    if isinstance(node, ast.Assign):
        return _name(node.targets[0])
    return _name(node.target) if isinstance(node, ast.AnnAssign) else ""


def read_ts(path: Path) -> dict[Text, str]:
    """What a file translates; an unfinished text is empty."""
    if not path.exists():
        return {}
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            found[name, message.findtext("source") or ""] = message.findtext("translation") or ""
    return found


def write_ts(path: Path, language: str, messages: dict[Text, str]) -> None:
    """Write a file that Qt Linguist reads; contexts and sources are in order, so that a change is a small one."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context in sorted({context for context, _ in messages}):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for (_, source), words in sorted((key, value) for key, value in messages.items() if key[0] == context):
            state = "" if words else ' type="unfinished"'
            lines.append(f"    <message>\n        <source>{escape(source)}</source>")
            lines.append(f"        <translation{state}>{escape(words)}</translation>\n    </message>")
        lines.append("</context>")
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def carried(texts: set[Text], known: dict[Text, str]) -> dict[Text, str]:
    """The known translations of texts; where only the mnemonic was moved, its letter is changed in the translation."""
    plain = {(context, source.replace("&", "")): words for (context, source), words in known.items() if words}
    found = {}
    for context, source in texts:
        words = known.get((context, source), "") or plain.get((context, source.replace("&", "")), "")
        found[context, source] = _remarked(words, source) if words else ""
    return found


def _remarked(words: str, source: str) -> str:
    """A translation with the mnemonic of its source, in brackets behind it as is the custom in Chinese."""
    letter = _MARKED.search(source)
    bare = _BRACKETED.sub("", words)
    if letter is None or "&" in bare:
        return bare if letter is None else words
    end = "…" if bare.endswith("…") else ""
    return f"{bare.removesuffix('…')}(&{letter[1].upper()}){end}"


def complaints(messages: dict[Text, str]) -> list[str]:
    """What is wrong with translations: missing ones, and those that fill in other values than their source."""
    found = []
    for (context, source), words in sorted(messages.items()):
        if not words:
            found.append(f"not translated ({context}): {source}")
        elif sorted(_PLACE.findall(source)) != sorted(_PLACE.findall(words)):
            found.append(f"other places in braces ({context}): {source} -> {words}")
    return found


def compile_ts(source: Path, target: Path) -> None:
    """Compile a file for the program; the window reads the result alone."""
    tool = Path(sys.executable).with_name("pyside6-lrelease.exe" if sys.platform == "win32" else "pyside6-lrelease")
    subprocess.run([str(tool), "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    """Bring all languages in step with the texts; 1 where something is missing."""
    texts = window_texts()
    missing = []
    for language in LANGUAGES:
        path = FOLDER / f"lav_{language}.ts"
        known = read_ts(path)
        messages = carried(texts, known)
        write_ts(path, language, messages)
        compile_ts(path, path.with_suffix(".qm"))
        missing += [f"{language}: {each}" for each in complaints(messages)]
        gone = len(known.keys() - texts)
        print(f"{language}: {len(texts)} texts, {gone} that are gone were dropped, {path.relative_to(ROOT)}")
    print("\n".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
