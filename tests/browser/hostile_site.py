"""Documents whose every part is a payload: text, headings, units, titles, numbers, file names."""

import json
from collections.abc import Sequence
from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from rag.answer import Answerer

_PER_DOCUMENT = 12
_LONGEST_NAME_BYTES = 200


def hostile_answerer(folder: Path, payloads: Sequence[str]) -> Answerer:
    """Index documents that hold each payload in a heading, a sentence and a list of units."""
    source = folder / "documents"
    source.mkdir()
    entries = []
    for at in range(0, len(payloads), _PER_DOCUMENT):
        few = payloads[at : at + _PER_DOCUMENT]
        name = f"{at:03} {_file_name(few[0])}.txt"
        (source / name).write_text(_document(few), encoding="utf-8", newline="")
        facts = {"file": name, "title": few[1], "number": few[2 % len(few)], "issuer": few[-1]}
        lines = [f"{key} = {json.dumps(value)}" for key, value in facts.items()]
        entries.append("\n".join(["[[document]]", *lines, 'level = "city"']))
    (source / "manifest.toml").write_text("\n\n".join(entries), encoding="utf-8")
    build_index([source], folder / "index", embedder=load_embedder())
    return Answerer(load_index(folder / "index"))


def _document(payloads: Sequence[str]) -> str:
    items = [
        f"（{_NUMBERS[n]}）健全{payload}制度。加强湖泊巡查，推进{payload}工作，到2025年达到9{n}%。"
        f"（责任单位：市水务局、{payload}，市财政局）\n"
        for n, payload in enumerate(payloads)
    ]
    return f"{payloads[0]}\n\n一、湖泊保护{payloads[-1]}\n\n" + "\n".join(items)


_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _file_name(payload: str) -> str:
    """Make a payload fit for the name of a file: no slash, not too long."""
    name = "".join(c for c in payload if c.isprintable()).replace("/", "∕")
    return name.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore")
