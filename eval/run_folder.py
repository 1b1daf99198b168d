"""The folder of a run: what was asked, what came, what it measures, and what it was made with.

::

    run.json        what the run is of: gold files, target, environment; whether it is complete
    gold.jsonl      the gold rows, as they were
    answers.jsonl   a line for each question: answer or error, and the time it took
    measures.jsonl  a line for each question: its value of every measure, what is wrong
    measures.json   the run's scores with intervals, by reason, and times
    qrels.trec, run.trec    the ranking, for trec_eval and its kin

While a run goes on, replies are added to ``answers.jsonl`` as they come; the files below it are
written when every question has been put, and ``run.json`` says last that the run is complete.
"""

import fcntl
import json
import os
import shutil
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.asking import Reply
from eval.errors import NoRunError, OccupiedFolderError, UnfinishedRunError
from eval.gold import GoldRow, parse_row
from eval.locate import Span
from eval.ranking import write_trec
from eval.run import RunResult
from eval.scores import RowResult

Json = dict[str, Any]

FORMAT = 1
_ABOUT, _GOLD, _ANSWERS, _ROWS, _SCORES = (
    "run.json",
    "gold.jsonl",
    "answers.jsonl",
    "measures.jsonl",
    "measures.json",
)
_LOCK = ".lock"
# What a process that died before its run began may leave.
_LEFT_BEHIND = frozenset({_LOCK, f"{_ABOUT}.partial"})


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A complete run, as read back: what it is of, its scores, and a result for each row."""

    folder: Path
    about: Json
    scores: Json
    rows: tuple[RowResult, ...]

    @property
    def name(self) -> str:
        """The folder's name, to tell runs apart."""
        return self.folder.resolve().name


