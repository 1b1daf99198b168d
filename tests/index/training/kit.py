"""A small folder of training data, of the same form as the real one."""

import gzip
import json
from pathlib import Path

from index.training.corpus import ARTICLES, ENTRIES, PAIRS, PASSAGE_QUESTIONS, QUESTIONS

THINGS = {
    "药品": "medicine",
    "食品": "food",
    "土地": "land",
    "森林": "forest",
    "水源": "water source",
    "道路": "road",
    "学校": "school",
    "医院": "hospital",
    "档案": "archive",
    "粮食": "grain",
    "渔业": "fishery",
    "矿山": "mine",
}
DEEDS = {
    "监督": "to supervise",
    "登记": "to register",
    "检查": "to inspect",
    "规划": "to plan",
    "保护": "to protect",
}
_SENTENCES = (
    "县级以上人民政府{thing}主管部门负责{thing}的{deed}工作。",
    "任何单位和个人不得妨碍{thing}{deed}；违反规定的，处一万元罚款。",
)


def article_rows():
    for number, (thing, deed) in enumerate((t, d) for t in THINGS for d in DEEDS):
        yield {
            "id": f"n{number}",
            "title": f"{thing}法第{number % 5 + 1}条",
            "text": "".join(each.format(thing=thing, deed=deed) for each in _SENTENCES),
            "metadata": {
                "law": f"{thing}法",
                "full": f"中华人民共和国{thing}法",
                "path": f"第一章 总则 / 第二节 {deed}",
            },
        }


def question_rows():
    pairs = [(thing, deed) for thing in THINGS for deed in DEEDS]
    for number, (thing, deed) in enumerate(pairs[::2]):
        question = f"{thing}由谁{deed}？"
        yield {"id": f"q{number}", "question": question, "articles": [f"n{2 * number}"]}


def entry_rows():
    for word, sense in (THINGS | DEEDS).items():
        yield {"zh_hans": word, "zh_hant": word, "en": [sense, f"{sense} of old"]}


def write_kit(folder: Path) -> Path:
    """Write the five files."""
    folder.mkdir()
    passages = [
        f"{thing}在{place}很多，人们{deed}它。"
        for thing in THINGS
        for deed, place in zip(DEEDS, "东南西北中", strict=True)
    ]
    _write(folder / ARTICLES, article_rows())
    _write(folder / QUESTIONS, question_rows())
    _write(
        folder / PASSAGE_QUESTIONS,
        (
            {"question": f"{p[:2]}在哪里？", "passage": p, "answer": p[3], "start": 3}
            for p in passages
        ),
    )
    _write(folder / ENTRIES, entry_rows())
    _write(
        folder / PAIRS,
        (
            {"en": f"We {deed[3:]} the {thing}.", "zh": f"我们{zh_deed}{zh}。", "source": "test"}
            for zh, thing in THINGS.items()
            for zh_deed, deed in DEEDS.items()
        ),
    )
    return folder


def _write(path, rows):
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))
