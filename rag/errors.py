"""Errors raised while answering a question.

AnsweringError
├── QuestionError
│   ├── EmptyQuestionError
│   ├── QuestionTooLongError
│   └── QuestionNotTextError
└── FilterError
"""


class AnsweringError(Exception):
    """Base class: catch this to handle any refusal to answer."""


class QuestionError(AnsweringError):
    """A question cannot be understood as text."""


class EmptyQuestionError(QuestionError):
    """A question without a letter, digit or character."""

    def __init__(self) -> None:
        super().__init__("the question has no words; type a question, e.g. 谁牵头疫苗监管？")


class QuestionTooLongError(QuestionError):
    """A question longer than the limit."""

    def __init__(self, *, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(
            f"the question has {length} characters, at most {limit} are read; shorten it"
        )


class QuestionNotTextError(QuestionError):
    """A question with control characters or bytes that are no text."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(
            f"the question holds U+{ord(character):04X}, which is not text; send plain UTF-8 text"
        )


class FilterError(AnsweringError):
    """A filter names something that the index does not have."""

    def __init__(self, key: str, value: str, known: tuple[str, ...]) -> None:
        self.key = key
        self.value = value
        self.known = known
        super().__init__(f"unknown {key} {value!r} in filters; known: {', '.join(known)}")
