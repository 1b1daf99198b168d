"""What an index covers: its documents by number, region and level, and the units it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.clean import fold
from index.divisions import within
from index.library import Index
from index.records import Document, Level
from rag.grams import grams
from rag.spelling import mend
from rag.terms import TermMatcher
from rag.units import UnitMention, UnitNames

_NUMBER = re.compile(
    r"(?P<sign>[\u4e00-\u9fff]{0,12}?)[〔\[(【]?(?P<year>(?:19"
    r"|20)\d{2})[〕\])】]?年?\s*第?\s*(?P<serial>\d{1,5})\s*号"
    r"|(?P<short_sign>(?:国|[\u4e00-\u9fff]{1,4})?(?:政|府)?(?:办|发"
    r"|函)[发函]?)?\s*第?\s*(?P<short>\d{1,5})\s*号(?:文件?|通知|意见)?"
)
_ENGLISH_NUMBER = re.compile(
    r"(?:\b[A-Z][a-z]+ ?){0,4}[〔\[(]((?:19|20)\d{2})[〕\])] ?(?:No\.?|Number) ?(\d{1,5})\b",
    re.IGNORECASE,
)
# What may stand before a number without a space: 哪份文件引用了浙委办发〔2020〕58号.
_BEFORE_SIGN = re.compile(
    "了|的|是|在|对|按照?|根据|依据|把|被|引用|提到|落实|贯彻|问|说|查|文件|[份哪那这]"
)
_OWN_NUMBER = re.compile(r"^(?P<sign>.*?)〔(?P<year>\d{4})〕(?P<serial>\d+)号$")
# Orders and announcements count without brackets: 国家市场监督管理总局令第54号, 2024年第38号.
_PLAIN_NUMBER = re.compile(
    r"(?:(?P<sign>[\u4e00-\u9fff]{0,20}?令)|(?P<year>(?:19|20)\d{2})年)\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
_MUNICIPALITY_END = "市"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORTEST_CLASS = 4
_SHORTEST_NAME = 10
_ISSUED = re.compile(r"^[^关]{2,30}关于(?=.{8})")
_BODY_ENDS = ("政府", "党委", "部门", "单位", "机构", "办事处", "管委会")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A document number in a question: where it stands and which documents bear it."""

    start: int
    end: int
    words: str
    document_ids: tuple[str, ...]


