"""Four short invented documents on forests that cite one another, and one that cites none."""

from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index

NATION = """国务院办公厅关于加强森林防火工作的意见
国办发〔2023〕31号

各省、自治区、直辖市人民政府：

为加强森林防火，经国务院同意，现提出以下意见。

一、建设林火视频监测网。在重点林区布设视频监测点，实现火情早发现。（国家林草局牵头，财政部、应急管理部配合）

二、组建专业扑火队伍。重点林区县应当组建专业扑火队。（国家林草局牵头，人力资源社会保障部配合）

国务院办公厅
2023年4月2日
"""

PROVINCE = """贵州省人民政府办公厅关于加强森林防火工作的实施意见
黔政办发〔2023〕40号

各市、自治州人民政府，省政府各部门：

为贯彻落实《国务院办公厅关于加强森林防火工作的意见》（国办发〔2023〕31号），经省政府同意，制定本实施意见。

一、建设林火视频监测网。到2025年，重点林区布设视频监测点1200个，火情视频监测覆盖率达到90%。（责任单位：省林业局、省财政厅、省应急厅、省大数据局。列第一位的为牵头单位，下同）

二、开展林下可燃物清理。每年冬季清理林下可燃物，建立台账。（责任单位：省林业局）

贵州省人民政府办公厅
2023年9月20日
"""

CITY = """遵义市森林防火工作方案
遵府办发〔2024〕3号

各县（市、区）人民政府：

根据《贵州省人民政府办公厅关于加强森林防火工作的实施意见》，制定本方案。

一、建设林火视频监测网。2025年底前，布设视频监测点150个，火情视频监测覆盖率达到95%。（市林业局牵头，市财政局、市公安局配合）

二、推广祭祀鲜花换纸钱。设置鲜花兑换点。（市民政局牵头，市林业局配合）

遵义市人民政府办公室
2024年1月15日
"""

OTHER = """云南省人民政府办公厅关于做好森林防火工作的通知
云政办发〔2022〕9号

各州、市人民政府：

一、建设林火视频监测网。在边境林区布设视频监测点300个。（责任单位：省林草局、省应急厅、省通信管理局）

云南省人民政府办公厅
2022年11月8日
"""

TEXTS = {"gb-31": NATION, "gz-40": PROVINCE, "zy-3": CITY, "yn-9": OTHER}


def forests(folder: Path) -> Index:
    """Build and load an index of the documents under ``folder``, each named by its id."""
    source = folder / "documents"
    source.mkdir()
    for document_id, text in TEXTS.items():
        (source / f"{document_id}.txt").write_text(text, encoding="utf-8")
    report = build_index([source], folder / "index", embedder=load_embedder())
    assert report.problems == ()
    return load_index(folder / "index")
