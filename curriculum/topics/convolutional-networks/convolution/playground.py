"""Convolution arithmetic: sizes, one window at a time, with the reference solution."""

from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Grid, Number, Refused, Scene, Slider, Table, playground, use

conv2d = use("exercises/direct-convolution-numpy/solution.py").conv2d


def image(kind, n):
    """An n × n picture of small whole numbers."""
    rows, columns = np.mgrid[:n, :n]
    if kind == "edge":
        return (columns >= n // 2).astype(float) * 4
    if kind == "square":
        edge = max(1, n // 4)
        inside = (np.minimum(rows, columns) >= edge) & (np.maximum(rows, columns) < n - edge)
        return inside.astype(float) * 4
    return (rows + 2 * columns) % 5 + 0.0


def filter_of(kind, k):
    """A k × k kernel."""
    made = np.zeros((k, k))
    if kind == "mean":
        made[:] = 1 / k**2
    elif kind == "upright":  # right minus left: zero in the middle column of an odd width
        made[:, : k // 2], made[:, (k + 1) // 2 :] = -1, 1
    else:
        made[k // 2, k // 2] = 1
    return made


def short(value):
    """A number in at most four characters."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0.", "-.").replace("-", "−") if value else "0"


def shades(values):
    """Values over the largest size among them."""
    return values / max(1e-12, np.abs(values).max())


def grouped(count):
    """A whole number with its digits in groups of three."""
    return f"{count:,}".replace(",", "\u202f")


@playground(
    "convolution-arithmetic",
    "Convolution arithmetic",
    "Set sizes, stride and padding, and follow one window from input to output.",
    after="Statement",
    sources={"paper-conv-arithmetic": "Chapter 2, relationship 6: the general size of the output"},
)
def arithmetic(
    n: Annotated[int, Slider(3, 9, label="input size n")] = 6,
    k: Annotated[int, Slider(1, 5, label="kernel size k")] = 3,
    stride: Annotated[int, Slider(1, 4, label="stride s")] = 1,
    padding: Annotated[int, Slider(0, 3, label="padding p")] = 1,
    place: Annotated[int, Slider(1, 49, label="output cell", plays=True)] = 9,
    picture: Annotated[str, Choice({"edge": "edge", "square": "square", "stripes": "stripes"})] = "edge",
    kernel: Annotated[str, Choice({"upright": "right − left", "mean": "mean", "centre": "centre"})] = "upright",
    channels: Annotated[int, Number(1, 4096, label="channels in")] = 64,
    filters: Annotated[int, Number(1, 4096, label="filters")] = 128,
) -> Scene:
    if k > n + 2 * padding:
        raise Refused(f"The kernel is {k} wide and the padded input only {n + 2 * padding}. Make it smaller, or pad more.")
    x, w = image(picture, n), filter_of(kernel, k)
    padded = np.pad(x, padding)
    y = conv2d(x[None, None], w[None, None], np.zeros(1), stride, padding)[0, 0]
    size = y.shape[0]
    i, j = divmod(min(place, size**2) - 1, size)
    window = padded[i * stride : i * stride + k, j * stride : j * stride + k]
    under = [(i * stride + a, j * stride + b) for a in range(k) for b in range(k)]
    unread = n + 2 * padding - ((size - 1) * stride + k)
    terms = " + ".join(
        f"{short(a)}·{short(b) if b >= 0 else f'({short(b)})'}" for a, b in zip(window.ravel(), w.ravel()) if a and b
    )
    says = (
        f"⌊({n} + 2·{padding} − {k}) / {stride}⌋ + 1 = {size}: the output is {size} × {size}. "
        f"Its cell in row {i + 1}, column {j + 1} is {short(y[i, j])}."
    )
    if unread:
        says += f" The last {'row and column' if unread == 1 else f'{unread} rows and columns'} of the padded input are never read."
    weights = filters * channels * k * k
    rows = [
        ("weights", f"{filters} · {channels} · {k}²", grouped(weights)),
        ("weights and biases", f"{grouped(weights)} + {filters}", grouped(weights + filters)),
        ("multiplications for one image", f"{grouped(weights)} · {size}²", grouped(weights * size**2)),
        ("numbers in the output", f"{filters} · {size}²", grouped(filters * size**2)),
        ("the same by a dense layer", f"({channels} · {n}²) · ({filters} · {size}²)", grouped(channels * n**2 * filters * size**2)),
    ]

    def texts(values):
        return [[short(v) for v in row] for row in values]

    return Scene(says, [
        Grid(
            f"Input with {padding} row{'s' if padding != 1 else ''} of zeros around; outlined is what the window reads",
            shades(padded), texts(padded),
            f"Padded input of {len(padded)} by {len(padded)}; the window begins in row {i * stride + 1}, column {j * stride + 1}.",
            marks=under,
        ),
        Grid("Kernel", shades(w), texts(w), f"The kernel of {k} by {k} numbers, {kernel}."),
        Grid(
            f"Output; outlined: {terms or '0'} = {short(y[i, j])}", shades(y), texts(y),
            f"Output of {size} by {size}; the cell in row {i + 1}, column {j + 1} is {short(y[i, j])}.", marks=[(i, j)],
        ),
        Table(f"With {channels} channels in and {filters} filters", ("what", "how", "number"), rows),
    ])
