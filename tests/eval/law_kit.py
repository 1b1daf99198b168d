"""A training kit of a handful of laws, and questions in known folds."""

import gzip
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from eval.bench.laws import ARTICLES, FOLDS, QUESTIONS, LawQuestion

LAWS = {
    "民法": (
        "夫妻双方自愿离婚的，应当签订书面离婚协议。",
        "父母对子女负有抚养的义务。\n子女应当赡养父母。",
    ),
    "刑法": (
        "盗窃公私财物，数额较大的，处三年以下有期徒刑。",
        "抢劫公私财物的，处三年以上有期徒刑。",
    ),
    "劳动法": ("用人单位应当按月支付劳动者工资。", "劳动者每日工作时间不超过八小时。"),
}
ASKED = (
    ("怎么离婚？", "民法-0"),
    ("父母要抚养子女吗？", "民法-1"),
    ("偷东西会怎样？", "刑法-0"),
    ("抢劫怎么判？", "刑法-1"),
    ("老板不发工资怎么办？", "劳动法-0"),
)


def write_kit(folder: Path) -> Path:
    """Write the kit: in each fold one of the questions, and in fold 1 the one of fold 0 again."""
    ids = {fold: _ids(fold) for fold in range(FOLDS)}
    asked = [(next(ids[fold]), *each) for fold, each in enumerate(ASKED)]
    asked.append((next(ids[1]), *ASKED[0]))
    articles = [
        {"id": f"{law}-{at}", "text": text, "metadata": _about(law, at)}
        for law, texts in LAWS.items()
        for at, text in enumerate(texts)
    ]
    _write(folder / ARTICLES, articles)
    _write(
        folder / QUESTIONS,
        [{"id": i, "question": words, "articles": [article]} for i, words, article in asked],
    )
    return folder


def _about(law: str, at: int) -> dict[str, str]:
    return {"full": law, "law": law, "path": "第一章 总则", "article_no": f"第{at}条"}


def run_command(main: Callable[..., None], *arguments: str) -> Result:
    """Run the command that a benchmark's ``main`` makes."""
    app = typer.Typer()
    app.command()(main)
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def _ids(fold: int) -> Iterator[str]:
    made = (f"q{n}" for n in count())
    return (each for each in made if LawQuestion(each, "", ()).fold == fold)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
