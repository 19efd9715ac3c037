"""Checks of the page on automatic differentiation: a small engine, tried on random programs."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/write-scalar-autograd/solution.py")

Inputs = Annotated[int, Range(1, 6)]
Outputs = Annotated[int, Range(1, 4)]
Steps = Annotated[int, Range(4, 60)]

VALUE = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b, "sin": np.sin, "tanh": np.tanh}
SLOPES = {
    "add": lambda a, b: (1.0, 1.0),
    "mul": lambda a, b: (b, a),
    "sin": lambda a: (np.cos(a),),
    "tanh": lambda a: (1 - np.tanh(a) ** 2,),
}


def evaluate(program, x):
    """All values of a program: its inputs, then one for each step (name, places of its arguments)."""
    values = list(x)
    for name, places in program:
        values.append(VALUE[name](*[values[p] for p in places]))
    return values


def push(program, values, v):
    tangents = list(v)                                       # one number beside each value
    for name, places in program:
        arguments = [values[p] for p in places]
        slopes = SLOPES[name](*arguments)
        tangents.append(sum(s * tangents[p] for s, p in zip(slopes, places)))
    return tangents


def pull(program, values, seeds):
    gradients = [0.0] * len(values)
    for place, seed in seeds.items():                        # u, at the outputs
        gradients[place] += seed
    first = len(values) - len(program)                       # the inputs come first
    for place in reversed(range(first, len(values))):        # users before the used
        name, places = program[place - first]
        slopes = SLOPES[name](*[values[p] for p in places])
        for argument, slope in zip(places, slopes):
            gradients[argument] += gradients[place] * slope  # added, never set
    return gradients[:first]


def random_program(rng, inputs, steps):
    """Steps that use any earlier values; half of them keep the size in bounds."""
    program = []
    for k in range(steps):
        name = str(rng.choice(["add", "mul", "sin", "tanh"], p=[0.2, 0.3, 0.25, 0.25]))
        arguments = rng.integers(max(0, inputs + k - 6), inputs + k, size=2 if name in ("add", "mul") else 1)
        program.append((name, [int(a) for a in arguments]))
    return program


def setting(rng, inputs, outputs, steps):
    """A program, its input, and random vectors for both modes; the last steps are the outputs."""
    program, x = random_program(rng, inputs, max(steps, outputs)), rng.normal(size=inputs)
    ends = [inputs + len(program) - outputs + k for k in range(outputs)]
    return program, x, rng.normal(size=inputs), rng.normal(size=outputs), ends


def exact_slope(program, x, v, ends):
    """The derivative of the outputs along v, by a tiny imaginary step: no difference, so no rounding."""
    return np.array(evaluate(program, np.asarray(x) + 1e-20j * np.asarray(v)))[ends].imag / 1e-20


def jacobian(program, x, ends):
    """The Jacobian, column by column, by imaginary steps."""
    return np.array([exact_slope(program, x, e, ends) for e in np.eye(len(x))]).T


@claim(
    "both-modes",
    "Forward mode gives Jv and reverse mode uᵀJ, exactly up to rounding, for any program of differentiable steps.",
    assumes=(
        "each step is differentiable at its arguments", "the steps taken are the same for all inputs nearby",
        "contributions are added", "a value passes its gradient on after all its users have",
    ),
)  # fmt: skip
def both_modes(rng, inputs: Inputs = 3, outputs: Outputs = 2, steps: Steps = 30):
    program, x, v, u, ends = setting(rng, inputs, outputs, steps)
    values = evaluate(program, x)
    j = jacobian(program, x, ends)
    size = np.abs(j).max() + 1e-3
    jv = np.array(push(program, values, v))[ends]
    uj = np.array(pull(program, values, dict(zip(ends, u))))
    return outcome(
        equal("Jv", jv, j @ v, tolerance=1e-9 * size),
        equal("uᵀJ", uj, u @ j, tolerance=1e-9 * size),
        equal("uᵀ(Jv) and (uᵀJ)v", u @ jv, uj @ v, tolerance=1e-9 * size * inputs * outputs),
        figure("stored values", len(values)),
        message=f"A random program of {len(program)} steps.",
    )


class Counting:
    """A number that counts the arithmetic done with it."""

    done = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        Counting.done += 1
        return Counting(self.value + getattr(other, "value", other))

    def __mul__(self, other):
        Counting.done += 1
        return Counting(self.value * getattr(other, "value", other))

    __radd__, __rmul__ = __add__, __mul__


def polynomial(rng, inputs, steps, products):
    """A program of additions and multiplications."""
    names = ["mul" if products else str(rng.choice(["add", "mul"])) for _ in range(steps)]
    return [(n, [int(a) for a in rng.integers(0, inputs + k, size=2)]) for k, n in enumerate(names)]


def work(program, x):
    """Operations of one evaluation, and of one evaluation with a reverse sweep."""
    Counting.done = 0
    values = evaluate(program, [Counting(a) for a in x])
    forward = Counting.done
    pull(program, values, {len(values) - 1: Counting(1.0)})
    return forward, Counting.done - 1  # setting the seed is no arithmetic


@claim(
    "cheap-gradient",
    "For a program of additions and multiplications, evaluating and sweeping back costs at most five times the evaluation, whatever the number of inputs.",
    assumes=("each addition and each multiplication counts one", "one output"),
)
def cheap_gradient(
    rng, inputs: Annotated[int, Range(1, 200)] = 50, steps: Annotated[int, Range(1, 400)] = 200, products: bool = True
):
    program = polynomial(rng, inputs, steps, products)  # the tape multiplies by a slope of 1 too, so sums cost the same
    x = rng.uniform(-1, 1, size=inputs)
    forward, both = work(program, x)
    tight = [equal("operations, for products alone", both, 5 * forward)] if products else []
    return outcome(
        equal("operations of an evaluation", forward, steps),
        at_most("operations with the sweep", both, 5 * forward),
        *tight,
        figure("evaluations that differences would take", inputs + 1),
        message="A product costs 1 forward, and 2 products and 2 additions on the way back.",
    )  # fmt: skip


def unbroadcast(g, shape):
    """The gradient by an array that was stretched: summed over the stretched axes."""
    extra = g.ndim - len(shape)
    g = g.sum(axis=tuple(range(extra)))
    stretched = tuple(k for k, n in enumerate(shape) if n == 1)
    return g.sum(axis=stretched, keepdims=True)


SHAPES = {"bias (d,)": (4,), "column (B, 1)": (3, 1), "row (1, d)": (1, 4), "one number ()": (), "full (B, d)": (3, 4)}


@claim(
    "broadcast-sums",
    "The gradient by an array that was broadcast is the sum over the axes along which it was stretched.",
    assumes=("contributions are added",),
)
def broadcast_sums(
    rng, shape: Literal["bias (d,)", "column (B, 1)", "row (1, d)", "one number ()", "full (B, d)"] = "bias (d,)"
):
    a, b = rng.normal(size=(3, 4)), rng.normal(size=SHAPES[shape])
    pull_back = rng.normal(size=(3, 4))
    g = unbroadcast(pull_back * a, SHAPES[shape])
    measured = np.zeros_like(b)
    for place in np.ndindex(b.shape):
        step = np.zeros_like(b)
        step[place] = 1e-6
        measured[place] = np.sum(pull_back * (a * (b + step) - a * (b - step))) / 2e-6
    return outcome(
        equal("gradient by b of a·b", g, measured, tolerance=1e-7),
        equal("its number of axes", g.ndim, b.ndim),
    )


@claim(
    "no-step-size",
    "Differences lose digits at every step size; the derivative by the tape has them all.",
    assumes=("double precision",),
)
def no_step_size(rng, steps: Annotated[int, Range(4, 30)] = 12):
    program, x, v, _, ends = setting(rng, 2, 1, steps)
    truth = exact_slope(program, x, v, ends)[0]
    own = push(program, evaluate(program, x), v)[ends[0]]
    sizes = 10.0 ** np.linspace(-14, -1, 60)
    errors = [abs((evaluate(program, x + h * v)[-1] - evaluate(program, x - h * v)[-1]) / (2 * h) - truth) for h in sizes]
    scale = max(abs(truth), 1e-3)
    return outcome(
        equal("derivative by the tape", own, truth, tolerance=1e-13 * max(scale, 1)),
        at_most("least error of differences", min(errors), 1e-6 * max(scale, 1)),
        figure("error of the tape", abs(own - truth)),
        plot=Plot("step size h", "error", (Line("central differences", sizes, np.maximum(errors, 1e-18)),
                                          Line("tape", [sizes[0], sizes[-1]], [max(abs(own - truth), 1e-17)] * 2)),
                  "The error of central differences falls, then rises again as the step gets smaller; the tape lies far below.",
                  log_x=True, log_y=True),
    )  # fmt: skip


def example(x, y):
    """a = xy, b = a + y, f = b²: the tape of the worked example."""
    program = [("mul", [0, 1]), ("add", [2, 1]), ("mul", [3, 3])]
    return program, evaluate(program, [x, y])


@claim("worked-numbers", "The numbers of the worked example and of the text.", assumes=("x = 1, y = 3",))
def worked_numbers(rng):
    program, values = example(1.0, 3.0)
    tangents = push(program, values, [0.0, 1.0])
    taught = TAUGHT.value_and_gradients(lambda x, y: (x * y + y) ** 2, 1.0, 3.0)
    chain = [("mul", [0, 1])] + [("mul", [k + 1, 100 + k - 1]) for k in range(1, 99)]
    forward, both = work(chain, np.full(100, 1.01))
    first = sum(p < 100 for _, places in chain for p in places)
    return outcome(
        equal("a, b, f", values[2:], [3, 6, 36]),
        equal("tangents along y", tangents[2:], [1, 2, 24]),
        equal("tangents along x", push(program, values, [1.0, 0.0])[2:], [3, 3, 36]),
        equal("gradient", pull(program, values, {4: 1.0}), [36, 24]),
        equal("the exercise's solution", np.ravel(taught[1]), [36, 24]),
        equal("difference in y, h = 0.1", (example(1.0, 3.1)[1][4] - 36) / 0.1, 24.4, tolerance=1e-9),
        equal("gradient by y, without the sum", 12.0 * 1, 12),
        equal("multiplications of all partial derivatives written out", 100 * 98, 9800),
        equal("operations by the tape", both, 495),
        equal("operations of the product alone", forward, 99),
        equal("inputs used", first, 100),
        equal("stored values with checkpoints", 2 * np.sqrt(10_000), 200),
    )


@derivation(
    "bracket-steps",
    "Two ways to bracket one product of Jacobians.",
    assumes=("each step is differentiable at its arguments",),
    after={3: (1,), 4: (2, 3), 5: (1,)},
)
def bracket_steps(rng, layers: Annotated[int, Range(2, 6)] = 4, width: Annotated[int, Range(2, 8)] = 5):
    mats = [rng.normal(size=(width, width)) / np.sqrt(width) for _ in range(layers)]
    x, v, u = rng.normal(size=width), rng.normal(size=width), rng.normal(size=width)

    def run(at):
        for m in mats:
            at = np.tanh(m @ at)
        return at

    factors, at = [], x
    for m in mats:
        at = np.tanh(m @ at)
        factors.append((1 - at**2)[:, None] * m)
    whole = np.linalg.multi_dot(factors[::-1])
    forward, backward = v, u
    for j in factors:
        forward = j @ forward
    for j in reversed(factors):
        backward = backward @ j
    h = 1e-6
    program, values = example(*x[:2])
    two_users = [values[3] * 2 * 1.0, values[3] * 2 * values[0]]  # y is used by b and, through a, once more
    return outcome(
        equal("J = J_k ⋯ J₁", whole, np.array([(run(x + h * e) - run(x - h * e)) / (2 * h) for e in np.eye(width)]).T, tolerance=1e-7),
        equal("Jv", forward, whole @ v, tolerance=1e-9),
        equal("uᵀJ", backward, u @ whole, tolerance=1e-9),
        at_most("numbers in flight, for vectors against matrices", width, width**2 / 2),
        equal("a sum over the users", sum(two_users), pull(program, values, {4: 1.0})[1], tolerance=1e-9),
    )


@failure(
    "branch-at-a-point",
    "A program that tests for one point is differentiated along the branch it took.",
    of="both-modes",
    without="the steps taken are the same for all inputs nearby",
)
def branch_at_a_point(rng, x: Annotated[float, Range(-2, 2)] = 0.0, slope: Annotated[float, Range(0.5, 4)] = 1.0):
    program = [("mul", [0, 1])] if x != 0 else [("mul", [2, 1])]  # slope · x, and a constant 0 where x == 0
    values = evaluate(program, [x, slope, 0.0])
    found = push(program, values, [1.0, 0.0, 0.0])[-1]
    return outcome(
        equal("Jv", found, slope, tolerance=1e-9),
        given=[equal("value of the program", values[-1], slope * x, tolerance=1e-12)],
        message="def f(x): return c * x if x != 0 else 0.0. The value is right everywhere; at x = 0 the slope is that of the constant.",
    )


@failure(
    "masked-root",
    "A mask behind a step does not stop an infinite slope in front of it: 0 · ∞ is NaN.",
    of="both-modes",
    without="each step is differentiable at its arguments",
)
def masked_root(rng, where: Literal["result only", "input too"] = "result only"):
    x = np.array([0.0, 4.0])
    seen = x > 0
    safe = np.where(seen, x, 1.0) if where == "input too" else x
    with np.errstate(divide="ignore", invalid="ignore"):
        backward = np.where(seen, 1.0, 0.0) * 0.5 / np.sqrt(safe)  # through the mask, then through the root
        if where == "input too":
            backward = np.where(seen, backward, 0.0)
    return outcome(
        equal("uᵀJ of where(x > 0, √x, 0)", backward, [0.0, 0.25], tolerance=1e-12),
        figure("NaN in the gradient", np.isnan(backward).sum()),
        given=[equal("value", np.where(seen, np.sqrt(x), 0.0), [0.0, 2.0])],
        message="The masked entry contributes nothing to the value. Its slope is 0 · ∞."
        if where == "result only"
        else "With the input masked as well, the root never sees 0.",
    )


def keep_last(program, values, end):
    """A sweep that sets gradients instead of adding to them."""
    gradients = [0.0] * len(values)
    gradients[end] = 1.0
    first = len(values) - len(program)
    for place in reversed(range(first, len(values))):
        name, places = program[place - first]
        for argument, slope in zip(places, SLOPES[name](*[values[p] for p in places])):
            gradients[argument] = gradients[place] * slope
    return gradients[:first]


def too_early(program, values, end):
    """A sweep that follows each edge as soon as it is met, with the gradient gathered so far."""
    gradients = [0.0] * len(values)
    first = len(values) - len(program)

    def visit(place, arriving):
        gradients[place] += arriving
        if place >= first:
            name, places = program[place - first]
            for argument, slope in zip(places, SLOPES[name](*[values[p] for p in places])):
                visit(argument, gradients[place] * slope)

    visit(end, 1.0)
    return gradients[:first]


@failure(
    "last-use-wins",
    "Setting a gradient instead of adding to it loses all uses but one.",
    of="both-modes",
    without="contributions are added",
)
def last_use_wins(rng, x: Annotated[float, Range(-3, 3)] = 1.0, y: Annotated[float, Range(-3, 3)] = 3.0):
    program, values = example(x, y)
    return outcome(
        equal("uᵀJ", keep_last(program, values, 4), [2 * values[3] * y, 2 * values[3] * (x + 1)], tolerance=1e-9),
        figure("gradient by y", keep_last(program, values, 4)[1]), figure("what it should be", 2 * values[3] * (x + 1)),
        given=[equal("uᵀJ with sums", pull(program, values, {4: 1.0}), [2 * values[3] * y, 2 * values[3] * (x + 1)], tolerance=1e-9)],
        message="(xy + y)²: y is used twice, and so is xy + y, which is multiplied by itself.",
    )  # fmt: skip


@failure(
    "passed-on-too-early",
    "A value that passes its gradient on before all its users have spoken passes some of it on twice.",
    of="both-modes",
    without="a value passes its gradient on after all its users have",
)
def passed_on_too_early(rng, doublings: Annotated[int, Range(1, 10)] = 3):
    program = [("add", [k, k]) for k in range(doublings)]  # 2ᵏx, each value used twice
    values = evaluate(program, [1.5])
    found = too_early(program, values, doublings)
    return outcome(
        equal("uᵀJ", found, [2.0**doublings], tolerance=1e-9),
        figure("found", found[0]), figure("right", 2.0**doublings),
        given=[equal("uᵀJ in the right order", pull(program, values, {doublings: 1.0}), [2.0**doublings], tolerance=1e-9)],
        message=f"x is doubled {doublings} times by adding it to itself.",
    )


@failure(
    "loop-that-stops",
    "A loop that stops when the value is good enough has not made the derivative good enough.",
    of="both-modes",
    without="the steps taken are the same for all inputs nearby",
)
def loop_that_stops(
    rng, a: Annotated[float, Range(0.5, 9)] = 2.0, start: Literal["at the solution", "at 1"] = "at the solution"
):
    x, slope, count = (np.sqrt(a), 0.0, 0) if start == "at the solution" else (1.0, 0.0, 0)
    while abs(x * x - a) > 1e-3:  # Newton's method for the root of a, with the tangent of a carried along
        slope = 0.5 * (slope + (1 * x - a * slope) / x**2)
        x, count = 0.5 * (x + a / x), count + 1
    return outcome(
        equal("Jv", slope, 0.5 / np.sqrt(a), relative=1e-4),
        figure("derivative found", slope), figure("1/(2√a)", 0.5 / np.sqrt(a)), figure("passes of the loop", count),
        given=[equal("value", x, np.sqrt(a), tolerance=1e-3)],
        message="The value is right. Started at the solution the loop does nothing, so nothing depends on a.",
    )