class RunFolder:
    """A run that is being written; no other process writes it meanwhile."""

    def __init__(self, folder: Path, about: Json, kept: Mapping[str, Reply], lock: int) -> None:
        self.folder = folder
        self.kept = dict(kept)
        self._about = about
        self._let_go = weakref.finalize(self, os.close, lock)

    @classmethod
    def begin(
        cls,
        folder: Path,
        about: Json,
        gold: Sequence[str],
        *,
        overwrite: bool = False,
        retry_failed: bool = False,
    ) -> "RunFolder":
        """Begin a run in ``folder``, or go on with one that was interrupted.

        Parameters
        ----------
        folder : Path
            Made if it is not there.
        about : dict
            What the run is of; ``identity`` in it tells whether an interrupted one is the same.
        gold : sequence of str
            The lines of the gold rows.
        overwrite : bool
            Begin anew whatever run the folder holds; that one is moved to ``FOLDER.before``.
        retry_failed : bool
            Go on with a finished run too, for the questions that got no answer.

        Raises
        ------
        OccupiedFolderError
            If the folder holds a complete run, a run of something else, or other files, or if
            another process writes it.
        OSError
            If the folder cannot be written.
        """
        if _read_about(folder) is None and _holds_other_files(folder):
            raise OccupiedFolderError(folder, "files that are no run", replaceable=False)
        if overwrite and _read_about(folder) is not None:
            os.close(_lock(folder))  # nobody writes it
            _move_away(folder)
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder)
        try:
            about, kept = _to_go_on_with(folder, about, finished=retry_failed)
            _replace(folder / _ABOUT, dump({**about, "complete": False}) + "\n")
            _replace(folder / _GOLD, _joined(gold))
            _replace(folder / _ANSWERS, _joined(_reply_line(k, r) for k, r in kept.items()))
        except BaseException:
            os.close(lock)
            raise
        return cls(folder, about, kept, lock)

    def close(self) -> None:
        """Let other processes write the folder."""
        self._let_go()

    def keep(self, question_id: str, reply: Reply) -> None:
        """Add a reply; it is on disk when this returns."""
        self.kept[question_id] = reply
        with (self.folder / _ANSWERS).open("r+b") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # cut short by a full disk
                    file.write(b"\n")
            file.write(f"{_reply_line(question_id, reply)}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def finish(self, result: RunResult, scores: Json, **about: object) -> None:
        """Write what the run measures, answers in the order of the gold rows, and complete it."""
        order = [row.gold.id for row in result.rows]
        _replace(
            self.folder / _ANSWERS, _joined(_reply_line(each, self.kept[each]) for each in order)
        )
        _replace(self.folder / _ROWS, _joined(_row_line(row) for row in result.rows))
        _replace(self.folder / _SCORES, dump(scores) + "\n")
        write_trec(self.folder, result.answered)
        _replace(self.folder / _ABOUT, dump({**self._about, **about, "complete": True}) + "\n")
        self.close()


def read_run(folder: Path) -> StoredRun:
    """Read a complete run.

    Raises
    ------
    NoRunError
        If there is none, or a file of it is missing or damaged.
    UnfinishedRunError
        If it was interrupted.
    """
    about = _read_about(folder)
    if about is None:
        raise NoRunError(folder)
    try:
        gold = [parse_row(values) for values in _lines(folder / _GOLD)]
        if not about["complete"]:
            answered = sum(each.answer is not None for each in _replies(folder).values())
            raise UnfinishedRunError(folder, answered, len(gold))
        replies = _replies(folder)
        measured = {values["id"]: values for values in _lines(folder / _ROWS)}
        scores = json.loads((folder / _SCORES).read_bytes())
        rows = tuple(_row(row, replies[row.id], measured[row.id]) for row in gold)
        missing = about["questions"] - len(gold)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise NoRunError(folder, f"the run is damaged ({error!r})") from error
    if missing:
        raise NoRunError(folder, f"the run is damaged ({missing} gold rows are missing)")
    return StoredRun(folder, about, scores, rows)


def is_complete(folder: Path) -> bool:
    """Tell whether a folder holds a finished run."""
    about = _read_about(folder)
    return about is not None and bool(about.get("complete"))


def dump(values: Json) -> str:
    """Give JSON to be read by people too."""
    return json.dumps(values, ensure_ascii=False, indent=2)


def _row(gold: GoldRow, reply: Reply, measured: Json) -> RowResult:
    answer = dict(reply.answer) if reply.answer is not None else None
    return RowResult(
        gold,
        answer,
        measured["values"],
        files=tuple(measured["files"]),
        evidence=tuple(Span(*each) for each in measured["evidence"]),
        unresolved=tuple(measured["unresolved"]),
        error=reply.error,
        ms=reply.ms,
    )


def _row_line(row: RowResult) -> str:
    values = {
        "id": row.gold.id,
        "files": list(row.files),
        "evidence": [[each.file, each.start, each.end] for each in row.evidence],
        "unresolved": list(row.unresolved),
        "wrong": list(row.wrong),
        "error": row.error,
        "values": dict(row.values),
    }
    return json.dumps(values, ensure_ascii=False)


def _reply_line(question_id: str, reply: Reply) -> str:
    values = {"id": question_id, "ms": reply.ms, "error": reply.error, "answer": reply.answer}
    # An error may hold what is no character.
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace").decode()


def _replies(folder: Path) -> dict[str, Reply]:
    """Read the replies so far; a line that was cut short is left out."""
    found = {}
    content = (folder / _ANSWERS).read_bytes() if (folder / _ANSWERS).exists() else b""
    for line in content.split(b"\n"):
        try:
            values = json.loads(line)
            found[values["id"]] = Reply(values["answer"], values["error"], values["ms"])
        except (ValueError, KeyError, TypeError):
            continue  # cut short by a crash or a full disk: that question is asked again
    return found


def _holds_other_files(folder: Path) -> bool:
    """Tell whether a folder holds more than a process leaves that died before its run began."""
    return folder.exists() and any(path.name not in _LEFT_BEHIND for path in folder.iterdir())


def _to_go_on_with(folder: Path, about: Json, *, finished: bool) -> tuple[Json, dict[str, Reply]]:
    """Give what a run is of, and the replies that an interrupted one left in its folder."""
    before = _read_about(folder)
    if before is None:
        return about, {}
    if before.get("complete") and not finished:
        raise OccupiedFolderError(folder, "a finished run")
    if before.get("identity") != about["identity"]:
        raise OccupiedFolderError(folder, f"a run of {_differs(before, about)}")
    kept = {key: reply for key, reply in _replies(folder).items() if reply.answer is not None}
    return {**about, "started": before["started"]}, kept


def _lock(folder: Path) -> int:
    """Keep other processes from writing a folder, until this one ends or lets go of it."""
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        held = "a run that another process is writing"
        raise OccupiedFolderError(folder, held, replaceable=False) from error
    return handle


def _move_away(folder: Path) -> None:
    """Move a run to ``FOLDER.before``, in place of what an earlier one left there."""
    before = folder.with_name(f"{folder.name}.before")
    if before.exists():
        if _read_about(before) is None:
            held = "files that are no run, in the way of the old run"
            raise OccupiedFolderError(before, held, replaceable=False)
        shutil.rmtree(before)
    folder.rename(before)


def _read_about(folder: Path) -> Json | None:
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise NoRunError(folder, f"run.json cannot be read ({error})") from error
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise NoRunError(folder, "run.json is of another format")
    return about


def _lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def _differs(before: Json, now: Json) -> str:
    """Name what an unfinished run is of that this one is not."""
    held, wanted = before.get("identity") or {}, now["identity"]
    names = [name for name in wanted if held.get(name) != wanted[name]]
    return f"another {' and '.join(names)}" if names else "something else"


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
