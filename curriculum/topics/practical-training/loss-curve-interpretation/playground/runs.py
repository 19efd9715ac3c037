"""Makes the curves of the gallery: small networks in NumPy, each trained with at most one fault, all of it seeded.

    python runs.py            writes runs.json beside this file; about two minutes on one core
    python runs.py ID...      prints the curves of these runs

Three tasks: `blobs`, ten classes of points in sixteen dimensions; `spirals`, three arms in the plane; `text`, the next
of twelve letters after two, from a Markov chain. A run logs, at sixty moments, the mean loss of the mini-batches since
the last moment and the loss on data that it does not learn from.
"""

import json
import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

MOMENTS = 60
CLASSES = {"blobs": 10, "spirals": 3, "text": 12}


@dataclass(frozen=True)
class Settings:
    """All that one run depends on."""

    task: str = "blobs"
    seed: int = 0
    examples: int = 3000
    validation: int = 400
    hidden: int = 2
    width: int = 32
    activation: str = "relu"
    init: float = 1.0  # times the standard deviation that fits the activation
    last: float = 1.0  # times that of the last layer
    bias: float = 0.0
    optimizer: str = "momentum"
    rate: float = 0.05
    batch: int = 32
    steps: int = 600
    schedule: str = "constant"  # or cosine, step, early
    warmup: int = 0
    decay: float = 0.0
    dropout: float = 0.0
    shuffle: bool = True
    noise: float = 0.0  # share of training labels replaced by others
    random_labels: bool = False
    leak: str = ""  # copies: validation examples among the training ones; label: the class among the inputs
    scales: float = 0.0  # inputs are multiplied by powers of ten up to this one
    shift: float = 0.0  # validation inputs lie elsewhere by so much
    half: bool = False  # softmax in 16 bits, without subtracting the maximum
    keep_gradients: bool = False  # gradients are added up and never cleared
    dropout_in_validation: bool = False


# ---- data ----


def draw(settings, rng, count):
    """Inputs of shape (count, d) and classes."""
    if settings.task == "blobs":
        centres = np.random.default_rng(7).normal(size=(10, 16)) * 0.75
        labels = rng.integers(0, 10, count)
        return centres[labels] + rng.normal(size=(count, 16)), labels
    if settings.task == "spirals":
        labels = rng.integers(0, 3, count)
        turn = rng.uniform(0.2, 1, count)
        angle = 4.2 * turn + labels * 2 * np.pi / 3 + rng.normal(size=count) * 0.3
        return 2 * np.stack([turn * np.cos(angle), turn * np.sin(angle)], axis=1), labels
    chances = np.random.default_rng(11).dirichlet(np.full(12, 0.35), size=(12, 12))
    walk = [0, 1]
    draws = rng.random(count)
    for u in draws:
        walk.append(int(np.searchsorted(np.cumsum(chances[walk[-2], walk[-1]])[:-1], u)))
    walk = np.array(walk)
    return np.concatenate([np.eye(12)[walk[:-2]], np.eye(12)[walk[1:-1]]], axis=1), walk[2:]


def prepare(settings):
    """Training and validation data, with the faults that lie in the data."""
    rng = np.random.default_rng(settings.seed)
    x, y = draw(settings, rng, settings.examples)
    vx, vy = draw(settings, rng, settings.validation)
    classes = CLASSES[settings.task]
    if settings.noise:
        wrong = rng.random(len(y)) < settings.noise
        y = np.where(wrong, (y + rng.integers(1, classes, len(y))) % classes, y)
    if settings.random_labels:
        y = rng.permutation(y)
    if settings.leak == "copies":
        n = min(len(vx), len(x))
        vx, vy = x[:n].copy(), y[:n].copy()
    if settings.leak == "label":
        x, vx = (np.concatenate([a, np.eye(classes)[b]], axis=1) for a, b in ((x, y), (vx, vy)))
    if settings.scales:
        size = 10.0 ** rng.uniform(-1, settings.scales, x.shape[1])
        x, vx = x * size, vx * size
    if settings.shift:
        way = rng.normal(size=vx.shape[1])
        vx = vx + settings.shift * way / np.linalg.norm(way)
    if not settings.shuffle:
        order = np.argsort(y, kind="stable")
        x, y = x[order], y[order]
    return x, y, vx, vy


