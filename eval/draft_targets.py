"""Drafts of the figures and dates that a document sets."""

import re
from collections.abc import Iterator
from typing import Any

from eval.draft_row import draft_row, evidence_at, place
from index.library import Index
from index.records import Clause
from rag.sentences import Piece, sentences

Json = dict[str, Any]

_STATES = (
    r"达到|不低于|不少于|不超过|提高到|提升到|控制在|增长到?|下降到?|降至|降到|超过|完成|建成|培育"
    r"|至少"
)
_FIGURE = r"\d+(?:\.\d+)?\s*(?:%|％|[万亿千百]*[\u4e00-\u9fff]?)(?:以上|以下|左右)?"
_TARGET = re.compile(
    rf"(?P<subject>[^,，、;；。:：]{{2,24}}?)(?P<verb>{_STATES})(?P<value>(?:约|近)?{_FIGURE})"
)
_COUNTED = re.compile(
    rf"(?P<verb>培育|引进|建成|建设|新增|组织申报|申报|争创|力争|发展|打造|推出)"
    rf"(?P<subject>[^,，、;；。:：\d《》〔〕（）()“”]{{2,20}})(?P<value>{_FIGURE})"
)
_YEAR = r"20\d{2}\s*年(?:\s*\d{1,2}\s*月)?"
_BY = "底前|末前|底|末|前"
_DEADLINE = re.compile(
    rf"(?P<when>(?:到|在|于)\s*{_YEAR}(?:{_BY})?|{_YEAR}(?:{_BY}))[,，]?"
    r"(?P<what>[^,，;；。:：]{4,30})"
)


def of_targets(index: Index) -> Iterator[Json]:
    """Ask for each figure that a sentence sets."""
    for clause, sentence in _sentences(index):
        document = index.document(clause.document_id)
        for match in _figures(sentence.text):
            words = (match["verb"], match["subject"])
            if match.re is _TARGET:
                words = (_subject(match["subject"]), match["verb"])
            asked = f"{place(document)}{''.join(words)}多少？"
            evidence = [evidence_at(index, clause, *_source_span(sentence, match))]
            yield draft_row(
                asked, "deadline_or_target", "answer", document, evidence=evidence, answer=match[0]
            )


def of_deadlines(index: Index) -> Iterator[Json]:
    """Ask until when each thing is to be done for which a sentence sets a date."""
    for clause, sentence in _sentences(index):
        document = index.document(clause.document_id)
        for match in _DEADLINE.finditer(sentence.text):
            asked = f"{place(document)}{match['what'].strip()}，要在什么时候完成？"
            evidence = [evidence_at(index, clause, *_source_span(sentence, match))]
            yield draft_row(
                asked,
                "deadline_or_target",
                "answer",
                document,
                evidence=evidence,
                answer=match["when"].strip(),
            )


def _sentences(index: Index) -> Iterator[tuple[Clause, Piece]]:
    for clause in index.clauses:
        if not clause.noise:
            for sentence in sentences(index, clause):
                yield clause, sentence


def _figures(text: str) -> list[re.Match[str]]:
    """Find the targets of a sentence: 合格率达到99.5%, and 培育龙头企业3家 where no such stands."""
    found = list(_TARGET.finditer(text))
    taken = [match.span() for match in found]
    counted = _COUNTED.finditer(text)
    return found + [m for m in counted if not any(a < m.end() and m.start() < b for a, b in taken)]


def _source_span(sentence: Piece, match: re.Match[str]) -> tuple[int, int]:
    """Give the offsets of a match; of the whole sentence where cleaning moved its characters."""
    if len(sentence.text) != len(sentence.quote):
        return sentence.start, sentence.end
    return sentence.start + match.start(), sentence.start + match.end()


def _subject(words: str) -> str:
    """Drop what leads up to the subject of a target: 力争, 到2025年."""
    return re.sub(r"^(?:力争|争取|确保|实现|使|将|把|到\s*20\d{2}\s*年底?)+", "", words.strip())
