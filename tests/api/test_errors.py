import inspect

import pytest

from api import answering, feedback, task_workbook
from api.errors import PROBLEMS
from index import errors as index_errors
from rag import errors as rag_errors


def _errors(module):
    return [
        each
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, Exception) and each.__module__ == module.__name__
    ]


@pytest.mark.parametrize(
    "error_type",
    [
        error_type
        for module in (index_errors, rag_errors, answering, feedback, task_workbook)
        for error_type in _errors(module)
    ],
)
def test_every_error_has_its_own_entry(error_type):
    assert error_type in PROBLEMS


def test_every_kind_is_an_error_with_a_title_and_a_slug_that_fits_a_urn():
    for kind in PROBLEMS.values():
        assert 400 <= kind.status < 600
        assert kind.title
        assert kind.slug.replace("-", "").isalnum()
        assert kind.slug.isascii()


def test_one_slug_means_one_status():
    statuses: dict[str, set[int]] = {}
    for kind in PROBLEMS.values():
        statuses.setdefault(kind.slug, set()).add(kind.status)
    assert all(len(each) == 1 for each in statuses.values())


def test_what_the_asker_did_is_told_from_what_the_service_cannot():
    for error_type, kind in PROBLEMS.items():
        if issubclass(error_type, rag_errors.AnsweringError):
            assert kind.status == 422
        if issubclass(error_type, index_errors.IndexFolderError):
            assert kind.status == 503
