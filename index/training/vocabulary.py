"""The vocabulary: pieces of words and how likely each is, learnt from counts of words."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.training.charsmap import folding_rules, rules_table
from index.training.corpus import Corpus
from index.training.errors import MissingExtraError

HAN_PIECES: Final = 28_000
LATIN_PIECES: Final = 18_000

_SEGMENTS = 150_000
_SENTENCE_PAIRS = 25_000
_PASSAGES = 1_200
_ENTRY_SHARE = 0.3
_LONGEST_HAN = 8
_LONGEST_LATIN = 18
_BREAK = re.compile(r"[\n。；：，、！？]")
_SEGMENT_LENGTH = (3, 60)
_HAN = re.compile("[\u2e80-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile("[a-z]+")
_NOT_A_WORD = re.compile(r"[a-z\s]+")
_NORMAL_PIECE = 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their log probabilities, likeliest first, and sentencepiece's charsmap."""

    pieces: tuple[tuple[str, float], ...]
    charsmap: bytes


def learn_vocabulary(
    corpus: Corpus, *, seed: int, han: int = HAN_PIECES, latin: int = LATIN_PIECES
) -> Vocabulary:
    """Learn pieces of Chinese and of English words, each in a unigram model of its own.

    Parameters
    ----------
    corpus : Corpus
        Its labelled questions are not read.
    seed : int
        Chooses the sample of the laws in which words are counted.
    han, latin : int
        Most pieces of each; fewer where there are not as many words.

    Notes
    -----
    Chinese is counted in jieba's words, so no piece crosses a word boundary: 3.4 points of
    recall@10 over pieces that may, on 771 questions about laws.
    Source: Kudo, "Subword Regularization", 2018, for the unigram model.
    """
    rules = rules_table(folding_rules())
    rng = np.random.default_rng(seed)
    chinese = _chinese_counts(_chinese_texts(corpus, rng))
    english = _english_counts(corpus)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "rules.tsv").write_text(rules, encoding="utf-8")
        of_han, charsmap = _pieces(place, chinese, size=han, coverage=0.9998, longest=_LONGEST_HAN)
        of_latin, _ = _pieces(place, english, size=latin, coverage=0.9999, longest=_LONGEST_LATIN)
    kept = {piece: score for piece, score in of_han if not _LATIN.search(piece)}
    for piece, score in of_latin:
        if not _HAN.search(piece):
            kept[piece] = max(score, kept.get(piece, score))
    return Vocabulary(tuple(sorted(kept.items(), key=lambda each: (-each[1], each[0]))), charsmap)


def _chinese_texts(corpus: Corpus, rng: np.random.Generator) -> list[str]:
    shortest, longest = _SEGMENT_LENGTH
    laws = dict.fromkeys(
        segment
        for article in corpus.articles
        for text in (article.law, *article.headings, article.text)
        for segment in map(str.strip, _BREAK.split(text))
        if shortest <= len(segment) <= longest
    )
    passages = sorted({each.passage for each in corpus.passage_questions})
    return [
        *_sample(list(laws), _SEGMENTS, rng),
        *_sample(passages, _PASSAGES, rng),
        *(each.question for each in corpus.passage_questions),
        *_sample([pair.chinese for pair in corpus.pairs], _SENTENCE_PAIRS, rng),
        *_sample(
            [entry.word for entry in corpus.entries], int(_ENTRY_SHARE * len(corpus.entries)), rng
        ),
    ]


def _sample(texts: list[str], count: int, rng: np.random.Generator) -> list[str]:
    if len(texts) <= count:
        return texts
    return [texts[row] for row in rng.choice(len(texts), count, replace=False)]


def _chinese_counts(texts: Iterable[str]) -> Counter[str]:
    import opencc  # noqa: PLC0415 - beside jieba, to cut what will be folded

    words = _jieba()
    simplify = opencc.OpenCC("t2s").convert
    counts: Counter[str] = Counter()
    for text in texts:
        for word in words.cut(simplify(text).lower()):
            counts[_NOT_A_WORD.sub("", word)] += 1
    del counts[""]
    return counts


def _english_counts(corpus: Corpus) -> Counter[str]:
    sentences = dict.fromkeys(pair.english for pair in corpus.pairs)
    senses = (sense for entry in corpus.entries for sense in entry.senses)
    return Counter(word for text in (*sentences, *senses) for word in _LATIN.findall(text.lower()))


def _jieba() -> Any:  # noqa: ANN401 - jieba is untyped
    try:
        import jieba  # noqa: PLC0415 - an extra, one second
    except ImportError as error:
        raise MissingExtraError("jieba") from error
    jieba.setLogLevel("ERROR")
    return jieba


def _pieces(
    place: Path, counts: Counter[str], *, size: int, coverage: float, longest: int
) -> tuple[list[tuple[str, float]], bytes]:
    """Train a unigram model on counts of words; give its pieces and its charsmap."""
    try:
        from sentencepiece import SentencePieceTrainer, sentencepiece_model_pb2  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("sentencepiece and protobuf") from error
    table = "".join(f"{word}\t{count}\n" for word, count in counts.items())
    (place / "words.tsv").write_text(table, encoding="utf-8")
    SentencePieceTrainer.train(
        input=str(place / "words.tsv"),
        input_format="tsv",
        model_prefix=str(place / "pieces"),
        model_type="unigram",
        vocab_size=size,
        hard_vocab_limit=False,
        character_coverage=coverage,
        max_sentencepiece_length=longest,
        seed_sentencepiece_size=200_000,
        shrinking_factor=0.65,
        normalization_rule_tsv=str(place / "rules.tsv"),
        add_dummy_prefix=False,
        num_threads=1,
        unk_id=0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString((place / "pieces.model").read_bytes())
    pieces = [
        (piece.piece, round(piece.score, 6))
        for piece in model.pieces
        if piece.type == _NORMAL_PIECE and "▁" not in piece.piece
    ]
    return pieces, model.normalizer_spec.precompiled_charsmap
