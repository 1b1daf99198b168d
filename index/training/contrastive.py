"""Contrastive training: vectors of tokens moved until a question is nearest its own passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from index.stores.base import FloatMatrix, IntVector
from index.training.composition import Composition
from index.training.errors import MissingExtraError
from index.training.ragged import TokenIds, import_sparse
from index.training.sources import Example, Source

_SCALE = 20.0
_WARM_UP = 40
_LEAST_RATE = 0.02
_NARROWER = (1, 2, 4)
_EXCLUDED = -1e4
_REPORTED: Final = 100

Draw = Callable[[Source, int, np.random.Generator], list[Example]]
Report = Callable[[str, int, dict[str, float]], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of training.

    Attributes
    ----------
    name : str
    steps, batch_size : int
        Batches, and the pairs in each, all of one source.
    rate : float
        Learning rate of Adam at its highest, behind a warm-up; it falls to 2 % of that.
    mix : tuple of (Source, float)
        How often each source is drawn from, relative to the others.
    composed : bool
        Whether the parts of tokens are trained with them.
    """

    name: str
    steps: int
    batch_size: int
    rate: float
    mix: tuple[tuple[Source, float], ...]
    composed: bool = False


def train(
    weights: FloatMatrix,
    stage: Stage,
    draw: Draw,
    *,
    seed: int,
    composition: Composition | None = None,
    rows: IntVector | None = None,
    report: Report | None = None,
) -> FloatMatrix:
    """Train vectors through one stage.

    Parameters
    ----------
    weights : float32 array of shape (n_tokens, dim)
        Where to start; left as it is.
    stage : Stage
    draw : callable
        Gives at most as many examples of a source as it is asked for. A source of the mix that
        gives none is left out.
    seed : int
        Of what is drawn; equal seeds give equal vectors on one machine.
    composition : Composition, optional
        Needed where the stage is composed.
    rows : int64 array of shape (n,), optional
        The tokens that can be drawn, each once; all when omitted. It changes nothing but the
        time: any other token moves with its parts alone.
    report : callable, optional
        Called every hundred steps with the stage's name, the step and the mean loss of each
        source since.

    Returns
    -------
    float32 array of shape (n_tokens, dim)

    Notes
    -----
    The loss is InfoNCE in both directions with scale 20, the mean over the first 256, 128 and
    64 numbers of a vector (for 256), so that its start is a vector too. Negatives are the other
    passages of the batch, and those mined, if the source has any.
    Sources: van den Oord et al., 2018 (InfoNCE); Kusupati et al., "Matryoshka Representation
    Learning", 2022.
    """
    torch = import_torch()
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    drawn = np.arange(len(weights)) if rows is None else rows
    trained = _Vectors(torch, weights, drawn, composition if stage.composed else None)
    mix = [
        (source, share)
        for source, share in stage.mix
        # One example may happen to be empty; a batch of none means that there is nothing.
        if draw(source, 1, rng) or draw(source, stage.batch_size, rng)
    ]
    shares = np.array([share for _, share in mix])
    widths = [weights.shape[1] // part for part in _NARROWER if weights.shape[1] >= 16 * part]
    losses: dict[str, list[float]] = {}
    for step in range(stage.steps):
        source = mix[int(rng.choice(len(mix), p=shares / shares.sum()))][0]
        batch = draw(source, stage.batch_size, rng)
        if batch:
            loss = trained.step(batch, widths=widths, rate=_rate(stage, step))
            losses.setdefault(source.value, []).append(loss)
        if report is not None and ((step + 1) % _REPORTED == 0 or step + 1 == stage.steps):
            means = {name: round(float(np.mean(each)), 4) for name, each in losses.items()}
            report(stage.name, step + 1, means)
            losses = {}
    return trained.value()


def _rate(stage: Stage, step: int) -> float:
    """Give the learning rate: up in a straight line, then down in one."""
    warm_up = min(1.0, (step + 1) / min(_WARM_UP, stage.steps))
    return stage.rate * warm_up * max(_LEAST_RATE, 1 - step / stage.steps)


class _Vectors:
    """The vectors of tokens in training, alone or as their own part and their parts' sum."""

    def __init__(
        self,
        torch: Any,  # noqa: ANN401 - torch is untyped here
        weights: FloatMatrix,
        rows: IntVector,
        composition: Composition | None,
    ) -> None:
        self._torch = torch
        self._weights = weights
        self._rows = rows
        self._places = np.zeros(len(weights), dtype=np.int32)
        self._places[rows] = np.arange(len(rows), dtype=np.int32)
        self._own = torch.nn.Parameter(torch.from_numpy(weights[rows]))
        parameters = [self._own]
        self._parts: Any = None
        if composition is not None:
            self._has = _incidence(composition, tokens=len(weights))
            self._drawn_has = self._has[rows]
            self._of = self._drawn_has.T.tocsr()
            self._parts = torch.nn.Parameter(torch.zeros(composition.count, weights.shape[1]))
            parameters.append(self._parts)
        self._adam = torch.optim.Adam(parameters, betas=(0.9, 0.99), eps=1e-10, fused=True)

    def step(self, batch: Sequence[Example], *, widths: Sequence[int], rate: float) -> float:
        """Move the vectors down the loss of a batch; give the loss."""
        vectors = self._table()
        loss = _loss(self._torch, vectors, [self._placed(each) for each in batch], widths)
        loss.backward()
        if self._parts is not None:
            self._own.grad = vectors.grad
            self._parts.grad = self._torch.from_numpy(self._of @ vectors.grad.numpy())
        for group in self._adam.param_groups:
            group["lr"] = rate
        self._adam.step()
        self._adam.zero_grad()
        return float(loss.item())

    def value(self) -> FloatMatrix:
        """Give the vectors of all tokens, float32 of shape (n_tokens, dim)."""
        vectors = self._weights.copy()
        vectors[self._rows] = self._own.detach().numpy()
        if self._parts is not None:
            vectors += self._has @ self._parts.detach().numpy()
        return vectors

    def _placed(self, example: Example) -> Example:
        """Give an example whose tokens are places among those that can be drawn."""
        places, negative = self._places, example.negative
        return Example(
            places[example.question],
            places[example.passage],
            example.group,
            None if negative is None else places[negative],
        )

    def _table(self) -> Any:  # noqa: ANN401 - a tensor
        if self._parts is None:
            return self._own
        # A leaf of its own: its gradient goes to both summands by hand, in sparse products.
        of_parts = self._torch.from_numpy(self._drawn_has @ self._parts.detach().numpy())
        return (self._own.detach() + of_parts).requires_grad_()


def _incidence(composition: Composition, *, tokens: int) -> Any:  # noqa: ANN401 - scipy is untyped
    """Give 1 for each token and part of it, sparse, of shape (tokens, parts)."""
    ones = np.ones(len(composition.tokens), dtype=np.float32)
    cells = (ones, (composition.tokens, composition.parts))
    return import_sparse().csr_matrix(cells, shape=(tokens, composition.count))


def _loss(torch: Any, vectors: Any, batch: Sequence[Example], widths: Sequence[int]) -> Any:  # noqa: ANN401
    questions = _means(torch, vectors, [each.question for each in batch])
    passages = _means(torch, vectors, [each.passage for each in batch])
    hard = [each.negative for each in batch if each.negative is not None]
    negatives = _means(torch, vectors, hard) if hard else None
    groups = np.array([each.group for each in batch])
    alike = torch.from_numpy(groups[:, None] == groups[None, :]).fill_diagonal_(False)
    right = torch.arange(len(batch))
    entropy = torch.nn.functional.cross_entropy
    total = 0.0
    for width in widths:
        asked, told = _unit(torch, questions, width), _unit(torch, passages, width)
        scores = (_SCALE * asked @ told.T).masked_fill(alike, _EXCLUDED)
        wide = scores
        if negatives is not None:
            wide = torch.cat([scores, _SCALE * asked @ _unit(torch, negatives, width).T], 1)
        total = total + (entropy(wide, right) + entropy(scores.T, right)) / 2
    return total / len(widths)


def _means(torch: Any, vectors: Any, rows: Sequence[TokenIds]) -> Any:  # noqa: ANN401
    lengths = np.array([0, *(len(row) for row in rows[:-1])], dtype=np.int64)
    tokens = torch.from_numpy(np.concatenate(rows).astype(np.int64))
    starts = torch.from_numpy(np.cumsum(lengths))
    return torch.nn.functional.embedding_bag(tokens, vectors, starts, mode="mean")


def _unit(torch: Any, vectors: Any, width: int) -> Any:  # noqa: ANN401
    return torch.nn.functional.normalize(vectors[:, :width], dim=1)


def import_torch() -> Any:  # noqa: ANN401 - torch is untyped here
    """Give torch.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import torch  # noqa: PLC0415 - an extra, two seconds
    except ImportError as error:
        raise MissingExtraError("torch") from error
    return torch
