import os
from pathlib import Path

import pytest

from eval.bench.laws import read_laws
from eval.bench.loaded import measure, resident_mb
from index.embed import load_embedder
from index.folder import load_index, write_index
from tests.eval.law_kit import write_kit


def test_resident_memory_is_that_of_the_process():
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("memory is read from /proc, which only Linux has")
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    expected = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    assert resident_mb(status.read_text()) == pytest.approx(expected, rel=0.2)


def test_every_question_is_timed(tmp_path):
    write_index(tmp_path / "index", read_laws(write_kit(tmp_path)), embedder=load_embedder())
    found = measure(load_index(tmp_path / "index"), ["离婚", "盗窃", "工资"], warm_up=1)
    assert [found[each]["n"] for each in ("question", "read", "legs")] == [3, 3, 3]
    assert found["resident_mb"] > 10
