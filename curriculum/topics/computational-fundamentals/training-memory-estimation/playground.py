"""The memory of a model: what training keeps and what serving keeps, from formulas with their sources."""

from math import ceil
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Line, Links, Note, Number, Plot, Scene, Slider, Table, playground

GB = 1e9
STORED = {"FP32": 4, "FP16 or BF16": 2, "INT8": 1, "INT4": 0.5}
"""Bytes for each weight."""
STATES = {"adam": 2, "momentum": 1, "sgd": 0}
"""Numbers in FP32 that the optimiser keeps for each parameter."""
PRESETS = (
    ("GPT-2 small", {"billions": 0.124, "layers": 12, "width": 768, "heads": 12, "kv_heads": 12, "length": 1024}),
    ("7 billion", {"billions": 7, "layers": 32, "width": 4096, "heads": 32, "kv_heads": 32, "length": 4096}),
    ("LLaMA 65B", {"billions": 65.2, "layers": 80, "width": 8192, "heads": 64, "kv_heads": 64, "length": 2048}),
    ("the same with 8 KV heads", {"billions": 65.2, "layers": 80, "width": 8192, "heads": 64, "kv_heads": 8, "length": 2048}),
    ("GPT-3", {"billions": 175, "layers": 96, "width": 12288, "heads": 96, "kv_heads": 96, "length": 2048}),
)


def model_state(parameters, precision, optimizer):
    """Bytes of weights, gradients, master weights and optimiser states."""
    low = 2 if precision == "mixed" else 4
    master = 4 if precision == "mixed" else 0
    return tuple(parameters * each for each in (low, low, master, 4 * STATES[optimizer]))


def activations(precision, policy, *, layers, width, heads, length, batch):
    """Bytes that the backward pass needs of all layers.

    Of the 34 bytes in 16 bits, 32 are 16 numbers and 2 are two masks of a byte; of the 5 of the attention matrices,
    4 are two numbers and 1 is a mask.
    """
    number = 2 if precision == "mixed" else 4
    tokens = length * batch
    if policy == "inputs":
        return layers * tokens * width * number
    linear = layers * tokens * width * (16 * number + 2)
    square = layers * heads * length**2 * batch * (2 * number + 1)
    return linear + (square if policy == "all" else 0)


def kv_cache(cached, *, layers, width, heads, kv_heads, length, batch):
    """Bytes of the keys and values of all positions."""
    return 2 * layers * kv_heads * (width / heads) * length * batch * cached


def gigabytes(size):
    """Bytes as text."""
    value = size / GB
    return f"{value:.1f}" if value >= 99.95 else f"{value:.3g}"


