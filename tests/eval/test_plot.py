from eval.bench import plot
from eval.bench.plot import plot_curves

CURVES = {"one": [(2.0, 0.5), (1.0, 0.25)]}


def test_without_matplotlib_nothing_is_drawn_and_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(plot, "find_spec", lambda name: None)
    assert not plot_curves(tmp_path / "a.svg", CURVES, title="t", axes=("x", "y"))
    assert "matplotlib is not installed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_equal_figures_are_drawn_in_equal_bytes(tmp_path):
    for name in ("a.svg", "b.svg"):
        assert plot_curves(
            tmp_path / name, CURVES, title="t", axes=("ms", "recall"), marked=[(1.0, 0.25)]
        )
    drawn = (tmp_path / "a.svg").read_bytes()
    assert drawn == (tmp_path / "b.svg").read_bytes()
    assert b"recall" in drawn
