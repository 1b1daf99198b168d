"""A folder's manifest.toml: what is known about its documents beyond their own text."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.clean import fold
from index.divisions import NATIONAL, division, named
from index.errors import DocumentsManifestError
from index.records import Document, DocumentStatus, Level, Region

FILE_NAME = "manifest.toml"
_TEXT_KEYS = ("title", "number", "issuer", "date")
_KEYS = frozenset({"file", "id", "region", "level", "status", "sha256", "inferred", *_TEXT_KEYS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One document's entry; ``facts`` holds only what the entry states."""

    file: str
    document_id: str | None
    sha256: str | None
    facts: tuple[tuple[str, str], ...]
    inferred: tuple[tuple[str, str], ...]


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Read ``folder/manifest.toml``; a folder without one gives no entries.

    Raises
    ------
    DocumentsManifestError
        Where the file is no TOML, or an entry has a missing, unknown or ill-formed key.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentsManifestError(path, f"not valid TOML ({error})", "mend that line") from error
    entries = table.get("document", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DocumentsManifestError(path, "no list of documents", "write each as [[document]]")
    return tuple(_entry(path, entry) for entry in entries)


def _entry(path: Path, table: dict[str, Any]) -> Entry:
    file = table.get("file")
    if not isinstance(file, str):
        raise DocumentsManifestError(path, "an entry names no file", 'add file = "…" to it')
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        advice = f"use {', '.join(sorted(_KEYS))}"
        raise DocumentsManifestError(path, f"{file} has the unknown key {unknown[0]!r}", advice)
    facts = {
        key: str(table[key]) for key in (*_TEXT_KEYS, "region", "level", "status") if key in table
    }
    _check(path, file, facts)
    document_id = table.get("id")
    if document_id is not None and (not isinstance(document_id, str) or not _is_id(document_id)):
        raise DocumentsManifestError(
            path, f"{file} has the id {document_id!r}", "use no / : or space"
        )
    inferred = table.get("inferred", {})
    if not isinstance(inferred, dict):
        raise DocumentsManifestError(
            path, f"{file}: inferred is no table", "map each fact to its source"
        )
    return Entry(
        file=file,
        document_id=document_id,
        sha256=table.get("sha256"),
        facts=tuple(facts.items()),
        inferred=tuple((str(key), str(value)) for key, value in inferred.items()),
    )


def _is_id(document_id: str) -> bool:
    return bool(document_id) and not any(c in "/:" or c.isspace() for c in document_id)


def _check(path: Path, file: str, facts: dict[str, str]) -> None:
    for key, choices in (("level", Level), ("status", DocumentStatus)):
        if key in facts and facts[key] not in list(choices):
            advice = f"use one of {', '.join(choices)}"
            raise DocumentsManifestError(path, f"{file} has {key} = {facts[key]!r}", advice)
    if "region" in facts and _region(facts["region"]) is None:
        advice = "use a full name such as 浙江省 or a six-digit code"
        raise DocumentsManifestError(path, f"{file} has region = {facts['region']!r}", advice)


def _region(name: str) -> Region | None:
    if name in (NATIONAL.region.name, NATIONAL.region.code):
        return NATIONAL.region
    if name.isdigit():
        try:
            return division(name).region
        except KeyError:
            return None
    found = named(name)
    return found.region if found else None


def apply(entry: Entry, read: Document) -> tuple[Document, tuple[str, ...]]:
    """Let a manifest entry lead over what was read; give the document and the contradictions."""
    changes: dict[str, Any] = {"inferred": entry.inferred}
    warnings = []
    for key, value in entry.facts:
        new: object = value
        if key == "region":
            new = _region(value)
        elif key == "level":
            new = Level(value)
        elif key == "status":
            new = DocumentStatus(value)
        old = getattr(read, key)
        unread = old is None or old is DocumentStatus.UNKNOWN
        if not unread and not _same(old, new) and key not in dict(entry.inferred):
            warnings.append(
                f"{read.file}: manifest says {key} {value!r}, the text says {_shown(old)!r}"
            )
        changes[key] = new
    if entry.document_id:
        changes["document_id"] = entry.document_id
    return replace(read, **changes), tuple(warnings)


def _same(old: object, new: object) -> bool:
    """Script and width make no contradiction."""
    if isinstance(old, str) and isinstance(new, str):
        return fold(old) == fold(new)
    return old == new


def _shown(value: object) -> str:
    return value.name if isinstance(value, Region) else str(value)