@playground(
    "model-memory",
    "How much memory does a model need?",
    "Give a model's size and shape, and see what training and serving keep, part by part.",
    after="Statement",
    sources={
        "paper-zero": "Section 3.1: 16 bytes for each parameter with Adam in mixed precision",
        "paper-sequence-parallelism": "Section 4: sbh(34 + 5as/h) bytes of activations for each layer",
        "paper-efficient-inference": "Section 2: the cache of keys and values",
        "paper-gqa": "Section 2: fewer heads of keys and values",
        "paper-gpt2": "Table 2", "paper-gpt3": "Table 2.1", "paper-llama": "Table 2",
    },
)
def memory(
    billions: Annotated[float, Number(0.001, 10_000, label="parameters, billions")] = 7.0,
    layers: Annotated[int, Number(1, 1000)] = 32,
    width: Annotated[int, Number(16, 100_000)] = 4096,
    heads: Annotated[int, Number(1, 1000)] = 32,
    kv_heads: Annotated[int, Number(1, 1000, label="heads of keys and values")] = 32,
    length: Annotated[int, Number(1, 10_000_000, label="tokens in a sequence")] = 4096,
    batch: Annotated[int, Slider(1, 64, label="sequences at once")] = 1,
    precision: Annotated[str, Choice({"mixed": "mixed, 16 and 32 bits", "fp32": "FP32"}, label="training in")] = "mixed",
    optimizer: Annotated[str, Choice({"adam": "Adam, AdamW", "momentum": "SGD with momentum", "sgd": "SGD"}, label="optimiser")] = "adam",
    policy: Annotated[
        str,
        Choice(
            {"all": "everything", "flash": "all but attention matrices", "inputs": "only layer inputs (recompute)"},
            label="activations kept",
        ),
    ] = "flash",
) -> Scene:
    n = billions * 1e9
    shape = {"layers": layers, "width": width, "heads": heads, "length": length, "batch": batch}
    state = model_state(n, precision, optimizer)
    acts = activations(precision, policy, **shape)
    total = sum(state) + acts
    cache = kv_cache(2, kv_heads=min(kv_heads, heads), **shape)
    weights = ", ".join(f"{gigabytes(n * b)} in {name}" for name, b in STORED.items())
    low = 2 if precision == "mixed" else 4
    parts = [
        ("weights", f"{low} bytes each", state[0]),
        ("gradients", f"{low} bytes each", state[1]),
        ("FP32 master weights", "4 bytes each" if state[2] else "the weights are FP32 already", state[2]),
        ("optimiser states", f"{4 * STATES[optimizer]} bytes each", state[3]),
        ("activations", f"of {batch} × {length} tokens", acts),
        ("sum", f"{sum(state) / n:g} bytes each, and the activations", total),
    ]
    training = [(name, gigabytes(b), f"{b / total:.0%}", how) for name, how, b in parts]
    serving = [
        (name, gigabytes(n * b), gigabytes(cache), gigabytes(n * b + cache)) for name, b in STORED.items()
    ]
    rough = 12 * layers * width**2
    lengths = np.unique(np.geomspace(min(128, length), max(length * 8, 1024), 40).round())
    lines = [
        Line("keys and values", lengths, [kv_cache(2, kv_heads=min(kv_heads, heads), **shape | {"length": s}) / GB for s in lengths]),
        Line("weights in 16 bits", [lengths[0], lengths[-1]], [2 * n / GB] * 2),
    ]
    crossing = length * 2 * n / cache
    notes = [
        Note(
            f"Keys and values weigh as much as the 16-bit weights at about {crossing:,.0f} tokens".replace(",", "\u202f")
            + f" in each of {batch} sequence{'s' if batch > 1 else ''}. GB are 10⁹ bytes."
        ),
        Note(
            "Left out: fragmentation, temporary buffers, the logits of the last layer, communication. The activations "
            "assume a feed-forward layer four times as wide, GELU and dropout; other layers keep another number."
        ),
    ]
    if not 0.4 < rough / n < 1.6:
        notes.insert(0, Note(
            f"Size and shape do not fit together: {layers} layers of width {width} hold about 12·layers·width² = "
            f"{rough / 1e9:.3g} billion parameters, without the vocabulary."
        ))
    if kv_heads > heads:
        notes.insert(0, Note(f"There are no more heads of keys and values than heads; {heads} are counted."))
    says = (
        f"The weights alone take {weights}, in GB. Training keeps {gigabytes(total)} GB, "
        f"at least {ceil(total / (80 * GB))} device{'s' if total > 80 * GB else ''} of 80 GB; "
        f"serving in 16 bits {gigabytes(2 * n + cache)} GB."
    )
    return Scene(says, [
        Table("Training keeps", ("part", "GB", "share", "how"), training, strong=5,
              shares=[b / total for _, _, b in parts]),
        Table("Serving keeps; keys and values in 16 bits", ("weights in", "weights, GB", "keys and values, GB", "sum, GB"), serving),
        Plot(
            "tokens in a sequence", "GB", lines,
            f"The cache grows in proportion to the tokens and meets the weights at about {crossing:.0f} tokens.",
            log_x=True, log_y=True,
        ),
        *notes,
        Links("Shapes", PRESETS),
    ])
