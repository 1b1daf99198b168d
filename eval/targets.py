"""What a run asks: an index in this process, or an adapter to another system."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.documents import Documents, of_index
from eval.errors import AdapterAnswerError, AdapterError, RefusedError
from eval.locate import find_quote
from eval.shape import checked
from index.folder import load_index
from index.library import Index
from rag.answer import Answerer
from rag.errors import AnsweringError
from rag.wire import answer_json

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What can be asked, with the documents that its citations are checked against.

    ``ask`` gives the JSON of ``/v1/ask`` or raises ``AskError``; ``revision`` changes when its
    answers may change, as far as that can be known.
    """

    name: str
    ask: Callable[[str], Json]
    documents: Documents
    revision: str = ""


def index_target(folder: Path) -> Target:
    """Load an index folder, to be asked in this process.

    Raises
    ------
    IndexFolderError
        If there is no index, or it cannot be used.
    """
    target = library_target(load_index(folder), name=str(folder))
    target.ask("谁牵头？")  # so that the first question's time is not that of filling caches
    return target


def library_target(index: Index, answerer: Answerer | None = None, *, name: str = "") -> Target:
    """Ask an answerer over ``index`` in this process."""
    asked = answerer or Answerer(index)

    def ask(question: str) -> Json:
        try:
            return answer_json(asked.ask(question))
        except AnsweringError as error:
            raise RefusedError(error) from error

    return Target(name or "library", ask, of_index(index), revision=index.manifest.version)


def adapter_target(path: Path, documents: Documents) -> Target:
    """Load a Python file whose ``ask(question)`` puts a question to another system.

    What it returns may leave out whatever it has not: see :func:`completed`. Its ``REVISION``, if
    any, tells the system asked from another.

    Raises
    ------
    AdapterError
        If the file cannot be imported, or has no function ``ask``.
    """
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None:
        raise AdapterError(path, "it is no Python file")
    module = importlib.util.module_from_spec(specification)
    try:
        specification.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever the user's own code raises
        raise AdapterError(path, f"importing it raised {type(error).__name__}: {error}") from error
    ask = getattr(module, "ask", None)
    if not callable(ask):
        raise AdapterError(path, "it has no function ask")

    def asked(question: str) -> Json:
        try:
            answer = ask(question)
        except (Exception, SystemExit) as error:  # one question's failure is not the run's
            raise AdapterAnswerError(error) from error
        return checked(completed(answer, documents))

    return Target(str(path), asked, documents, revision=str(getattr(module, "REVISION", "")))


def completed(answer: object, documents: Documents) -> object:
    """Fill in what an adapter may leave out of an answer.

    ``responsibilities`` and ``citations`` are empty lists where absent, citations are numbered
    and of role ``answer``, a citation without ``source`` is looked for by its ``quote`` (white
    space aside) in its ``file`` or all documents, and an entry's ``citation`` is the first.
    """
    if not isinstance(answer, dict):
        return answer
    citations = answer.get("citations", [])
    entries = answer.get("responsibilities", [])
    return {
        "answer": "",
        **answer,
        "citations": [_citation(n, each, documents) for n, each in enumerate(citations, start=1)]
        if isinstance(citations, list)
        else citations,
        "responsibilities": [
            {"citation": 1, "lead": None, "units": [], **each} if isinstance(each, dict) else each
            for each in entries
        ]
        if isinstance(entries, list)
        else entries,
    }


def _citation(n: int, given: object, documents: Documents) -> object:
    if not isinstance(given, dict):
        return given
    citation = {"n": n, "role": "answer", "clause_id": "", "quote": "", **given}
    if "source" not in citation:
        span = find_quote(str(citation["quote"]), documents.texts, file=given.get("file"))
        file, start, end = (span.file, span.start, span.end) if span else (given.get("file"), 0, 0)
        citation["source"] = {"file": file or "", "start": start, "end": end}
        if span:  # as published: an adapter's white space is no misquotation
            citation["quote"] = documents.texts[span.file][span.start : span.end]
            citation.setdefault("document", dict(documents.facts.get(span.file, {})))
    return citation
