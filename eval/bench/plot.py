"""Plots of results as SVG, equal bytes for equal figures; needs the extra ``bench``."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from eval.bench.results import tell

Points = Sequence[tuple[float, float]]
_SALT = "yiju"


def plot_curves(
    path: Path,
    curves: Mapping[str, Points],
    *,
    title: str,
    axes: tuple[str, str],
    log_x: bool = False,
    marked: Points = (),
) -> bool:
    """Draw curves through points.

    Parameters
    ----------
    path : Path
        The SVG file.
    curves : mapping of str to sequence of (float, float)
        By their names.
    title : str
        Of the plot.
    axes : (str, str)
        What x and y are, with their units.
    log_x : bool
        Whether x is logarithmic.
    marked : sequence of (float, float)
        Points that get a ring.

    Returns
    -------
    bool
        False, and nothing is written, where matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        tell(f"no {path.name}: matplotlib is not installed (pip install 'yiju[bench]')")
        return False
    import matplotlib as mpl  # noqa: PLC0415 - of an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "none"}):
        figure = Figure(figsize=(7, 4.5), layout="constrained")
        plot = figure.subplots()
        for name, points in curves.items():
            ordered = sorted(points)
            plot.plot([x for x, _ in ordered], [y for _, y in ordered], "o-", label=name)
        if marked:
            plot.plot(
                [x for x, _ in marked], [y for _, y in marked], "o",
                markersize=14, markerfacecolor="none", color="black", label="shipped",
            )  # fmt: skip
        plot.set_title(title)
        plot.set_xlabel(axes[0])
        plot.set_ylabel(axes[1])
        plot.grid(visible=True, alpha=0.3)
        if log_x:
            plot.set_xscale("log")
        plot.legend()
        figure.savefig(path, format="svg", metadata={"Date": None})
    return True
