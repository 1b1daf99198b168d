"""Decide questions about who leads, who is responsible, and what a unit has to do.

A lead is named only where the document designates one; units without a rule are listed as they
stand; where nothing is listed nothing is said to be.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.actors import read_actors
from index.library import Index
from index.records import Clause, ClauseKind, Responsibility
from rag.catalog import Catalog
from rag.designation import Designations
from rag.finding import Decision, Finding, declined
from rag.grams import grams
from rag.intent import Intent, Role
from rag.question import Query
from rag.records import ReasonCode, Status
from rag.relevance import Candidate, Ranker
from rag.select import Picked, Selector, related
from rag.sentences import Piece, sentences
from rag.subject import strip_asking
from rag.unit_filter import fits_level
from rag.units import UnitMention, same_unit, take_apart

# A body that the sentence itself makes the actor: 国家药品检查机构…统一指挥调派各级检查员.
_ACTOR = re.compile(
    r"(?:^|[,。;:)\s])(?:由)?[\u4e00-\u9fff()、]{0,24}?(?:部门|机构|政府|[局厅委部办院会署行]"
    r"|中心|企业|单位|持有人|负责人|指挥部|领导小组)"
    r"(?:根据[^,]{1,30},|在[^,]{1,24},|依法|应当|要|按照[^,]{1,20}){0,3}(?:负责|统一|统筹|组织"
    r"|承担|主管|指挥|指导|调派|制定|开展|会同|协调|建立|监督)"
)
# 归谁统筹调配: the very verb stands in the clause, so the sentence that has it tells who.
_VERB_ASKED = re.compile(
    r"(?:谁|哪一?(?:个|家|级)?(?:单位|部门|机构|政府)?)(?:来|去"
    r"|进行)?([\u4e00-\u9fff]{2,6})[?？。]?$"
)
_PLAIN_VERBS = frozenset(
    (
        "负责",
        "牵头",
        "承担",
        "主管",
        "落实",
        "配合",
        "参与",
        "实施",
        "建设",
        "制定",
        "管理",
        "推进",
        "监管",
        "来管",
        "来抓",
        "主抓",
    )
)
_LEAST_SHARED = 0.34
# 脑机接口出现在哪几条: the clauses that hold the words, whatever else they are about.
_WHERE_ASKED = re.compile(
    r"(?:出现|写|列|提)(?:在|到)了?哪(?:几|些)?[条项处]|在哪(?:几|些)[条项处]"
)


class UnitDecider:
    """Decides questions about units over one index."""

    def __init__(self, index: Index, catalog: Catalog, ranker: Ranker, selector: Selector) -> None:
        self._index = index
        self._catalog = catalog
        self._ranker = ranker
        self._selector = selector
        self._designations = Designations(index, ranker)
        self._listed = frozenset(
            row for row, clause in enumerate(index.clauses) if clause.responsibilities
        )

    def responsible(self, query: Query) -> Decision:
        """Decide who leads or is responsible for the subject."""
        groups = self._picked(query)
        if not groups:
            return declined(Status.NOT_FOUND, query.ask.intent, ReasonCode.TOPIC_NOT_COVERED)
        findings: list[Finding] = []
        for picked in groups:
            findings += [self._finding(query, candidate) for candidate in picked.main]
        several = len(findings) > 1
        shown = related(groups, [f.row for f in findings])
        status, reason = self._verdict(query, findings, several=several)
        return Decision(
            status=status,
            intent=query.ask.intent,
            findings=tuple(findings),
            reason=reason,
            several=several,
            units_asked=status not in (Status.NOT_STATED, Status.NOT_FOUND),
            related=shown,
            correction=self._correction(query, findings),
        )

    def _picked(self, query: Query) -> list[Picked]:
        """Pick the clauses, those with a list first unless the nearest says itself who acts."""
        if several := self._items(query) or self._holding(query):
            return [several]
        if query.ask.intent is Intent.UNITS and len(query.scope.groups) == 1:
            nearest = self._selector.best(query, query.scope.document_ids)
            if nearest and self._tells(query, nearest.main):
                return [nearest]
        if query.items and len(query.scope.groups) == 1:
            return self._by_item(query)
        scope = query.scope
        if scope.named and not scope.vague:
            best = (
                self._selector.best(query, group, prefer=self._listed) for group in scope.groups
            )
            picked = [p for p in best if p is not None]
            if len(scope.groups) > 1:
                return [self._selector.with_equals(query, p, self._listed) for p in picked]
            return self._selector.with_counterparts(picked, self._listed)
        return self._selector.spread(query, scope.document_ids, prefer=self._listed)

    def _items(self, query: Query) -> Picked | None:
        """Pick the items of a heading of which each is asked for."""
        if not query.per_item or len(query.scope.groups) != 1:
            return None
        return self._selector.items(query, query.scope.document_ids, self._listed)

    def _holding(self, query: Query) -> Picked | None:
        """Pick every clause that holds a term of which it is asked where it stands."""
        match = _WHERE_ASKED.search(query.scope.masked)
        if match is None:
            return None
        before = strip_asking(query.scope.masked[: match.start()]).split()
        term = query.quoted[0] if query.quoted else "".join(before[:1]).rstrip("在的里中上")
        wanted = frozenset(query.scope.document_ids)
        rows = [
            row
            for row, clause in enumerate(self._index.clauses)
            if len(term) > 1
            and clause.document_id in wanted
            and not (clause.noise or self._index.children(clause.clause_id))
            and term in clause.search_text
        ]
        main = tuple(Candidate(row, 1.0, 1.0, 0.0, 0.0, 1.0) for row in rows)
        return Picked(main, (), by_item=True) if main else None

    def _by_item(self, query: Query) -> list[Picked]:
        """Pick for each subject of a question that asks for several at once."""
        picked: list[Picked] = []
        for item in query.items:
            asked = replace(query, topic=item, items=())
            found = self._selector.best(asked, query.scope.document_ids, prefer=self._listed)
            if found and found.main[0].row not in {p.main[0].row for p in picked}:
                picked.append(found)
        return picked

    def _tells(self, query: Query, main: Sequence[Candidate]) -> bool:
        clauses = [self._index.clauses[c.row] for c in main]
        return (
            len(clauses) == 1
            and not clauses[0].responsibilities
            and (self._actor(query, clauses[0]) is not None)
        )

    def _finding(self, query: Query, candidate: Candidate) -> Finding:
        clause = self._index.clauses[candidate.row]
        record = self._designations.answering(query, clause)
        if record is not None:
            return Finding(candidate.row, candidate.score, record=record)
        actor = self._actor(query, clause) if query.ask.intent is Intent.UNITS else None
        if actor is not None:
            return Finding(
                candidate.row, candidate.score, pieces=(actor,), actors=self._acting(query, actor)
            )
        return Finding(candidate.row, candidate.score, stated=False)

    def _actor(self, query: Query, clause: Clause) -> Piece | None:
        """Find the sentence that says who does what is asked, if one does."""
        if "单位" in query.folded or "分工" in query.folded:
            return None
        if verb := _VERB_ASKED.search(query.folded):
            told = [s for s in sentences(self._index, clause) if verb[1] in s.text]
            if told and verb[1] not in _PLAIN_VERBS:
                return told[0]
        best: tuple[float, Piece] | None = None
        for sentence in sentences(self._index, clause):
            if not _ACTOR.search(sentence.text):
                continue
            share = self._share(query, sentence.text)
            if share >= _LEAST_SHARED and (best is None or share > best[0]):
                best = (share, sentence)
        return best[1] if best else None

    def _acting(self, query: Query, sentence: Piece) -> tuple[str, ...]:
        """Give the bodies that do what is asked, of all that a sentence makes its actors."""
        found = [each for each in read_actors(sentence.text) if each.units]
        if not found:
            return ()
        ends = [each.start for each in found[1:]] + [len(sentence.text)]
        done = [
            self._share(query, sentence.text[each.end : end])
            for each, end in zip(found, ends, strict=True)
        ]
        return found[done.index(max(done))].units

    def _share(self, query: Query, text: str) -> float:
        """Give how much of the subject stands in a text, 0 to 1."""
        if query.english:
            phrases = self._ranker.phrases(query.topic)
            return self._ranker.phrase_coverage(phrases, frozenset(grams(text)))
        return self._ranker.coverage(query.topic, text)

    def _verdict(
        self, query: Query, findings: Sequence[Finding], *, several: bool
    ) -> tuple[Status, ReasonCode | None]:
        stated = [f for f in findings if f.stated]
        if not stated:
            clauses = [self._index.clauses[f.row] for f in findings]
            if any(c.truncated for c in clauses):
                return Status.NOT_STATED, ReasonCode.SOURCE_TRUNCATED
            return Status.NOT_STATED, ReasonCode.NO_UNITS_LISTED
        if query.ask.intent is not Intent.LEAD or self._correction(query, findings):
            return Status.ANSWERED, None
        if query.items and len(stated) < max(len(findings), len(query.items)):
            return Status.PARTIAL, ReasonCode.NO_UNITS_LISTED
        if several or any(f.record is not None and f.record.lead for f in stated):
            return Status.ANSWERED, None
        return Status.PARTIAL, ReasonCode.NO_LEAD_DESIGNATED

    def _correction(self, query: Query, findings: Sequence[Finding]) -> str | None:
        """Say yes or no where a question assumes who leads: the unit it names, right or not.

        Of a unit that is listed where no lead is designated it can be said neither.
        """
        names = [n for mention in query.units[:1] for n in (*mention.names, mention.words)]
        names += [query.unknown_unit] if query.unknown_unit else []
        if not (query.ask.premise and names and findings and findings[0].record):
            return None
        record = findings[0].record
        if not record.leads and _is(names, record.units):
            return None
        return "right" if _is(names, record.leads) else "wrong"

    def tasks(self, query: Query) -> Decision:
        """Decide what a unit leads or takes part in: every clause that lists it."""
        scope = query.scope
        names = tuple(n for mention in query.units for n in (*mention.names, mention.words))
        rows = [
            (row, record)
            for row, record in self._records(scope.document_ids)
            if self._lists(row, record.units, query.units)
            or not frozenset(names).isdisjoint(record.qualifiers)
        ]
        if rows and (query.ask.without or query.ask.alone):
            return self._exclusive(query, names)
        listed = frozenset(row for row, _ in rows)
        acting = [] if query.ask.role is Role.LEAD else self._acts(query, names, listed)
        if not rows and not acting:
            return self._no_tasks(query)
        rows = _one_each(rows, names)
        leading = [(row, r) for row, r in rows if _is(names, r.leads)]
        designated = any(r.lead for _, r in self._records(self._documents_of(rows)))
        if query.ask.role is Role.LEAD and leading:
            rows = leading
        findings = tuple(
            Finding(
                row,
                1.0,
                record=record,
                role=Role.LEAD if _is(names, record.leads) else Role.MEMBER,
            )
            for row, record in rows
        )
        findings = tuple(sorted((*findings, *acting), key=lambda finding: finding.row))
        unled = query.ask.role is Role.LEAD and not leading
        partial = unled and not designated
        return Decision(
            status=Status.PARTIAL if partial else Status.ANSWERED,
            intent=Intent.TASKS,
            findings=findings,
            reason=ReasonCode.NO_LEAD_DESIGNATED if partial else None,
            several=True,
            units_asked=True,
            subject=_subject(query.units, rows, names),
            correction="wrong" if unled and designated else None,
        )

    def _lists(self, row: int, units: Sequence[str], mentions: Sequence[UnitMention]) -> bool:
        """Tell whether a unit asked for is among those of a clause, as its document means them."""
        level = self._index.document(self._index.clauses[row].document_id).level
        return any(
            fits_level(mention.words, unit, level)
            and any(same_unit(unit, name) for name in (*mention.names, mention.words))
            for unit in units
            for mention in mentions
        )

    def _acts(self, query: Query, names: Sequence[str], listed: frozenset[int]) -> list[Finding]:
        """Find the clauses beside those in ``listed`` in whose text the unit is the actor."""
        wanted = frozenset(query.scope.document_ids)
        heads = {take_apart(name).core[:2] for name in names} - {""}
        found = []
        for row, clause in enumerate(self._index.clauses):
            if clause.document_id not in wanted or clause.noise or row in listed:
                continue
            if not any(head in clause.search_text for head in heads):
                continue
            for sentence in sentences(self._index, clause):
                units = [unit for each in read_actors(sentence.text) for unit in each.units]
                own = tuple(unit for unit in units if self._lists(row, (unit,), query.units))
                if own:
                    found.append(
                        Finding(row, 1.0, pieces=(sentence,), actors=own, role=Role.MEMBER)
                    )
                    break
        return found

    def _exclusive(self, query: Query, names: Sequence[str]) -> Decision:
        """Decide which tasks a unit does not lead, or which are its alone."""
        records = self._records(query.scope.document_ids)
        if query.ask.alone:
            rows = [(r, record) for r, record in records if _alone(record, names)]
        else:
            rows = [
                (r, record) for r, record in records if record.lead and not _is(names, record.leads)
            ]
        if not rows:
            return declined(Status.NOT_STATED, Intent.TASKS, ReasonCode.FACT_NOT_STATED)
        findings = tuple(Finding(row, 1.0, record=record) for row, record in _one_each(rows, names))
        return Decision(
            status=Status.ANSWERED,
            intent=query.ask.intent,
            findings=findings,
            several=True,
            units_asked=True,
            subject=_subject(query.units, rows, names) if query.ask.alone else "",
        )

    def _records(self, document_ids: Iterable[str]) -> list[tuple[int, Responsibility]]:
        wanted = frozenset(document_ids)
        return [
            (row, record)
            for row in sorted(self._listed)
            for record in self._index.clauses[row].responsibilities
            if self._index.clauses[row].document_id in wanted
            and self._index.clauses[row].kind is not ClauseKind.HEADING
        ]

    def _documents_of(self, rows: Sequence[tuple[int, Responsibility]]) -> set[str]:
        return {self._index.clauses[row].document_id for row, _ in rows}

    def _no_tasks(self, query: Query) -> Decision:
        scope = query.scope
        unit = query.unknown_unit
        if not scope.named and unit and not self._catalog.mentions(scope.document_ids, unit):
            return declined(Status.NOT_FOUND, Intent.TASKS, ReasonCode.TOPIC_NOT_COVERED)
        lists = bool(self._records(scope.document_ids))
        reason = ReasonCode.FACT_NOT_STATED if lists else ReasonCode.NO_UNITS_LISTED
        words = query.units[0].words if query.units else query.unknown_unit or ""
        return declined(Status.NOT_STATED, Intent.TASKS, reason, subject=words)


def _one_each(
    rows: Sequence[tuple[int, Responsibility]], names: Sequence[str]
) -> list[tuple[int, Responsibility]]:
    """Keep one record a clause, the one the unit leads if there is one, in document order."""
    kept: dict[int, Responsibility] = {}
    for row, record in rows:
        if row not in kept or (_is(names, record.leads) and not _is(names, kept[row].leads)):
            kept[row] = record
    return sorted(kept.items())


def _alone(record: Responsibility, names: Sequence[str]) -> bool:
    """Tell whether a unit is the only body of a record, nobody else being named beside it."""
    return len(record.units) == 1 and _is(names, record.units) and not record.qualifiers


def _is(names: Sequence[str], leads: Sequence[str]) -> bool:
    return any(same_unit(lead, name) for lead in leads for name in names)


def _subject(
    mentions: Sequence[UnitMention],
    rows: Iterable[tuple[int, Responsibility]],
    names: Sequence[str],
) -> str:
    """Name the unit asked about: as the question has it, the documents' own name before English."""
    if not mentions:
        return ""
    words = mentions[0].words
    if not words.isascii():
        return words
    listed = (unit for _, record in rows for unit in record.units)
    own = dict.fromkeys(unit for unit in listed if any(same_unit(unit, name) for name in names))
    return f"{'、'.join(own)} ({words})"
