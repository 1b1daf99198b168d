"""The recipe: what is trained on what, in which order, for how long."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.training.contrastive import Stage
from index.training.sources import Source

BROAD: Final = Stage(
    "broad",
    steps=900,
    batch_size=768,
    rate=0.02,
    mix=(
        (Source.CLOZE, 4),
        (Source.KEYWORDS, 1.5),
        (Source.HEADING, 0.7),
        (Source.TEMPLATE, 2),
        (Source.PASSAGE_QUESTION, 0.7),
        (Source.GLOSS, 3),
        (Source.GLOSS_KEYWORDS, 2),
        (Source.PAIR, 1.5),
        (Source.DICTIONARY, 1),
    ),
)
HARD: Final = Stage(
    "hard",
    steps=120,
    batch_size=512,
    rate=0.006,
    mix=(
        (Source.CLOZE, 2),
        (Source.TEMPLATE, 2),
        (Source.HARD_CLOZE, 3),
        (Source.GLOSS, 2),
        (Source.GLOSS_KEYWORDS, 1),
        (Source.PAIR, 0.5),
    ),
)
COMPOSED: Final = Stage(
    "composed",
    steps=230,
    batch_size=640,
    rate=0.008,
    mix=(
        (Source.CLOZE, 2),
        (Source.KEYWORDS, 0.7),
        (Source.TEMPLATE, 1.5),
        (Source.HARD_CLOZE, 2),
        (Source.PASSAGE_QUESTION, 0.3),
        (Source.GLOSS, 2.5),
        (Source.GLOSS_KEYWORDS, 1.5),
        (Source.PAIR, 0.7),
        (Source.DICTIONARY, 0.5),
    ),
    composed=True,
)
LABELS: Final = Stage(
    "labels",
    steps=200,
    batch_size=512,
    rate=0.015,
    # English for Chinese is drawn often: it is what a stage of Chinese labels would unlearn.
    mix=(
        (Source.LABEL, 4),
        (Source.CLOZE, 1),
        (Source.TEMPLATE, 1),
        (Source.HARD_CLOZE, 1.5),
        (Source.GLOSS, 4),
        (Source.GLOSS_KEYWORDS, 2.5),
        (Source.PAIR, 1.5),
        (Source.DICTIONARY, 1),
    ),
    composed=True,
)
# Shares of a stage in the mean with what was there before: with the broad stage's vectors, and
# with those that saw no label.
COMPOSED_SHARE: Final = 0.7
LABELS_SHARE: Final = 0.8
# The stage of labels is run so many times, each without one fold of the questions: those
# measure what the run has not seen, and the mean of the runs is steadier than any of them.
FOLDS: Final = 5


def scaled(stages: Sequence[Stage], scale: float) -> tuple[Stage, ...]:
    """Give stages with ``scale`` times as many steps, at least one each."""
    return tuple(replace(stage, steps=max(1, round(stage.steps * scale))) for stage in stages)
