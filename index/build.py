"""Build an index from folders of documents: read, clean, outline, responsibility, store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import documents_manifest
from index.clean import clean
from index.confirmed import Confirmed, read_confirmed
from index.documents_manifest import Entry
from index.embed import Embedder
from index.errors import NoDocumentsError, ReadError
from index.folder import write_index
from index.library import IndexManifest
from index.metadata import read_metadata
from index.outline import outline
from index.read import TEXT_SUFFIXES, read
from index.records import ReadDocument, SourceText
from index.responsibility import assign
from index.stores.choice import AUTO, check_kind

Progress = Callable[[str, int, int], None]
_IGNORED = frozenset({documents_manifest.FILE_NAME, "manifest.jsonl", "README.md"})


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build took in.

    ``problems`` say what could not be indexed as it should be, one sentence each with what to
    do; ``warnings`` what looked odd in a document that was indexed.
    """

    manifest: IndexManifest
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What else goes into an index: a file of confirmed questions, the kind of vector store."""

    confirmed: Path | None = None
    store: str = AUTO


def build_index(
    folders: Sequence[Path],
    out: Path,
    *,
    embedder: Embedder,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Index every document of ``folders`` into ``out``; the index there serves until the end.

    Raises
    ------
    NoDocumentsError
        If there is nothing that can be indexed; the index in ``out`` stays as it was.
    DocumentsManifestError
        If a manifest.toml cannot be read.
    ConfirmedQuestionsError
        If the file of confirmed questions cannot be read.
    StoreKindError
        If there is no such kind of vector store.
    """
    options = options or BuildOptions()
    check_kind(options.store)
    problems: list[str] = []
    documents = read_folders(folders, problems, progress)
    if not documents:
        raise NoDocumentsError(tuple(folders), tuple(problems))
    confirmed = _confirmed(options.confirmed, documents)

    def embedding(done: int, total: int) -> None:
        if progress:
            progress("embedding", done, total)

    manifest = write_index(
        out,
        documents,
        embedder=embedder,
        asked=confirmed.questions,
        store=options.store,
        progress=embedding,
    )
    warnings = [warning for document in documents for warning in document.warnings]
    return BuildReport(manifest, tuple(problems), (*warnings, *confirmed.unmatched))


def _confirmed(path: Path | None, documents: Sequence[ReadDocument]) -> Confirmed:
    if path is None:
        return Confirmed((), ())
    texts = {each.document.document_id: each.text for each in documents}
    clauses = [clause for each in documents for clause in each.clauses]
    return read_confirmed(path, [each.document for each in documents], clauses, texts.__getitem__)


def read_folders(
    folders: Sequence[Path], problems: list[str], progress: Progress | None = None
) -> list[ReadDocument]:
    """Read every document of some folders; what could not be taken in is told in ``problems``."""
    found = [item for folder in folders for item in _find(folder, problems)]
    return list(_read_all(found, problems, progress))


def read_document(source: SourceText, entry: Entry | None = None) -> ReadDocument:
    """Take one text through the pipeline; a manifest entry leads over what is read."""
    document_id = (entry.document_id if entry else None) or _id_of(source.file)
    cleaned = clean(source)
    cut = outline(cleaned, document_id)
    document = read_metadata(cleaned, cut.clauses, document_id)
    contradictions: tuple[str, ...] = ()
    if entry is not None:
        document, contradictions = documents_manifest.apply(entry, document)
    clauses, unit_warnings = assign(cut.clauses, cleaned, document.region)
    notes = (f"{source.file}: {warning}" for warning in (*cut.warnings, *unit_warnings))
    return ReadDocument(document, source.text, clauses, (*notes, *contradictions))


def _id_of(file: str) -> str:
    stem = Path(file).stem
    return "".join("-" if c in "/:\\" or c.isspace() else c for c in stem)


def _find(folder: Path, problems: list[str]) -> Iterator[_Found]:
    if folder.is_file():
        yield _Found(folder, None)
        return
    if not folder.is_dir():
        problems.append(f"{folder}: no such folder; check the path")
        return
    entries = {entry.file: entry for entry in documents_manifest.read_manifest(folder)}
    for path in sorted(folder.iterdir()):
        if path.name in _IGNORED or path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix.lower() not in TEXT_SUFFIXES:
            problems.append(f"{path.name}: not a .txt file, left out; save it as plain text")
            continue
        entry = entries.pop(path.name, None)
        if entry is None and (folder / documents_manifest.FILE_NAME).exists():
            problems.append(
                f"{path.name}: no entry in {documents_manifest.FILE_NAME}, "
                "indexed by its text alone; add an entry for it"
            )
        yield _Found(path, entry)
    problems += [
        f"{file}: {documents_manifest.FILE_NAME} has an entry for it, "
        "but there is no such file; add the file or remove the entry"
        for file in entries
    ]


def _read_all(
    found: Sequence[_Found], problems: list[str], progress: Progress | None
) -> Iterator[ReadDocument]:
    seen: dict[str, str] = {}
    ids: set[str] = set()
    for at, item in enumerate(found):
        if progress:
            progress("reading", at, len(found))
        try:
            source = read(item.path)
        except ReadError as error:
            problems.append(str(error))
            continue
        if source.sha256 in seen:
            twin = seen[source.sha256]
            problems.append(
                f"{source.file}: same content as {twin}, left out; remove one of the two"
            )
            continue
        seen[source.sha256] = source.file
        if item.entry and item.entry.sha256 and item.entry.sha256 != source.sha256:
            problems.append(
                f"{source.file}: its sha256 is not the one in {documents_manifest.FILE_NAME}; "
                "check which of the two is right"
            )
        yield _unique(read_document(source, item.entry), item, source, ids)
    if progress:
        progress("reading", len(found), len(found))


def _unique(
    document: ReadDocument, item: _Found, source: SourceText, ids: set[str]
) -> ReadDocument:
    """Two files of one name in two folders: the later gets ~2 on its id."""
    document_id = document.document.document_id
    count = 1
    while document_id in ids:
        count += 1
        document_id = f"{document.document.document_id}~{count}"
    ids.add(document_id)
    if count == 1:
        return document
    entry = item.entry or Entry(source.file, None, None, (), ())
    return read_document(source, replace(entry, document_id=document_id))
