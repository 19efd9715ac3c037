"""What a scalar autograd engine must do."""

from cairn.judge import checks as c

X, Y = c.floats(-3, 3), c.floats(0.2, 3)


def agree(learner, reference, source, *numbers, why):
    """The learner's value and gradients of an expression are those of the reference."""
    f = c.function(source)
    got = learner.value_and_gradients(f, *numbers)
    if not isinstance(got, list | tuple) or len(got) != 2:
        raise c.failed("the result has the right form", "Return (value, gradients).", args=(f, *numbers), got=got)
    wanted = reference.value_and_gradients(f, *numbers)
    body = source.partition(": ")[2]
    c.close(got[0], wanted[0], what=f"the value of {body}", inputs=(f, *numbers), message=why)
    c.close(
        list(got[1]), wanted[1], what=f"the gradient of {body} at {', '.join(f'{x:g}' for x in numbers)}",
        inputs=(f, *numbers), message=why,
    )  # fmt: skip


@c.check("a new value has its number and the gradient 0")
def fresh(learner, reference, rng):
    value = learner.Value(2.5)
    c.close(value.data, 2.5, what="the data of Value(2.5)")
    c.close(value.grad, 0.0, what="the gradient of a new value")


@c.check("each operation has the right value and slopes")
def slopes_of_each_operation(learner, reference, rng):
    for body in ("a + b", "a - b", "a * b", "a / b"):
        for a, b in ((2.0, 3.0), (-1.5, 0.5), (0.0, -4.0)):
            agree(learner, reference, f"lambda a, b: {body}", a, b, why="Two values, one operation.")
    for body in ("-a", "a ** 2", "a ** 3", "a ** 1", "a ** -1", "a ** -2", "a.relu()", "a.tanh()"):
        for a in (0.5, 2.0, -1.5):
            agree(learner, reference, f"lambda a: {body}", a, why="One operation.")
    for body in ("a ** 0.5", "a ** -1.5"):
        agree(learner, reference, f"lambda a: {body}", 2.0, why="The exponent need not be an integer.")


@c.check("slopes at the edges are as agreed", axis="stable")
def edges(learner, reference, rng):
    agree(learner, reference, "lambda a: a.relu()", 0.0, why="At 0 the slope of ReLU is 0.")
    agree(learner, reference, "lambda a: a ** 1 + a ** 2", 0.0, why="A power of 0 has a slope too.")
    for a in (30.0, 1000.0, -1000.0):
        agree(learner, reference, "lambda a: a.tanh()", a, why="Far out tanh is flat and does not overflow.")


@c.check("plain numbers may stand on either side")
def plain_numbers_on_either_side(learner, reference, rng):
    for body in ("a + 2", "2 + a", "a - 2", "2 - a", "a * 3", "3 * a", "a / 2", "2 / a", "1 - 2 / (3 + a) * 4"):
        agree(learner, reference, f"lambda a: {body}", 1.5, why="The number is a constant, and the order counts.")


@c.check("a value used twice in one operation counts twice")
def twice_in_one_operation(learner, reference, rng):
    for body in ("a + a", "a * a", "a - a", "a / a", "(a + 1) * (a + 1)"):
        agree(learner, reference, f"lambda a: {body}", 1.5, why="Each of the two uses has its share.")


@c.check("a value used in several places collects the sum")
def reused_values_collect(learner, reference, rng):
    for body in ("(a + b) * b", "[s := a * b, s + s * a][-1]", "[s := a + b, t := s * b, t / s + s.tanh()][-1]"):
        agree(learner, reference, f"lambda a, b: {body}", 2.0, 3.0, why="Gradients of several uses are added.")


@c.check("a value waits for all its users")
def paths_of_different_length(learner, reference, rng):
    why = "One use is close to the result, another far away: both must have reported before the value passes on."
    for body in (
        "[s := a * b, s + (s * 2).tanh()][-1]",
        "[s := a * b, (s * 2).tanh() * 3 + s][-1]",
        "[s := a * a, t := s * b, s * (t + (t * t) * b)][-1]",
    ):
        agree(learner, reference, f"lambda a, b: {body}", 0.5, 1.5, why=why)


@c.check("any graph of operations")
def graphs(learner, reference, rng):
    def holds(steps, a, b):
        agree(learner, reference, text(steps), a, b, why="A graph in which values are used at random.")

    c.property(holds, Steps(), X, Y, examples=8)


@c.check("intermediate values and the result have gradients too")
def intermediate(learner, reference, rng):
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
    for body in ("[(a * a).backward(), 3 * a][-1]", "[(a + 1).tanh().backward(), (2 * a).backward(), a * a][-1]"):
        agree(learner, reference, f"lambda a: {body}", 1.5, why="backward() adds to the gradients that are there.")


@c.check("the sweep visits each operation once", axis="efficient")
def many_paths(learner, reference, rng):
    def diamonds(n):
        return c.function(f"lambda x: [x := x + x for _ in range({n})][-1]"), 1.0

    c.cost(learner.value_and_gradients, diamonds, at_most=1, sizes=(4, 8, 12, 16))


@c.check("a long chain is no deeper than a short one", axis="efficient")
def long_chains(learner, reference, rng):
    f = c.function("lambda x: [x := x + 1.0 for _ in range(3000)][-1]")
    value, grads = learner.value_and_gradients(f, 0.5)
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
