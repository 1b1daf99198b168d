"""Put gold questions to a RAG system behind an OpenAI-compatible chat API."""

import json
import os
from urllib.request import Request, urlopen

PROMPT = """Answer from the documents alone. Reply with a JSON object: "status": "answered",
"partial", "not_stated" or "not_found"; "answer": the answer; "lead": the lead unit or null;
"units": the responsible units in the document's order; "quotes": the passages it rests on,
word for word."""

REVISION = f"{os.environ.get('RAG_URL')} {os.environ.get('RAG_MODEL')}"  # what is asked


def ask(question: str) -> dict[str, object]:
    """Ask, and give what `yiju eval run` needs of the reply."""
    messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": question}]
    body = {"model": os.environ["RAG_MODEL"], "temperature": 0, "messages": messages}
    headers = {"Content-Type": "application/json"}
    headers["Authorization"] = f"Bearer {os.environ.get('RAG_KEY', '')}"
    url = f"{os.environ['RAG_URL']}/chat/completions"
    with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=120) as response:
        text = json.load(response)["choices"][0]["message"]["content"]
    said = json.loads(text[text.index("{") : text.rindex("}") + 1])  # models like to fence it
    quotes = [{"quote": quote} for quote in said.get("quotes", [])]
    units = {"lead": said.get("lead"), "units": said.get("units") or []}
    entries = [units] if units["units"] else []
    found = {"status": said["status"], "answer": said["answer"]}
    return {**found, "citations": quotes, "responsibilities": entries}
