"""The fixed words of answers, in Chinese and English; Traditional is converted from Simplified."""

from rag.records import Lang, ReasonCode

_ZH = {
    "lead": "{place}由{lead}牵头{n}",
    "rule": "（依据：文件写明“{quote}”{n}）",
    "units": "责任单位：{units}{n}",
    "sole": "唯一的责任单位是{units}{n}",
    "with": "；同时写明：{qualifiers}",
    "no_lead": "；文件没有指定牵头单位",
    "generic": "文件只写了{qualifiers}{n}，没有点名单位",
    "none": "{place}文件没有写明牵头或责任单位{n}",
    "cut": "{place}该条原文在此处被截断，责任单位不在现有文本中{n}",
    "draft": "（该文件为征求意见稿，尚未正式印发。）",
    "damaged": "（该条原文有损坏的文字。）",
    "inherited": "（列在上级标题处，适用于本项）",
    "says": "{place}{quote}{n}",
    "silent": "{place}文件涉及这一事项，但没有写明所问的内容{n}",
    "undefined": "文件提到“{term}”，但没有解释其含义{n}",
    "tasks_lead": "{unit}牵头{count}项：",
    "tasks_all": "{unit}列入{count}项：",
    "tasks_not_lead": "{unit}没有牵头的任务，参与{count}项：",
    "tasks_no_lead": "文件没有指定牵头单位；{unit}列为责任单位的有{count}项：",
    "task": "{place}{heading}（{role}）{n}",
    "tasks_apart": "{count}项：",
    "as_lead": "牵头",
    "as_led_by": "{lead}牵头",
    "as_member": "参与",
    "as_unit": "责任单位之一",
    "as_sole": "唯一责任单位",
    "tasks_none": "现有文件的责任单位中没有{unit}。",
    "yes": "是的。",
    "no": "不是。",
    "number": "文号：{value}{n}",
    "issuer": "发文机关：{value}{n}",
    "date": "日期：{value}{n}",
    "is_draft": "{place}该文件是征求意见稿，尚未正式印发{n}",
    "is_issued": "{place}该文件已正式印发{n}",
    "documents": "提到这一内容的文件有{count}份：",
    "missing": "（没有收录{names}的文件。）",
    "uncovered": "{names}的文件没有涉及这一事项。",
    "aside": "（{text}）",
    "sep": "；",
    "end": "。",
    "comma": "、",
    "colon": "：",
}
_EN = {
    "lead": "{place}{lead} leads{n}",
    "rule": " (the document says: “{quote}”{n})",
    "units": "responsible units: {units}{n}",
    "sole": "the only responsible unit is {units}{n}",
    "with": "; also written: {qualifiers}",
    "no_lead": "; the document designates no lead unit",
    "generic": "the document writes only {qualifiers}{n} and names no unit",
    "none": "{place}the document does not say who leads or is responsible{n}",
    "cut": "{place}the text is cut off here; the responsible units are not in it{n}",
    "draft": " (This document is a draft for comment, not yet issued.)",
    "damaged": " (The text of this clause is damaged.)",
    "inherited": " (stated at the heading above)",
    "says": "{place}{quote}{n}",
    "silent": "{place}the documents cover this subject but do not state what was asked{n}",
    "undefined": "the document mentions “{term}” but does not explain it{n}",
    "tasks_lead": "{unit} leads {count}: ",
    "tasks_all": "{unit} is listed in {count}: ",
    "tasks_not_lead": "{unit} leads none; it takes part in {count}: ",
    "tasks_no_lead": "no lead unit is designated; {unit} is listed as responsible in {count}: ",
    "task": "{place}{heading} ({role}){n}",
    "tasks_apart": "{count} tasks: ",
    "as_lead": "lead",
    "as_led_by": "{lead} leads",
    "as_member": "takes part",
    "as_unit": "one of the responsible units",
    "as_sole": "the only responsible unit",
    "tasks_none": "{unit} is not among the responsible units of these documents.",
    "yes": "Yes. ",
    "no": "No. ",
    "number": "document number: {value}{n}",
    "issuer": "issued by {value}{n}",
    "date": "date: {value}{n}",
    "is_draft": "{place}this document is a draft for comment, not yet issued{n}",
    "is_issued": "{place}this document has been issued{n}",
    "documents": "{count} documents mention it: ",
    "missing": " (No documents of {names} are held.)",
    "uncovered": "The documents of {names} say nothing about this.",
    "aside": " ({text})",
    "sep": "; ",
    "end": ".",
    "comma": "、",
    "colon": ": ",
}

_REASONS_ZH = {
    ReasonCode.NO_LEAD_DESIGNATED: "文件列出了责任单位，没有指定牵头单位。",
    ReasonCode.NO_UNITS_LISTED: "相关条款没有列出牵头或责任单位。",
    ReasonCode.FACT_NOT_STATED: "文件涉及这一事项，但没有写明所问的内容。",
    ReasonCode.TERM_NOT_EXPLAINED: "文件提到这一说法，但没有解释。",
    ReasonCode.SOURCE_TRUNCATED: "原文在该条中间被截断，缺失的部分不能推定。",
    ReasonCode.ATTACHMENT_MISSING: "所问内容在附件中，而附件没有收录。",
    ReasonCode.REGION_NOT_COVERED: "没有收录{names}的文件。",
    ReasonCode.DOCUMENT_NOT_COVERED: "没有收录所问的文件（{names}）。",
    ReasonCode.TOPIC_NOT_COVERED: "现有文件没有涉及这一事项。",
    ReasonCode.OUT_OF_SCOPE: "这不是关于所收录文件的问题。",
}
_REASONS_EN = {
    ReasonCode.NO_LEAD_DESIGNATED: "The document lists responsible units and designates no lead.",
    ReasonCode.NO_UNITS_LISTED: "The clause lists no lead or responsible unit.",
    ReasonCode.FACT_NOT_STATED: "The documents cover this subject but do not state what was asked.",
    ReasonCode.TERM_NOT_EXPLAINED: "The document uses this term without explaining it.",
    ReasonCode.SOURCE_TRUNCATED: "The source is cut off in this clause; the rest is not inferred.",
    ReasonCode.ATTACHMENT_MISSING: "What was asked stands in an attachment that is not held.",
    ReasonCode.REGION_NOT_COVERED: "No documents of {names} are held.",
    ReasonCode.DOCUMENT_NOT_COVERED: "The document asked about ({names}) is not held.",
    ReasonCode.TOPIC_NOT_COVERED: "Nothing in the documents is about this.",
    ReasonCode.OUT_OF_SCOPE: "This is not a question about the documents held.",
}


def phrase(key: str, lang: Lang) -> str:
    """Give a fixed phrase with its named gaps; Chinese in Simplified characters."""
    return (_EN if lang is Lang.EN else _ZH)[key]


def reason_message(code: ReasonCode, names: str, lang: Lang) -> str:
    """Give the one sentence that goes with a reason code; Chinese in Simplified characters."""
    message = (_REASONS_EN if lang is Lang.EN else _REASONS_ZH)[code]
    return (
        message.format(names=names)
        if names
        else message.replace("（{names}）", "").replace(" ({names})", "").replace("{names}", "…")
    )