def _classes(qualifiers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the classes of bodies among the words about lists, by their Chinese characters."""
    found: dict[str, dict[str, None]] = {}
    for words in qualifiers:
        name = "".join(_HAN.findall(fold(words)))
        if len(name) >= _SHORTEST_CLASS and name.startswith("各") and name.endswith(_BODY_ENDS):
            found.setdefault(name, {})[words] = None
    return {name: tuple(words) for name, words in found.items()}


def _names(documents: Iterable[Document]) -> tuple[str, ...]:
    """Give the titles long enough to be meant wherever they stand, the longest first."""
    names = {fold(document.title) for document in documents if document.title}
    names |= {_ISSUED.sub("关于", name) for name in names}
    return tuple(sorted((n for n in names if len(n) >= _SHORTEST_NAME), key=len, reverse=True))


class Catalog:
    """The documents and units of one index."""

    def __init__(self, index: Index) -> None:
        self.documents = index.documents
        self._terms = TermMatcher(index)
        self._texts = {d.document_id: index.text(d.document_id) for d in index.documents}
        self._numbers = [
            (match, d.document_id)
            for d in index.documents
            if d.number and (match := _OWN_NUMBER.match(d.number))
        ]
        self._plain_numbers = [
            (match, d.document_id)
            for d in index.documents
            if d.number and (match := _PLAIN_NUMBER.fullmatch(d.number))
        ]
        named = [
            unit for clause in index.clauses for r in clause.responsibilities for unit in r.units
        ]
        self.units = UnitNames(named)
        self._classes = _classes(
            words
            for clause in index.clauses
            for r in clause.responsibilities
            for words in r.qualifiers
        )
        self._listed: dict[str, set[str]] = {}
        for clause in index.clauses:
            for record in clause.responsibilities:
                self._listed.setdefault(clause.document_id, set()).update(record.units)
        self._folded: dict[str, str] = {}
        self._clause_texts = tuple(c.search_text for c in index.clauses if not c.noise)
        self._joined: str | None = None
        self._pairs: frozenset[str] | None = None
        self._names = _names(self.documents)
        self._titles = {
            d.document_id: frozenset(grams(fold(d.title))) for d in index.documents if d.title
        }

    def classes(self, folded: str) -> tuple[UnitMention, ...]:
        """Find a class of bodies that lists name (各县（市、区）政府) in a folded question."""
        places = [at for at, character in enumerate(folded) if _HAN.match(character)]
        compact = "".join(folded[at] for at in places)
        for name in sorted(self._classes, key=len, reverse=True):
            at = compact.find(name)
            if at >= 0:
                start, end = places[at], places[at + len(name) - 1] + 1
                return (UnitMention(start, end, folded[start:end], self._classes[name]),)
        return ()

    def in_region(self, code: str) -> tuple[str, ...]:
        """Give the documents of exactly the region with this code."""
        return tuple(
            d.document_id for d in self.documents if d.region is not None and d.region.code == code
        )

    def above(self, code: str) -> tuple[str, ...]:
        """Give the documents of the regions that hold the one with this code, nation aside."""
        return tuple(
            d.document_id
            for d in self.documents
            if d.region is not None
            and d.level is not Level.NATIONAL
            and d.region.code != code
            and within(code, d.region.code)
        )

    def at_level(self, level: Level) -> tuple[str, ...]:
        """Give the documents that people at 省里 or 市里 mean: a municipality is a 市."""
        return tuple(d.document_id for d in self.documents if _spoken_level(d) is level)

    def numbers(self, folded: str) -> tuple[NumberMention, ...]:
        """Find the document numbers of a folded question, short ones (68号文) included."""
        found = self._plainly_numbered(folded)
        for match in _NUMBER.finditer(folded):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            year, serial = match["year"], match["serial"] or match["short"]
            if year is None and not match["short_sign"] and "文" not in match[0]:
                continue
            sign = match["sign"] or match["short_sign"] or ""
            before = len(sign) - len(sign := _BEFORE_SIGN.split(sign)[-1])
            start = match.start() + before
            ids = tuple(i for own, i in self._numbers if _same_number(own, sign, year, serial))
            found.append(NumberMention(start, match.end(), folded[start : match.end()], ids))
        return tuple(found) or self._numbers_in_english(folded)

    def _plainly_numbered(self, folded: str) -> list[NumberMention]:
        """Find the numbers of orders, and those of the announcements that the index holds."""
        found = []
        for match in _PLAIN_NUMBER.finditer(folded):
            ids = tuple(i for own, i in self._plain_numbers if _same_plain_number(own, match))
            if ids or match["sign"]:
                found.append(NumberMention(match.start(), match.end(), match[0], ids))
        return found

    def _numbers_in_english(self, folded: str) -> tuple[NumberMention, ...]:
        """Find numbers such as Guo Fa [2018] No. 41, by year and serial: the sign is spelt out."""
        return tuple(
            NumberMention(
                match.start(),
                match.end(),
                match[0],
                tuple(
                    i for own, i in self._numbers if (own["year"], own["serial"]) == match.groups()
                ),
            )
            for match in _ENGLISH_NUMBER.finditer(folded)
        )

    def titles_in(self, folded: str) -> tuple[tuple[int, int], ...]:
        """Give where a folded question has a document's title whole, with or without its issuer."""
        found: list[tuple[int, int]] = []
        for name in self._names:
            start = folded.find(name)
            if start >= 0 and not any(a <= start and start + len(name) <= b for a, b in found):
                found.append((start, start + len(name)))
        return tuple(sorted(found))

    def titled(self, words: str) -> tuple[str, ...]:
        """Give the documents whose title holds ``words``."""
        return tuple(d.document_id for d in self.documents if d.title and words in fold(d.title))

    def described(self, words: str) -> str | None:
        """Give the one document whose title holds the end of ``words``, as far as it goes back."""
        for start in range(len(words) - 1):
            wanted = grams(words[start:])
            if not wanted:
                return None
            holding = [i for i, held in self._titles.items() if all(g in held for g in wanted)]
            if holding:
                return holding[0] if len(holding) == 1 else None
        return None

    def mend(self, words: str) -> str:
        """Give folded words with characters mended that no document has in that place."""
        pairs = self._all_pairs()
        return mend(
            words, text=self._all_text(), seen=pairs.__contains__, is_word=self._terms.is_word
        )

    def _all_text(self) -> str:
        if self._joined is None:
            self._joined = "\n".join(self._clause_texts)
        return self._joined

    def _all_pairs(self) -> frozenset[str]:
        if self._pairs is None:
            text = self._all_text()
            self._pairs = frozenset(text[at : at + 2] for at in range(len(text) - 1))
        return self._pairs

    def lists(self, document_ids: Iterable[str], unit: str) -> bool:
        """Tell whether one of the documents lists ``unit`` among its responsible units."""
        return any(unit in self._listed.get(document_id, ()) for document_id in document_ids)

    def mentions(self, document_ids: Iterable[str], words: str) -> bool:
        """Tell whether one of the documents holds ``words`` in its folded text."""
        return any(words in self._folded_text(document_id) for document_id in document_ids)

    def mentioned(self, words: str) -> bool:
        """Tell whether any document holds ``words`` in its folded text."""
        return self.mentions(self._texts, words)

    def _folded_text(self, document_id: str) -> str:
        if document_id not in self._folded:
            self._folded[document_id] = fold(self._texts[document_id])
        return self._folded[document_id]


def _spoken_level(document: Document) -> Level | None:
    region = document.region
    if document.level is Level.PROVINCE and region and region.name.endswith(_MUNICIPALITY_END):
        return Level.CITY
    return document.level


def _same_plain_number(own: re.Match[str], asked: re.Match[str]) -> bool:
    """Tell whether an order or announcement is meant; whoever gave an order may be left out."""
    if (own["year"], int(own["serial"])) != (asked["year"], int(asked["serial"])):
        return False
    return (own["sign"] or "").endswith(_BEFORE_SIGN.split(asked["sign"] or "")[-1])


def _same_number(own: re.Match[str], sign: str, year: str | None, serial: str) -> bool:
    if int(own["serial"]) != int(serial) or (year is not None and own["year"] != year):
        return False
    return not sign or sign.endswith(own["sign"]) or own["sign"].startswith(sign[-2:])
