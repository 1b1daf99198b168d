"""What an answer tells, line by line: all that a rewording of it may say again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.clean import fold
from rag.language import in_script
from rag.phrases import phrase
from rag.records import Answer, AnswerResponsibility, Citation, CitationRole, Lang
from rag.units import english_gloss

MARK = re.compile(r"\[(\d{1,3})\]")
_OPENINGS = (
    "yes", "no", "documents", "tasks_lead", "tasks_all", "tasks_not_lead", "tasks_no_lead",
)  # fmt: skip
_NOTES = ("draft", "damaged", "missing", "aside")
_GAP = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True, slots=True)
class Frame:
    """An answer taken apart: ``opening`` and ``notes`` are fixed phrases without a citation."""

    opening: str
    body: str
    notes: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a sentence with certain citations may rest on.

    Parameters
    ----------
    told : str
        The lines of the extractive answer with any of these citations, without the marks.
    places : str
        Where the clauses stand: labels, headings, titles, numbers, issuers, regions.
    asked : str
        The words that both the question and a cited clause have.
    evidence : str
        The cited clauses themselves, with their places and what was read from them.
    responsibilities : tuple of AnswerResponsibility
        Those of these citations.
    rules : tuple of str
        The quoted words that make leads of units, where these citations hold or use them.
    published : str
        All of the above as published, not folded, to tell quoted words from the answer's own.

    All are folded but the last.
    """

    told: str
    places: str
    asked: str
    evidence: str
    responsibilities: tuple[AnswerResponsibility, ...]
    rules: tuple[str, ...]
    published: str

    @property
    def words(self) -> str:
        """All words that may be said again."""
        return f"{self.told}\n{self.places}\n{self.asked}"


def frame(answer: Answer) -> Frame:
    """Take an answer's fixed opening and notes from what is between them."""
    opening, notes = _patterns(answer.lang)
    text = answer.answer
    begun = opening.match(text)
    start = begun.end() if begun else 0
    ended = notes.search(text, start)
    end = ended.start() if ended else len(text)
    return Frame(text[:start], text[start:end], text[end:])


@lru_cache(maxsize=len(Lang))
def _patterns(lang: Lang) -> tuple[re.Pattern[str], re.Pattern[str]]:
    openings = "|".join(_pattern(key, lang) for key in _OPENINGS)
    notes = "|".join(_pattern(key, lang) for key in _NOTES)
    return re.compile(rf"(?:{openings})+\n?", re.I), re.compile(rf"(?:{notes})+\Z", re.I)


def _pattern(key: str, lang: Lang) -> str:
    fixed = re.escape(in_script(phrase(key, lang), lang))
    return _GAP.sub(r"[^\\n\\[\\]]+?", fixed)


def basis_of(answer: Answer, body: str, numbers: Iterable[int]) -> Basis:
    """Give what a sentence that cites ``numbers`` may rest on."""
    wanted = frozenset(numbers)
    cited = [each for each in answer.citations if each.n in wanted]
    lines = [line for line in _lines(body) if wanted & marks(line)]
    told = MARK.sub("", "\n".join(lines))
    entries = tuple(each for each in answer.responsibilities if each.citation in wanted)
    places = "\n".join(_place(each) for each in cited)
    clauses = "\n".join(f"{each.clause.search_text}\n{each.quote}" for each in cited)
    listed = "\n".join("、".join((*e.leads, *e.units, *e.qualifiers)) for e in entries)
    return Basis(
        told=fold(told),
        places=fold(places),
        asked=_shared(answer.question, fold(clauses)),
        evidence=fold(f"{places}\n{clauses}\n{listed}"),
        responsibilities=entries,
        rules=tuple(
            fold(basis.quote)
            for each in answer.responsibilities
            if (basis := each.lead_basis) and wanted & {each.citation, basis.citation}
        ),
        published=f"{told}\n{places}\n{clauses}\n{listed}",
    )


def marks(text: str) -> frozenset[int]:
    """Give the numbers of the citations that a text marks."""
    return frozenset(int(each) for each in MARK.findall(text))


def stretches(sentence: str) -> list[tuple[str, frozenset[int]]]:
    """Cut a sentence behind its marks: each stretch with the citations that follow it.

    What stands behind the last mark belongs to the last stretch.

    Examples
    --------
    >>> [(text, sorted(numbers)) for text, numbers in stretches("由甲牵头[1]，乙参与[2][3]。")]
    [('由甲牵头', [1]), ('，乙参与。', [2, 3])]
    """
    *found, rest = re.split(r"((?:\s*\[\d{1,3}\])+)", sentence)
    pairs = [(text, marks(cited)) for text, cited in zip(found[::2], found[1::2], strict=True)]
    if pairs:
        pairs[-1] = (pairs[-1][0] + rest, pairs[-1][1])
    return pairs


def without_glosses(text: str, answer: Answer) -> str:
    """Leave out the English glosses behind an answer's units, where they are the units' own."""
    for entry in answer.responsibilities:
        for unit in entry.units:
            if gloss := english_gloss(unit):
                text = text.replace(f"{unit} ({gloss})", unit)
    return text


def quotable(answer: Answer) -> frozenset[int]:
    """Give the citations that an answer's text may mark: those that it rests on."""
    return frozenset(c.n for c in answer.citations if c.role is not CitationRole.RELATED)


def _lines(body: str) -> list[str]:
    """Cut an answer into its parts: lines, one without a citation with the one after it."""
    parts = [""]
    for line in body.split("\n"):
        if marks(parts[-1]):
            parts.append(line)
        else:
            parts[-1] = f"{parts[-1]}\n{line}".strip("\n")
    if len(parts) > 1 and not marks(parts[-1]):
        last = parts.pop()
        parts[-1] = f"{parts[-1]}\n{last}"
    return parts


def _place(citation: Citation) -> str:
    document, clause = citation.document, citation.clause
    region = document.region.name if document.region else ""
    said = (citation.label, *clause.path, clause.heading, document.title, document.number)
    return "\n".join(each for each in (*said, document.issuer, region, document.date) if each)


def _shared(question: str, clauses: str) -> str:
    """Give the runs of two characters and more that a question shares with the clauses."""
    folded = fold(question)
    found, at = [], 0
    while at < len(folded):
        size = 2
        while at + size <= len(folded) and folded[at : at + size] in clauses:
            size += 1
        if size > 2:  # noqa: PLR2004 - as above
            found.append(folded[at : at + size - 1])
        at += max(1, size - 2)
    return "\n".join(found)
