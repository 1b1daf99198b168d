"""Write glossary.tsv.gz: English words and the Chinese words they may stand for.

Run by hand: ``python -m index.data.build_glossary cedict.jsonl.gz``, where each line of the
input is a CC-CEDICT entry ``{"zh_hans": …, "en": [senses]}`` (CC BY-SA 4.0; see README.md). The
terms of policy_terms.tsv go before it: there general dictionaries have no word, or another one.
"""

import gzip
import json
import re
import sys
from pathlib import Path

from index.glossary import key

_TERMS = Path(__file__).with_name("policy_terms.tsv")
_TARGET = Path(__file__).with_name("glossary.tsv.gz")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")
_SMALL = frozenset("the of a an to in and or for by on with be sth sb one's".split())  # noqa: SIM905
_MOST_SENSES = 5
_MOST_WORDS = 3


def main(source: Path) -> None:
    """Write one line for each English phrase: its stems, a tab, Chinese words, best first."""
    table: dict[str, dict[str, int]] = {}
    for line in _TERMS.read_text(encoding="utf-8").splitlines()[1:]:
        english, _, chinese = line.partition("\t")
        found = table.setdefault(key(english.replace("-", " ").split()), {})
        found.update(dict.fromkeys(chinese.split(" "), -1))
    for line in gzip.decompress(source.read_bytes()).decode("utf-8").splitlines():
        entry = json.loads(line)
        if not _HAN.fullmatch(entry["zh_hans"]):
            continue
        for rank, sense in enumerate(entry["en"][:_MOST_SENSES]):
            words = [w for w in re.findall(r"[a-z]+", sense.lower()) if w not in _SMALL]
            if 0 < len(words) <= _MOST_WORDS:
                found = table.setdefault(key(words), {})
                found[entry["zh_hans"]] = min(rank, found.get(entry["zh_hans"], rank))
    lines = (
        f"{phrase}\t{' '.join(sorted(found, key=lambda w: (found[w], w)))}\n"
        for phrase, found in sorted(table.items())
    )
    data = "".join(lines).encode("utf-8")
    _TARGET.write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
