"""Where a clause and a document are read, below the root of the service."""

from urllib.parse import quote

from index.records import Clause


def clause_address(clause: Clause) -> str:
    """Give the address of a clause's page; slashes in the id stay slashes."""
    return f"/c/{quote(clause.clause_id, safe='/')}"


def document_address(document_id: str) -> str:
    """Give the address of a document's page."""
    return f"/documents/{quote(document_id, safe='')}"
