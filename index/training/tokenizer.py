"""The tokenizer: one unigram model over folded text, in the form of the library tokenizers."""

from typing import Final

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.training.vocabulary import Vocabulary

UNKNOWN: Final = "[UNK]"
_UNKNOWN_SCORE = -20.0
_HAN = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff"
# Runs of Han, marks one by one, Latin words, numbers, the rest; no piece crosses them. One
# pattern, and white space first: each further split costs a tenth of the time of a text.
_SPLIT = (
    rf"[{_HAN}&&[^\p{{P}}\p{{S}}]]+|[\p{{P}}\p{{S}}]|[A-Za-z]+|[0-9]+"
    rf"|[^A-Za-z0-9\p{{P}}\p{{S}}{_HAN}]+"
)


def make_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Make a tokenizer that needs nothing beside itself at run time.

    The normaliser folds width, case and Traditional characters by the vocabulary's charsmap;
    id 0 is the unknown token.
    """
    pieces = [(UNKNOWN, _UNKNOWN_SCORE), *vocabulary.pieces]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Precompiled(vocabulary.charsmap)])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex(_SPLIT), "isolated")]
    )
    return tokenizer
