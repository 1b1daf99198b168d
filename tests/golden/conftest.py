"""``pytest tests/golden --rewrite-golden`` writes the golden files anew; review the diff."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the golden files anew from what the code gives now",
    )


@pytest.fixture
def rewrite_golden(pytestconfig: pytest.Config) -> bool:
    """Whether the golden files are to be written instead of compared."""
    return bool(pytestconfig.getoption("--rewrite-golden", default=False))
