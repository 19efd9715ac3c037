"""The gallery of loss curves and the drill, from the runs that `playground/runs.py` made."""

import json
from functools import cache
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Hidden, Line, Links, Note, Number, Plot, Question, Scene, Table, Tile, Wall, playground, read, use

FOLDER = "topics/practical-training/loss-curve-interpretation/playground"
words = use(f"{FOLDER}/causes.py")
CAUSES, TASKS = words.CAUSES, words.TASKS
DATA = json.loads(read(f"{FOLDER}/runs.json"))
RUNS = DATA["runs"]
CHANCE = {"blobs": np.log(10), "spirals": np.log(3), "text": np.log(12)}
REACH = {"blobs": 1.0, "spirals": 1.0, "text": 0.2}
"""How far a healthy run of the task falls, in units of the logarithm of the loss, next to the others."""
ALIKE = 0.15
"""Two curves closer than this are called alike; see `apart`."""
MOMENTS = 60
OPTIONS = 5
ORDER = np.random.default_rng(20).permutation(len(RUNS))
"""The drill's order, in which neighbours have little to do with each other."""
SOURCES = {
    "course-cs231n": "notes: Neural Networks Part 3, babysitting the learning process",
    "blog-karpathy": "A Recipe for Training Neural Networks (2019)",
}


def curve(values):
    """Losses as an array of MOMENTS numbers; what was not logged is NaN."""
    known = [np.nan if v is None else v for v in values]
    return np.array(known + [np.nan] * (MOMENTS - len(known)))


