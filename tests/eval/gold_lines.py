"""Gold files written in a line."""

import json
from pathlib import Path

ROW = {"id": "g1", "question": "谁牵头？", "type": "lead_unit", "behavior": "answer"}


def write_lines(path: Path, *rows: object) -> Path:
    """Write rows as JSON lines; one that is bytes or a string stands as it is."""
    path.write_bytes(b"\n".join(map(_line, rows)))
    return path


def _line(row: object) -> bytes:
    if isinstance(row, bytes):
        return row
    written = row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)
    return written.encode()
