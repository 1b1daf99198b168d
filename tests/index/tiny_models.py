"""Models made on the spot: small, with random weights, and quick to damage."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

LETTERS = "省药监局牵头司法厅配合谁who leads passage:query".replace(" ", "")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
VECTORS = np.array([[9, 9], [3, 0], [0, 2]], dtype=np.float32)  # [UNK], 甲, 乙


def write_static(folder: Path, tensors: dict[str, np.ndarray], **config: object) -> Path:
    folder.mkdir()
    save_file(tensors, folder / "model.safetensors")
    vocabulary = {"[UNK]": 0, "甲": 1, "乙": 2}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]), encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def write_raw(folder: Path, *, labels: int | None = None) -> Path:
    """Write a BERT of two layers with a WordPiece vocabulary, with a head of ``labels`` if any."""
    import torch  # noqa: PLC0415 - an extra
    import transformers  # noqa: PLC0415

    folder.mkdir()
    tokenizer = _word_pieces()
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=64,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=0.5,
        num_labels=labels or 2,
    )
    kind = transformers.BertForSequenceClassification if labels else transformers.BertModel
    kind(config).save_pretrained(folder)
    return folder


def _word_pieces() -> Tokenizer:
    letters = sorted(set(LETTERS))
    pieces = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, vocabulary[name]) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def write_transformer(folder: Path, **prompts: str) -> Path:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    raw = write_raw(folder.with_name(f"{folder.name}-raw"))
    SentenceTransformer(str(raw), device="cpu", prompts=prompts).save(str(folder))
    return folder


def write_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    raw = write_raw(folder.with_name(f"{folder.name}-raw"), labels=labels)
    CrossEncoder(str(raw), device="cpu").save(str(folder))
    return folder


def write_cache(cache: Path, name: str, folder: Path, *, commit: str) -> None:
    """Put a model into a cache of the hub, as if it had been fetched at that commit."""
    home = cache / f"models--{name.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(commit, encoding="utf-8")
    (home / "snapshots").mkdir()
    folder.rename(home / "snapshots" / commit)


def change_json(path: Path, **values: Any) -> None:
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(config | values), encoding="utf-8")


def change_weights(folder: Path, *, of: str, factor: float | None) -> None:
    """Multiply the tensors whose name holds ``of``, or drop them where there is no factor."""
    path = folder / "model.safetensors"
    changed = {
        name: tensor * np.float32(factor) if factor is not None and of in name else tensor
        for name, tensor in load_file(path).items()
        if factor is not None or of not in name
    }
    save_file(changed, path, metadata={"format": "pt"})
