"""Documents and clauses as offices cite them; the pages' scripts do the same."""

from rag.wire import Json


def document_name(*, title: str | None, number: str | None, document_id: str) -> str:
    """Name a document as offices do: 《…》（浙政办发〔2021〕68号）.

    A title inside the title has 〈〉; source: GB/T 15834-2011, 4.15.3.3.
    """
    named = (title or document_id).replace("《", "〈").replace("》", "〉")
    return f"《{named}》" + (f"（{number}）" if number else "")


def official_form(citation: Json) -> str:
    """Cite as offices do: 《…》（浙政办发〔2021〕68号）第二部分第（三）项."""
    document = citation["document"]
    name = document_name(
        title=document["title"], number=document["number"], document_id=document["id"]
    )
    return name + place(citation)


def place(citation: Json) -> str:
    """Give the place of a clause in its document: 第二部分第（三）项."""
    document, label = citation["document"], citation["label"]
    names = (document["number"], document["title"] and f"《{document['title']}》", document["id"])
    name = next((name for name in names if name and label.startswith(name)), "")
    return str(label).removeprefix(name).strip()
