"""Five short invented documents on lakes, each with its own way of naming who is responsible.

A province with a rule (first listed leads), its city with explicit leads, a city's draft without
a rule, the nation's opinion without lists, and a province's text that is cut short.
"""

from pathlib import Path

from index.build import build_index
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index

HUBEI = """湖北省人民政府办公厅关于加强湖泊保护工作的实施意见
鄂政办发〔2023〕12号

各市、州、县人民政府，省政府各部门：

为贯彻落实《国务院办公厅关于加强湖泊保护的指导意见》（国办发〔2022〕9号），经省政府同意，现提出以下实施意见。

一、总体目标

到2027年，全省湖泊水质优良率达到92%，自然岸线保有率达到75%；到2030年，建成护湖驿站36座。

二、重点任务

（一）健全湖泊巡查制度。划定巡查责任片区，巡查发现的问题要在3个工作日内办结，重大问题要在15个工作日内办结。（责任单位：省水利厅、省生态环境厅、省公安厅。排在第一位的为牵头单位，下同）

（二）整治入湖排污口。开展排污口溯源，建立排污口台账，实行“一口一策”。（责任单位：省生态环境厅、省住建厅）

（三）建设水华预警平台。布设浮标监测站，共享水华预警信息。（责任单位：省水利厅）

（四）弘扬渔家文化。挖掘渔歌、渔谚等民间文化，讲好护湖故事。

三、保障措施

（一）落实资金保障。统筹湖泊保护资金，提高资金使用效益。（责任单位：省财政厅、省水利厅、省审计厅，各县（市、区）人民政府按职责分工负责）

（二）加强督查考核。将湖泊保护纳入年度督查。（责任单位：省政府督查室、省生态环境厅）

湖北省人民政府办公厅
2023年3月15日

（此件公开发布）
"""

WUHAN = """武汉市人民政府办公厅关于印发武汉市湖泊保护工作方案的通知
武政办〔2024〕5号

各区人民政府，市人民政府各部门：

《武汉市湖泊保护工作方案》已经市人民政府同意，现印发给你们，请认真组织实施。

武汉市人民政府办公厅
2024年6月3日

武汉市湖泊保护工作方案

一、主要任务

（一）健全湖泊巡查制度。推行“人工+无人机”巡查，每周巡查不少于2次。（市水务局牵头，市生态环境局、市公安局配合）

（二）修复湖滨湿地。恢复湿地500亩，种植水生植物。（市园林和林业局牵头，市水务局配合）

（三）推广水上垃圾打捞船。2025年底前配备打捞船40艘，每艘补助8万元。（市城管执法委牵头，市财政局配合）

二、附则

本方案自2024年7月1日起施行，有效期3年。
"""

CHANGSHA = """长沙市湖泊保护若干措施（征求意见稿）

为加强我市湖泊保护，制定以下措施。

一、健全湖泊巡查制度。设立湖长公示牌，公开巡查结果。（责任单位：市水利局、市生态环境局、市公安局）

二、建设环湖绿道。贯通环湖绿道60公里，配建公共自行车租赁点。（责任单位：市自然资源规划局、市交通运输局）

三、发展湖区生态旅游。培育生态旅游线路12条。（责任单位：市文旅广电局）
"""

NATION = """国务院办公厅关于加强湖泊保护的指导意见
国办发〔2022〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：

为加强湖泊保护，经国务院同意，现提出以下意见。

一、健全湖泊巡查制度。湖泊所在地人民政府应当定期开展巡查。

二、划定湖泊生态红线。湖泊生态红线是指为维护湖泊生态功能必须严格保护的最小空间边界。

三、推行“一湖一档”。各地要建立健全工作机制。

国务院办公厅
2022年5月20日
"""

JIANGXI = """江西省人民政府办公厅关于加强湖泊保护工作的通知
赣府厅发〔2023〕8号

各市、县（区）人民政府，省政府各部门：

一、健全湖泊巡查制度。建立巡查日志，如实记录巡查情况。（责任单位：省水利厅、省公安厅）

二、实施鄱阳湖禁渔期管理。禁渔期内严禁垂钓，落实渔民转产安置，
"""

TEXTS = {
    "hb-12": HUBEI,
    "wh-5": WUHAN,
    "cs-draft": CHANGSHA,
    "gb-9": NATION,
    "jx-8": JIANGXI,
}


def lakes(folder: Path) -> Index:
    """Build and load an index of the five documents under ``folder``, each named by its id."""
    source = folder / "documents"
    source.mkdir()
    for document_id, text in TEXTS.items():
        (source / f"{document_id}.txt").write_text(text, encoding="utf-8")
    report = build_index([source], folder / "index", embedder=load_embedder())
    assert report.problems == ()
    return load_index(folder / "index")