# ---- the network ----


def start(settings, inputs, rng):
    """Weights and biases of every layer."""
    sizes = [inputs, *[settings.width] * settings.hidden, CLASSES[settings.task]]
    gain = 2.0 if settings.activation == "relu" else 1.0
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        last = i == len(sizes) - 2
        scale = settings.init * (settings.last if last else 1.0)
        w = rng.normal(size=(a, b)) * np.sqrt((1.0 if last else gain) / a) * scale
        layers += [w, np.full(b, 0.0 if last else settings.bias)]
    return layers


def act(name, z):
    """The activation and its slope."""
    if name == "relu":
        return np.maximum(z, 0), (z > 0).astype(float)
    if name == "tanh":
        h = np.tanh(z)
        return h, 1 - h**2
    h = 1 / (1 + np.exp(-z))
    return h, h * (1 - h)


def forward(layers, x, settings, rng=None):
    """Logits, and what the backward pass needs. With `rng`, hidden units are dropped."""
    kept = []
    for i in range(0, len(layers) - 2, 2):
        h, slope = act(settings.activation, x @ layers[i] + layers[i + 1])
        if rng is not None and settings.dropout:
            mask = (rng.random(h.shape) >= settings.dropout) / (1 - settings.dropout)
            h, slope = h * mask, slope * mask
        kept.append((x, slope))
        x = h
    kept.append((x, None))
    return x @ layers[-2] + layers[-1], kept


def probabilities(logits, *, half):
    """Softmax; in 16 bits e to the 12th is infinity."""
    if half:
        e = np.exp(logits.astype(np.float16))
        return (e / e.sum(axis=1, keepdims=True)).astype(float)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss_of(p, y):
    """Mean cross-entropy in nats. A NaN stays one."""
    chosen = p[np.arange(len(y)), y]
    return float(-np.log(np.where(chosen < 1e-30, 1e-30, chosen)).mean())


