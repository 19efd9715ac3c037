"""What a scalar autograd engine must do."""

from cairn.judge import checks as c
from cairn.judge.outcome import LearnerError

X, Y = c.floats(-3, 3), c.floats(0.2, 3)


def agree(learner, reference, cases, why):
    """The learner's values and gradients of some expressions, in one round trip, are those of the reference."""
    batch = [(c.function(source), *numbers) for source, *numbers in cases]
    results, problem = learner.value_and_gradients.map([(args, {}) for args in batch])
    if problem is not None:
        raise problem
    for args, got in zip(batch, results, strict=True):
        if not isinstance(got, list | tuple) or len(got) != 2:
            raise c.failed("the result has the right form", "Return (value, gradients).", args=args, got=got)
        wanted = reference.value_and_gradients(*args)
        body = args[0].source.partition(": ")[2]
        c.close(got[0], wanted[0], what=f"the value of {body}", inputs=args, message=why)
        place = ", ".join(f"{x:g}" for x in args[1:])
        c.close(list(got[1]), wanted[1], what=f"the gradient of {body} at {place}", inputs=args, message=why)


def of_a(*bodies, at=(1.5,)):
    """Expressions in a, each at some numbers."""
    return [(f"lambda a: {body}", a) for body in bodies for a in at]


def of_both(*bodies, at=((2.0, 3.0),)):
    """Expressions in a and b, each at some pairs of numbers."""
    return [(f"lambda a, b: {body}", a, b) for body in bodies for a, b in at]


@c.check("each operation has the right value and slopes")
def slopes_of_each_operation(learner, reference, rng):
    two = of_both("a + b", "a * b", "a - b", "a / b", at=((2.0, 3.0), (-1.5, 0.5), (0.0, -4.0)))
    agree(learner, reference, two, "Two values, one operation.")
    bodies = ("-a", "a ** 2", "a ** 3", "a ** 1", "a ** -1", "a ** -2", "a.relu()", "a.tanh()")
    one = [*of_a(*bodies, at=(0.5, 2.0, -1.5)), *of_a("a ** 0.5", "a ** -1.5", at=(2.0,))]
    agree(learner, reference, one, "One value, one operation.")


@c.check("slopes at the edges are as agreed", axis="stable")
def edges(learner, reference, rng):
    agree(learner, reference, of_a("a.relu()", at=(0.0,)), "At 0 the slope of ReLU is 0.")
    agree(learner, reference, of_a("a ** 1", "a ** 2", at=(0.0,)), "A power of 0 has a slope too.")
    far = of_a("a.tanh()", at=(30.0, 1000.0, -1000.0))
    agree(learner, reference, far, "Far out tanh is flat and does not overflow.")


@c.check("plain numbers may stand on either side")
def plain_numbers_on_either_side(learner, reference, rng):
    bodies = ("a + 2", "2 + a", "a - 2", "2 - a", "a * 3", "3 * a", "a / 2", "2 / a", "1 - 2 / (3 + a) * 4")
    agree(learner, reference, of_a(*bodies), "The number is a constant, and the order counts.")


@c.check("a value used twice in one operation counts twice")
def twice_in_one_operation(learner, reference, rng):
    bodies = ("a + a", "a * a", "a - a", "a / a", "(a + 1) * (a + 1)")
    agree(learner, reference, of_a(*bodies), "Each of the two uses has its share.")


@c.check("a value used in several places collects the sum")
def reused_values_collect(learner, reference, rng):
    bodies = ("(a + b) * b", "[s := a * b, s + s * a][-1]", "[s := a + b, t := s * b, t / s + s.tanh()][-1]")
    agree(learner, reference, of_both(*bodies), "Gradients of several uses are added.")


