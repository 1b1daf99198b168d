"""Cut folded text into sentences and the parts between commas, to see what stands with what."""

import re
from typing import Final

SENTENCE: Final = re.compile(r"[;。!?\n]|\.(?=\s|$)")
"""What ends a sentence, or a part of one that stands for itself."""

PART: Final = re.compile(r"[,:;。!?\n()“”\"]|\.(?=\s|$)")
"""What stands between parts of a sentence."""

CLAIM: Final = re.compile(r"[,;。!?\n()“”\"]|\.(?=\s|$)")
"""The same, but a unit and the word before its colon (牵头单位：…) are one part."""