def backward(layers, kept, p, y):
    """The gradients of all layers."""
    g = p.copy()
    g[np.arange(len(y)), y] -= 1
    g /= len(y)
    made = []
    for i in range(len(layers) - 2, -1, -2):
        x, _ = kept[i // 2]
        made[:0] = [x.T @ g, g.sum(axis=0)]
        if i:
            g = (g @ layers[i].T) * kept[i // 2 - 1][1]
    return made


# ---- training ----


def rate_at(settings, step):
    """The learning rate of a step."""
    rate, share = settings.rate, step / settings.steps
    if settings.schedule == "cosine":
        rate *= 0.5 * (1 + np.cos(np.pi * share))
    elif settings.schedule == "step":
        rate *= 1.0 if share < 0.5 else 0.1 if share < 0.8 else 0.01
    elif settings.schedule == "early":
        rate *= 0.5 * (1 + np.cos(np.pi * min(1.0, share / 0.12)))
    return rate * min(1.0, (step + 1) / settings.warmup) if settings.warmup else rate


def train(settings):
    """One run: steps, training losses and validation losses at MOMENTS moments. After a NaN nothing more is logged."""
    x, y, vx, vy = prepare(settings)
    rng = np.random.default_rng(settings.seed + 1)
    layers = start(settings, x.shape[1], rng)
    first = [np.zeros_like(w) for w in layers]
    second = [np.zeros_like(w) for w in layers]
    every = settings.steps // MOMENTS
    order, at = np.arange(len(x)), 0
    steps, training, validation, batch_losses = [], [], [], []
    with np.errstate(all="ignore"):
        for step in range(settings.steps):
            if at + settings.batch > len(x):
                at = 0
            if at == 0 and settings.shuffle:
                order = rng.permutation(len(x))
            rows = order[at : at + settings.batch]
            at += settings.batch
            logits, kept = forward(layers, x[rows], settings, rng)
            p = probabilities(logits, half=settings.half)
            batch_losses.append(loss_of(p, y[rows]))
            gradients = [g + settings.decay * w for g, w in zip(backward(layers, kept, p, y[rows]), layers)]
            rate = rate_at(settings, step)
            if settings.keep_gradients:
                first = [m + g for m, g in zip(first, gradients)]
                moves = first
            elif settings.optimizer == "adam":
                first = [0.9 * m + 0.1 * g for m, g in zip(first, gradients)]
                second = [0.999 * v + 0.001 * g**2 for v, g in zip(second, gradients)]
                t = step + 1
                moves = [m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8) for m, v in zip(first, second)]
            elif settings.optimizer == "momentum":
                first = [0.9 * m + g for m, g in zip(first, gradients)]
                moves = first
            else:
                moves = gradients
            layers = [w - rate * m for w, m in zip(layers, moves)]
            if (step + 1) % every == 0:
                dropping = rng if settings.dropout_in_validation else None
                seen = probabilities(forward(layers, vx, settings, dropping)[0], half=settings.half)
                steps.append(step + 1)
                training.append(float(np.mean(batch_losses)))
                validation.append(loss_of(seen, vy))
                batch_losses = []
                if not np.isfinite(training[-1]):
                    break
    return steps, training, validation


# ---- the runs ----

HEALTHY = {
    "blobs": Settings(rate=0.02, schedule="cosine", width=24, decay=1e-3),
    "spirals": Settings("spirals", examples=800, rate=0.05, steps=1200, schedule="cosine", decay=1e-3),
    "text": Settings("text", examples=6000, rate=0.2, width=48, steps=900, schedule="cosine", decay=2e-4),
}


def variations():
    """Every fault with the changes that plant it: of each a name, a task and the settings that differ."""
    three = ("blobs", "spirals", "text")

    def each(fault, *changes, tasks=three):
        for task in tasks:
            for change in changes:
                yield fault, task, change

    yield from each("healthy", {}, {"seed": 5}, {"optimizer": "adam", "rate": 0.003})
    yield from each("step-schedule", {"rate": 0.1, "batch": 8, "schedule": "step", "optimizer": "sgd"}, tasks=("blobs", "spirals"))
    yield from each("step-schedule", {"rate": 0.03, "batch": 8, "schedule": "step", "seed": 3})
    yield from each("dropout", {"dropout": 0.4, "width": 48}, {"dropout": 0.6, "width": 64}, tasks=("blobs", "spirals"))
    yield from each("dropout", {"dropout": 0.2, "width": 96}, {"dropout": 0.3, "width": 128}, tasks=("text",))
    yield from each("rate-too-high", {"rate": 0.7}, {"rate": 1.5}, {"optimizer": "adam", "rate": 0.15, "schedule": "constant"})
    yield from each("rate-too-low", {"rate": 3e-4}, {"rate": 2e-3, "optimizer": "sgd"}, tasks=("blobs", "spirals"))
    yield from each("rate-too-low", {"rate": 2e-3}, {"rate": 2e-2, "optimizer": "sgd"}, tasks=("text",))
    yield from each("schedule-too-short", {"schedule": "early", "rate": 0.01}, {"schedule": "early", "rate": 0.02, "seed": 2}, tasks=("blobs", "spirals"))
    yield from each("schedule-too-short", {"schedule": "early"}, {"schedule": "early", "rate": 0.1, "seed": 2}, tasks=("text",))
    yield from each("no-shuffle", {"shuffle": False}, {"shuffle": False, "schedule": "constant", "seed": 4})
    yield from each("batch-too-small", {"batch": 1, "schedule": "constant", "rate": 0.01}, {"batch": 2, "schedule": "constant", "rate": 0.02, "seed": 6})
    yield from each("no-warmup", {"hidden": 4, "rate": 0.2}, {"hidden": 3, "rate": 0.3, "seed": 1}, tasks=("blobs", "spirals"))
    yield from each("no-warmup", {"hidden": 4, "rate": 0.6}, {"hidden": 3, "rate": 0.8, "seed": 1}, tasks=("text",))
    yield from each("exploding-gradients", {"hidden": 5, "init": 2.2}, {"hidden": 6, "init": 1.6, "seed": 1})
    yield from each("vanishing-gradients", {"hidden": 5, "activation": "sigmoid"}, {"hidden": 2, "activation": "sigmoid", "rate": 0.1, "seed": 2})
    yield from each("dead-relus", {"bias": -6.0, "hidden": 3}, {"bias": -9.0})
    yield from each("bad-last-layer", {"last": 6.0, "rate": 0.005}, {"last": 15.0, "rate": 0.002, "seed": 3})
    yield from each("unscaled-inputs", {"scales": 1.3}, {"scales": 2.2, "seed": 2})
    yield from each("weight-decay-too-strong", {"decay": 0.1}, {"decay": 0.3}, tasks=("blobs", "spirals"))
    yield from each("weight-decay-too-strong", {"decay": 0.008}, {"decay": 0.05}, tasks=("text",))
    yield from each("overfitting", {"examples": 100, "width": 96, "decay": 0.0}, {"examples": 60, "width": 128, "hidden": 3, "decay": 0.0, "optimizer": "adam", "rate": 0.003}, tasks=("blobs", "spirals"))
    yield from each("overfitting", {"examples": 1000, "width": 96, "decay": 0.0}, {"examples": 400, "width": 128, "decay": 0.0}, tasks=("text",))
    yield from each("underfitting", {"hidden": 1, "width": 2}, {"hidden": 2, "width": 1}, tasks=("blobs", "text"))
    yield from each("underfitting", {"hidden": 0}, {"hidden": 1, "width": 2}, tasks=("spirals",))
    yield from each("label-noise", {"noise": 0.3}, {"noise": 0.5, "seed": 3})
    yield from each("random-labels", {"random_labels": True, "examples": 300, "width": 96, "decay": 0.0}, {"random_labels": True})
    yield from each("leakage", {"leak": "copies", "examples": 100, "width": 96, "decay": 0.0}, {"leak": "label"})
    yield from each("shifted-validation", {"shift": 2.5}, {"shift": 4.0, "seed": 3}, tasks=("blobs", "text"))
    yield from each("shifted-validation", {"shift": 0.4}, {"shift": 0.8, "seed": 3}, tasks=("spirals",))
    yield from each("validation-too-small", {"validation": 10, "schedule": "constant"}, {"validation": 16, "seed": 8, "schedule": "constant"})
    yield from each("dropout-in-validation", {"dropout": 0.4, "width": 48, "dropout_in_validation": True}, {"dropout": 0.6, "width": 64, "dropout_in_validation": True}, tasks=("blobs", "spirals"))
    yield from each("dropout-in-validation", {"dropout": 0.2, "width": 96, "dropout_in_validation": True}, {"dropout": 0.3, "width": 128, "dropout_in_validation": True}, tasks=("text",))
    yield from each("half-precision", {"half": True, "rate": 0.02, "decay": 0.0, "schedule": "constant"}, {"half": True, "rate": 0.008, "decay": 0.0, "schedule": "constant", "seed": 2}, tasks=("blobs", "spirals"))
    yield from each("gradients-kept", {"keep_gradients": True, "rate": 0.005}, {"keep_gradients": True, "rate": 0.001})


def every():
    """All runs: id, fault and settings."""
    seen = {}
    for fault, task, change in variations():
        seen[fault, task] = seen.get((fault, task), 0) + 1
        yield f"{fault}-{task}-{seen[fault, task]}", fault, replace(HEALTHY[task], **change)


def changed(settings):
    """What differs from the healthy run of the same task."""
    base = asdict(HEALTHY[settings.task])
    return {k: v for k, v in asdict(settings).items() if v != base[k] and k != "seed"}


def rounded(values):
    """Three digits; null for what is no number."""
    return [float(f"{v:.3g}") if np.isfinite(v) else None for v in values]


def record(name, fault, settings):
    """One run as it is kept."""
    steps, training, validation = train(settings)
    return {
        "id": name, "fault": fault, "task": settings.task, "seed": settings.seed, "steps": settings.steps,
        "every": steps[0], "changed": changed(settings), "training": rounded(training), "validation": rounded(validation),
    }


def main(names):
    """Make all runs, or print some."""
    chosen = [r for r in every() if not names or r[0] in names]
    made = [record(*r) for r in chosen]
    if names:
        print(json.dumps(made, indent=1))
        return
    base = {t: {f.name: getattr(s, f.name) for f in fields(s)} for t, s in HEALTHY.items()}
    lines = ",\n".join(json.dumps(r, separators=(",", ":")) for r in made)
    text = f'{{"format": 1,\n"healthy": {json.dumps(base)},\n"runs": [\n{lines}\n]}}\n'
    Path(__file__).with_name("runs.json").write_text(text, encoding="utf-8")
    print(f"{len(made)} runs, {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
