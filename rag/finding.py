"""What a decision rests on: clauses with the words that count, and the verdict on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.library import Index
from index.records import Responsibility
from rag.contrast import Contrast
from rag.designation import is_list
from rag.intent import Intent, Role
from rag.records import ReasonCode, Status
from rag.sentences import Piece

_SHOWN = 0.5  # the score of a clause that is shown and was not searched for


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause that an answer consists of.

    ``record`` is the responsibility that answers, ``pieces`` the sentences that do, ``actors``
    the bodies that such a sentence makes its actors, who are no lead for that; ``stated``
    is False where the clause is about the subject and does not say what was asked.
    """

    row: int
    score: float
    record: Responsibility | None = None
    pieces: tuple[Piece, ...] = ()
    stated: bool = True
    role: Role | None = None
    value: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on a question, before it is worded.

    ``several`` says that the answer has one part for each finding; ``units_asked`` that who is
    responsible was asked, so that responsibilities are listed; ``related`` are rows worth
    reading besides. ``missing`` are places or documents asked about that the index lacks,
    ``uncovered`` those that it holds and that say nothing on the subject. ``contrasts`` say what
    the documents found have in common and what only some have, where that was asked.
    """

    status: Status
    intent: Intent
    findings: tuple[Finding, ...] = ()
    reason: ReasonCode | None = None
    several: bool = False
    units_asked: bool = False
    related: tuple[tuple[int, float], ...] = ()
    subject: str = ""
    missing: tuple[str, ...] = field(default=())
    uncovered: tuple[str, ...] = ()
    correction: str | None = None
    contrasts: tuple[Contrast, ...] = ()


def record_of(index: Index, decision: Decision, finding: Finding) -> Responsibility | None:
    """Give the responsibility that an answer says of a finding's clause, if it says any.

    Where units were asked, the one that answers; in an answer of several parts, that of each
    main clause, whatever was asked. What running text says of who does it is said of its own
    sentence alone.
    """
    if finding.record is not None or not (decision.several and decision.reason is None):
        return finding.record
    clause = index.clauses[finding.row]
    told = (r for r in clause.responsibilities if is_list(index, clause, r) or _in(r, finding))
    return next(told, None)


def _in(record: Responsibility, finding: Finding) -> bool:
    """Tell whether a record stands in the words that answer, all of the clause where none do."""
    spans = [(piece.start, piece.end) for piece in finding.pieces]
    return not spans or any(start < record.end and record.start < end for start, end in spans)


def declined(status: Status, intent: Intent, reason: ReasonCode, **more: object) -> Decision:
    """Give a decision without an answer."""
    return Decision(status=status, intent=intent, reason=reason, **more)  # type: ignore[arg-type]  # named fields


def unstated(intent: Intent, rows: Iterable[int], reason: ReasonCode) -> Decision:
    """Give the decision that documents do not state what was asked, with clauses to show for it."""
    findings = tuple(Finding(row, _SHOWN, stated=False) for row in rows)
    return Decision(Status.NOT_STATED, intent, findings=findings, reason=reason)
