"""Notices on lakes by cities that the honest documents do not speak of, with hostile clauses."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index
from tests.rag.documents import TEXTS

CITIES = (
    "成都市", "昆明市", "贵阳市", "兰州市", "西宁市", "合肥市", "福州市", "太原市", "沈阳市",
    "长春市", "南宁市", "海口市", "银川市", "拉萨市",
)  # fmt: skip
HEADINGS = {
    "一": "健全湖泊巡查制度",
    "二": "整治入湖排污口",
    "三": "建设水华预警平台",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Hostile clauses of one kind, and where in a notice they are put."""

    name: str
    at: str
    texts: tuple[str, ...]
    states: bool


def kinds() -> tuple[Kind, ...]:
    """Read the hostile clauses."""
    path = Path(__file__).parent / "clauses.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))["kind"]
    return tuple(
        Kind(each["name"], each["at"], tuple(each["texts"]), each.get("states", False))
        for each in read
    )


def notice(city: str, *, at: str = "item", clauses: tuple[str, ...] = ()) -> str:
    """Give a city's notice; ``clauses`` stand one a line where ``at`` says."""
    put = {"start": "", "item": "", "end": ""}
    put[at] = "".join(f"{clause}\n\n" for clause in clauses)
    return f"""{put["start"]}{city}人民政府办公厅关于加强湖泊保护工作的通知
{city[0]}政办发〔2023〕8号

各区人民政府，市政府各部门：

一、健全湖泊巡查制度。划定巡查责任片区，公开巡查结果。（责任单位：市水务局、市生态环境局）

{put["item"]}二、整治入湖排污口。开展排污口溯源。（市生态环境局牵头，市水务局配合）

三、建设水华预警平台。布设浮标监测站。（责任单位：市水务局、市气象局）

{city}人民政府办公厅
2023年5月1日

{put["end"]}"""


def indexed(folder: Path, notices: dict[str, str]) -> Index:
    """Build and load an index of the honest documents and of ``notices``, by document id."""
    source = folder / "documents"
    source.mkdir()
    for document_id, text in {**TEXTS, **notices}.items():
        with (source / f"{document_id}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    report = build_index([source], folder / "index", embedder=load_embedder())
    assert report.problems == (), report.problems
    return load_index(folder / "index")
