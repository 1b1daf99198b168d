"""Small documents, already read, for the tests of the index folder and the library."""

import hashlib

from index.clause_table import ClauseTable
from index.records import (
    Clause,
    ClauseKind,
    Document,
    DocumentStatus,
    LeadBasis,
    LeadBasisKind,
    Level,
    ReadDocument,
    Region,
    Responsibility,
)
from index.stores.lexical import LexicalStore


def read_document(
    document_id: str, *parts: tuple[ClauseKind, str], title: str | None = None
) -> ReadDocument:
    """Make a document of one clause a part; headings are the parents of the items after them."""
    text = ""
    heading: str | None = None
    clauses = []
    for number, (kind, words) in enumerate(parts):
        clause_id = f"{document_id}:{number}"
        parent = heading if kind is ClauseKind.ITEM else None
        clauses.append(
            Clause(
                clause_id=clause_id,
                document_id=document_id,
                kind=kind,
                start=len(text),
                end=len(text) + len(words),
                search_text=words.strip(),
                sha256=hashlib.sha256(words.encode()).hexdigest(),
                parent_id=parent,
                path=(words[:6],),
            )
        )
        heading = clause_id if kind is ClauseKind.HEADING else heading
        text += words + "\r\n"
    document = Document(document_id, f"{document_id}.txt", "0" * 64, title=title)
    return ReadDocument(document, text, tuple(clauses))


def table_of(*documents: ReadDocument) -> tuple[ClauseTable, LexicalStore]:
    """Give the table of documents, and their words, as an index has them."""
    clauses = [clause for each in documents for clause in each.clauses]
    table = ClauseTable.of([each.document for each in documents], clauses)
    return table, LexicalStore.of(table.words())


LAWS = read_document(
    "gd-1",
    (ClauseKind.TITLE, "药品安全工作方案"),
    (ClauseKind.HEADING, "一、重点任务"),
    (ClauseKind.ITEM, "（一）完善药品监管法规。省药监局牵头，省司法厅配合。"),
    (ClauseKind.ITEM, "（二）提高疫苗接种率到99.5%。省卫生健康委负责。"),
    (ClauseKind.NOISE, "扫码下载药品监管法规 ICP备1号"),
    title="药品安全工作方案",
)
PENSIONS = read_document(
    "zj-2",
    (ClauseKind.TITLE, "关于提高养老金的通知"),
    (ClauseKind.PARAGRAPH, "城乡居民基本养老保险基础养老金每人每月提高二十元。"),
    (ClauseKind.PARAGRAPH, "城乡居民基本养老保险基础养老金每人每月提高二十元。"),
)

# Every field of every record that is stored, none at its default.
FULL = ReadDocument(
    Document(
        "full",
        "全.txt",
        "1" * 64,
        title="標題",
        number="国办发〔2021〕16号",
        issuer="国务院办公厅",
        region=Region("全国", "000000"),
        level=Level.NATIONAL,
        date="2021-04-27",
        status=DocumentStatus.EFFECTIVE,
        inferred=(("level", "issuer"), ("date", "number")),
    ),
    "\ufeff甲\r\n乙\u2028丙\r丁\x85𠮷",
    (
        Clause(
            clause_id="full:一/（一）~2",
            document_id="full",
            kind=ClauseKind.TABLE_ROW,
            start=1,
            end=6,
            search_text="甲\n乙\u2028丙",
            sha256="2" * 64,
            parent_id="full:一",
            number="（一）",
            heading="甲",
            path=("一、总", "（一）甲"),
            damaged=True,
            truncated=True,
            responsibilities=(
                Responsibility(
                    units=("甲局", "乙厅"),
                    start=1,
                    end=2,
                    lead="甲局",
                    leads=("甲局",),
                    lead_basis=LeadBasis(LeadBasisKind.FIRST_LISTED, "full:一", "甲", 1, 2),
                    qualifiers=("等",),
                    inherited_from="full:一",
                ),
            ),
        ),
    ),
)