@c.check("a value waits for all its users")
def paths_of_different_length(learner, reference, rng):
    bodies = (
        "[s := a * b, s + (s * 2).tanh()][-1]",
        "[s := a * b, (s * 2).tanh() * 3 + s][-1]",
        "[s := a * a, t := s * b, s * (t + (t * t) * b)][-1]",
    )
    why = "One use is close to the result, another far away: both must have reported before the value passes on."
    agree(learner, reference, of_both(*bodies, at=((0.5, 1.5),)), why)


@c.check("any graph of operations")
def graphs(learner, reference, rng):
    def holds(steps, a, b):
        agree(learner, reference, [(text(steps), a, b)], "A graph in which values are used at random.")

    c.property(holds, Steps(), X, Y, examples=6)


@c.check("every value has a gradient that can be read")
def every_gradient(learner, reference, rng):
    value = learner.Value(2.5)
    c.close(value.data, 2.5, what="the data of Value(2.5)")
    c.close(value.grad, 0.0, what="the gradient of a new value")
    why = "backward() gives every value on the way its gradient; the result's own is 1."
    for read in ("s.grad", "y.grad", "a.grad", "s.data"):
        body = f"[s := a * 3, y := s * s + a, y.backward(), a * 0 + {read}][-1]"
        source = f"lambda a: {body}"
        c.close(
            learner.value_and_gradients(c.function(source), 2.0)[0],
            reference.value_and_gradients(c.function(source), 2.0)[0],
            what=f"{read} for s = 3 a and y = s s + a", inputs=(2.0,), message=why,
        )  # fmt: skip


@c.check("a second result adds its share")
def two_results_add_up(learner, reference, rng):
    bodies = ("[(a * a).backward(), 3 * a][-1]", "[(a + 1).tanh().backward(), (2 * a).backward(), a * a][-1]")
    agree(learner, reference, of_a(*bodies), "backward() adds to the gradients that are there.")


@c.check("the sweep visits each operation once", axis="efficient")
def many_paths(learner, reference, rng):
    def diamonds(n):
        return c.function(f"lambda x: [x := x + x for _ in range({n})][-1]"), 1.0

    c.cost(learner.value_and_gradients, diamonds, at_most=1, sizes=(4, 8, 12))


@c.check("a long chain is no harder than a short one", axis="efficient")
def long_chains(learner, reference, rng):
    f = c.function("lambda x: [x := x + 1.0 for _ in range(3000)][-1]")
    try:
        value, grads = learner.value_and_gradients(f, 0.5)
    except LearnerError as error:
        if error.type != "RecursionError":
            raise
        message = "After 3000 additions in a row the graph is 3000 deep, and Python stops at about 1000 nested calls."
        raise c.failed("a long chain is no harder than a short one", message, args=(f, 0.5)) from error
    c.close([value, *grads], [3000.5, 1.0], what="value and gradient of 3000 additions in a row", inputs=(f, 0.5))


def text(steps):
    """A graph as a function of a and b: each step uses two of the values before it."""
    names, lines = ["a", "b"], []
    for kind, i, j in steps:
        one, other = names[i % len(names)], names[j % len(names)]
        lines.append(f"v{len(lines)} := {kind.replace('x', one).replace('y', other)}")
        names.append(f"v{len(lines) - 1}")
    return f"lambda a, b: [{', '.join([*lines, '(' + names[-1] + ' + a * b).tanh()'])}][-1]"


class Steps(c.Strategy):
    """Steps of a random graph; fewer of them are simpler."""

    kinds = ("x + y", "x * y", "x - y", "y.tanh()", "x.relu()", "x * 0.5 - y", "x ** 2 / 4", "x / (y * y + 1)")

    def draw(self, rng, sizes, turn):
        return [
            (str(rng.choice(self.kinds)), int(rng.integers(99)), int(rng.integers(99)))
            for _ in range(min(turn + 1, 8))
        ]  # fmt: skip

    def simpler(self, value):
        for i in range(len(value)):
            if len(value) > 1:
                yield [*value[:i], *value[i + 1 :]]