def smooth(z):
    """The mean of each value and its two neighbours on either side."""
    padded = np.pad(z, 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 5)
    known = np.isfinite(windows)
    total = np.where(known, windows, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.where(np.isfinite(z), total, np.nan)


def signature(run):
    """What the eye compares: smoothed logarithms of both losses, their raggedness, and how long they last."""
    logs = [np.log(np.clip(curve(run[k]), 1e-3, 50) + 0.02) / REACH[run["task"]] for k in ("training", "validation")]
    ragged = []
    for z in logs:
        steps = np.diff(z)[np.isfinite(np.diff(z))]
        ragged.append(np.log((steps.std() if steps.size > 3 else 1.0) + 0.02))
    return np.concatenate([smooth(z) for z in logs]), np.array(ragged), len(run["training"])


SIGNATURES = [signature(r) for r in RUNS]


def apart(i, j):
    """How far two curves of one task lie apart: root mean square of the logarithms, plus a tenth of the raggedness."""
    (a, rough_a, long_a), (b, rough_b, long_b) = SIGNATURES[i], SIGNATURES[j]
    both = np.isfinite(a) & np.isfinite(b)
    if RUNS[i]["task"] != RUNS[j]["task"] or abs(long_a - long_b) > 12 or both.sum() < 4:
        return np.inf
    return float(np.sqrt(np.mean((a[both] - b[both]) ** 2)) + 0.1 * np.abs(rough_a - rough_b).max())


@cache
def likenesses(i):
    """Runs with another cause that look like run i: of each cause the nearest, nearest first."""
    nearest = {}
    for j, run in enumerate(RUNS):
        if run["fault"] != RUNS[i]["fault"] and (d := apart(i, j)) < ALIKE:
            if run["fault"] not in nearest or d < nearest[run["fault"]][0]:
                nearest[run["fault"]] = (d, j)
    return sorted(nearest.values())


def fitting(i):
    """The causes that fit run i: its own, those of runs that look the same, and those whose sign is the same."""
    own = RUNS[i]["fault"]
    return list(dict.fromkeys([own, *(RUNS[j]["fault"] for _, j in likenesses(i)), *words.also(own)]))


def options(i):
    """The answers offered for run i: what fits, at most three, and others, in an order of their own."""
    rng = np.random.default_rng([21, i])
    fit = fitting(i)[:3]
    others = [c for c in CAUSES if c not in fitting(i)]
    picked = fit + [others[k] for k in rng.choice(len(others), OPTIONS - len(fit), replace=False)]
    return [picked[k] for k in rng.permutation(len(picked))]


def drawn(run, title=""):
    """One run as a plot."""
    steps = run["every"] * np.arange(1, MOMENTS + 1)
    training, validation = curve(run["training"]), curve(run["validation"])
    known = np.concatenate([training, validation])
    known = known[np.isfinite(known)]
    ends = f"ends at {training[len(run['training']) - 1]:.3g} in training and {validation[len(run['training']) - 1]:.3g} in validation"
    if len(run["training"]) < MOMENTS or not np.isfinite(training[-1]):
        ends = f"stops being a number at step {run['every'] * len(run['training'])}"
    return Plot(
        "step", "loss, nats",
        [
            Line("training", steps, training),
            Line("validation", steps, validation),
            Line(f"guessing, {CHANCE[run['task']]:.2f}", [steps[0], steps[-1]], [CHANCE[run["task"]]] * 2),
        ],
        f"{title}Both losses against the step; the run begins at {known[0] if known.size else float('nan'):.3g} and {ends}.",
        log_y=bool(known.size and known.max() > 5 * CHANCE[run["task"]]),
    )


def setting(name, value):
    """A setting as two cells."""
    said = {True: "yes", False: "no"}.get(value, f"{value:g}" if isinstance(value, float) else value)
    return words.WORDS.get(name, name.replace("_", " ")), str(said).replace("-", "−")


def settings(run):
    """What the run was made with, beside the healthy run of the same task."""
    base = DATA["healthy"][run["task"]]
    shown = {"optimizer", "rate", "schedule", "batch", "hidden", "width", "activation", "decay", "examples", *run["changed"]}
    rows = []
    for name in words.WORDS:
        if name in shown:
            label, usual = setting(name, base[name])
            rows.append((label, setting(name, run["changed"].get(name, base[name]))[1], usual if name in run["changed"] else ""))
    return Table(f"The run: {TASKS[run['task']]}, {run['steps']} steps, seed {run['seed']}", ("setting", "here", "healthy run"), rows, folded=True)


def tile(fault, task, *, here):
    """The first run with a cause on a task as a small picture, cut off above one and a half times guessing."""
    run = next((r for r in RUNS if (r["fault"], r["task"]) == (fault, task)), None)
    if run is None:
        return None
    low, high = (1.4, 2.9) if task == "text" else (0.0, 1.5 * CHANCE[task])
    lines = [(np.minimum(curve(run[k]), 1e6) - low) / (high - low) for k in ("training", "validation")]
    return Tile(CAUSES[fault][0], lines, {"fault": fault, "task": task}, here)


@playground(
    "loss-curve-gallery",
    "Gallery of loss curves",
    f"Choose what was planted and see what it did to real runs; {len(RUNS)} curves, each with its settings.",
    after="Statement",
    sources=SOURCES,
)
def gallery(
    fault: Annotated[str, Choice({k: v[0] for k, v in CAUSES.items()}, label="what was planted")] = "overfitting",
    task: Annotated[str, Choice({"blobs": "points", "spirals": "spirals", "text": "letters"}, label="task")] = "blobs",
) -> Scene:
    found = [i for i, r in enumerate(RUNS) if r["fault"] == fault and r["task"] == task]
    elsewhere = ""
    if not found:
        found = [i for i, r in enumerate(RUNS) if r["fault"] == fault]
        found = [i for i in found if RUNS[i]["task"] == RUNS[found[0]]["task"]]
        elsewhere = f" There is no such run on this task; these learn {TASKS[RUNS[found[0]]['task']]}."
    name, shows, why, test = CAUSES[fault]
    alike = sorted({RUNS[j]["fault"] for i in found for _, j in likenesses(i)} | set(words.also(fault)))
    parts = [Note(f"Why: {why[0].lower()}{why[1:]} To be sure: {test[0].lower()}{test[1:]}")]
    for k, i in enumerate(found, 1):
        parts += [drawn(RUNS[i], f"Run {k}. "), settings(RUNS[i])]
    if alike:
        parts.append(Links(
            "Other causes that can look the same here",
            [(CAUSES[c][0], {"fault": c, "task": RUNS[found[0]]["task"]}) for c in alike],
        ))
    else:
        parts.append(Note("No run with another cause looks like these. That is no proof: there are causes that nobody planted here."))
    where = RUNS[found[0]]["task"]
    tiles = [t for c in CAUSES if (t := tile(c, where, here=c == fault))]
    parts.append(Wall(f"One run of each, {TASKS[where]}; training drawn through, validation dashed, all on one scale", tiles))
    return Scene(f"{shows}{elsewhere}", parts)


@playground(
    "loss-curve-drill",
    "What is wrong here?",
    "Look at the curve of a real run, say what fits it, and see what was planted and which other causes look the same.",
    after="Worked example",
    sources=SOURCES,
)
def drill(
    number: Annotated[int, Number(1, len(RUNS), label=f"curve, 1 to {len(RUNS)}")] = 1,
    answer: Annotated[str, Hidden(40)] = "",
) -> Scene:
    i = int(ORDER[number - 1])
    run, offered, fit = RUNS[i], options(i), fitting(i)
    asked, _, chosen = answer.partition(":")
    chosen = chosen if asked == str(number) and chosen in offered else ""
    following = ("number", str(number % len(RUNS) + 1), "Next curve")
    question = Question(
        "Which of these fits the curve?",
        "answer",
        [(f"{number}:{c}", CAUSES[c][0][0].upper() + CAUSES[c][0][1:]) for c in offered],
        chosen=f"{number}:{chosen}" if chosen else "",
        right=[f"{number}:{c}" for c in offered if c in fit] if chosen else (),
        links=[following],
    )
    task = f"A network learns {TASKS[run['task']]}; guessing costs {CHANCE[run['task']]:.2f} nats."
    if not chosen:
        return Scene(task, [
            drawn(run), question,
            Note("More than one answer may fit. Nothing is kept of what you answer here; it counts as no evidence."),
        ])
    name, shows, why, test = CAUSES[run["fault"]]
    if chosen == run["fault"]:
        says = f"It fits, and it is what was planted: {name}. {why}"
    elif chosen in fit:
        says = f"It fits, though another thing was planted: {name}. {why} From the curve alone nobody could tell."
    else:
        says = f"It does not fit. Planted was: {name}. {why}"
    parts = [drawn(run), question]
    if chosen not in fit:
        parts.append(Note(f"What you chose would show otherwise: {CAUSES[chosen][1][0].lower()}{CAUSES[chosen][1][1:]} Here: {shows[0].lower()}{shows[1:]}"))
    parts.append(Note(f"To be sure: {test[0].lower()}{test[1:]}"))
    twins = likenesses(i)
    if twins:
        twin = RUNS[twins[0][1]]
        names = ", or ".join(CAUSES[RUNS[j]["fault"]][0] for _, j in twins[:4])
        parts += [
            Note(f"Other runs look the same, within {ALIKE:g} on a logarithmic scale, with another cause: {names}. The nearest:"),
            drawn(twin, "The run that looks the same. "),
        ]
    elif len(fit) > 1:
        parts.append(Note(f"The same sign is left by: {'; '.join(CAUSES[c][0] for c in fit[1:])}. No run here looks the same throughout."))
    parts.append(settings(run))
    return Scene(says, parts)
