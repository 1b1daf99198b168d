"""The tokenizer: one unigram model over folded text, in the form of the library tokenizers."""

from typing import Final

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.vocabulary import Vocabulary

UNKNOWN: Final = "[UNK]"
_UNKNOWN_SCORE = -20.0
_HAN = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff"
# Runs of Han, Latin words, numbers, the rest; then each mark alone. No piece crosses them.
_SPLITS = (
    (rf"[{_HAN}]+|[^\s{_HAN}]+", "isolated"),
    (r"\s+", "removed"),
    (r"[A-Za-z]+|[0-9.]*[0-9]+|[^A-Za-z0-9]+", "isolated"),
    (r"[\p{P}\p{S}]", "isolated"),
)


def make_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Make a tokenizer that needs nothing beside itself at run time.

    The normaliser folds width, case and Traditional characters by the vocabulary's charsmap;
    id 0 is the unknown token.
    """
    pieces = [(UNKNOWN, _UNKNOWN_SCORE), *vocabulary.pieces]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(vocabulary.charsmap), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), behavior) for pattern, behavior in _SPLITS]
    )
    return tokenizer
