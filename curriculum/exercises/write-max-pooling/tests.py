"""What max pooling does, forward and backward, however it is written."""

import numpy as np

from cairn.judge import checks as c

MAPS = c.arrays((c.dim(1, 2), c.dim(1, 2), c.dim(4, 7), c.dim(4, 7)))
SIZE, STRIDE = c.sampled(2, 3, 1), c.sampled(2, 1, 3)

# Results may be float32.
NEAR = {"rtol": 1e-5, "atol": 1e-5}


class Distinct(c.Strategy):
    """Maps in which no two entries are equal, so that every window has one winner; half of them negative."""

    SHAPE = (c.dim(1, 2), c.dim(1, 2), c.dim(4, 7), c.dim(4, 7))

    def dims(self):
        return self.SHAPE

    def draw(self, rng, sizes, turn):
        shape = [sizes[n] for n in self.SHAPE]
        size = int(np.prod(shape))
        return (rng.permutation(size) - size // 2).reshape(shape).astype(np.float64)

    def resize(self, value, sizes):
        return value[tuple(slice(sizes[n]) for n in self.SHAPE)]


def output_shape(x, size, stride, padding):
    return *x.shape[:2], *((n + 2 * padding - size) // stride + 1 for n in x.shape[2:])


def counting(shape):
    """1, 2, 3, ... in reading order: as a gradient, it tells every window apart."""
    return np.arange(1.0, np.prod(shape) + 1).reshape(shape)


@c.check("only full windows count")
def shapes(learner, reference, rng):
    def holds(x, size, stride, padding):
        wanted = output_shape(x, size, stride, padding)
        what = f"the result for size {size}, stride {stride}, padding {padding}"
        c.shape(learner.max_pool2d(x, size, stride, padding), wanted, what=what)

    c.property(holds, MAPS, c.sampled(2, 3), STRIDE, c.sampled(0, 1), examples=6, name="only full windows count")


@c.check("the stride moves the window")
def moves(learner, reference, rng):
    c.same_as_reference(learner.max_pool2d, reference.max_pool2d, MAPS, SIZE, STRIDE, **NEAR, examples=16)


@c.check("the padding never wins")
def never(learner, reference, rng):
    negative = c.arrays((1, 1, c.dim(3, 5), c.dim(3, 5)), low=-9, high=-1)
    c.same_as_reference(
        learner.max_pool2d, reference.max_pool2d, negative, c.sampled(2, 3), STRIDE, 1, **NEAR, examples=6
    )
    c.same_as_reference(
        learner.max_pool2d, reference.max_pool2d, negative, 4, c.sampled(1, 2), 2, **NEAR, examples=4
    )


@c.check("the gradient goes to the winner")
def winner(learner, reference, rng):
    def run(module, x, size, stride, padding):
        """the gradient for dy = 1, 2, 3, ... in reading order"""
        dy = counting(output_shape(x, size, stride, padding))
        return module.max_pool2d_backward(dy, x, size, stride, padding)

    for size, stride, padding in ((2, 2, 0), (2, 2, 1), (2, 3, 0), (3, 2, 1)):
        c.same_behaviour(
            learner, reference, run, Distinct(), size, stride, padding, examples=2, **NEAR
        )


@c.check("overlapping windows add up")
def overlaps(learner, reference, rng):
    x = np.zeros((1, 1, 3, 3))
    x[0, 0, 1, 1] = 5.0
    dy = np.array([[[[1.0, 20.0], [300.0, 4000.0]]]])
    wanted = np.zeros((1, 1, 3, 3))
    wanted[0, 0, 1, 1] = 4321.0
    c.close(
        learner.max_pool2d_backward(dy, x, 2, 1), wanted, **NEAR, inputs=(dy, x, 2, 1), what="the gradient",
        message="The middle wins all four windows, so it receives the sum of their gradients.",
    )  # fmt: skip

    def run(module, x, size):
        """the gradient for dy = 1, 2, 3, ... in reading order, with stride 1"""
        return module.max_pool2d_backward(counting(output_shape(x, size, 1, 1)), x, size, 1, 1)

    c.same_behaviour(learner, reference, run, Distinct(), c.sampled(2, 3), examples=4, **NEAR)


@c.check("on a tie one place gets the gradient")
def ties(learner, reference, rng):
    def holds(x, dy):
        got = np.asarray(learner.max_pool2d_backward(dy, x, 2, 2))
        c.shape(got, x.shape, what="the gradient")
        for b, ch, i, j in np.ndindex(*dy.shape):
            place = np.s_[b, ch, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
            share, top = got[place], x[place] == x[place].max()
            right = np.count_nonzero(share) == 1 and np.isclose(share.sum(), dy[b, ch, i, j]) and share[top].any()
            if not right:
                raise c.failed(
                    "on a tie one place gets the gradient",
                    f"The window {x[place].tolist()} passes its gradient {dy[b, ch, i, j]:g} on as {share.tolist()};"
                    " one place that holds the maximum should get all of it.",
                    args=(dy, x, 2, 2), names=("dy", "x", "size", "stride"), got=got,
                )  # fmt: skip

    many_ties = c.arrays((1, 1, 4, 4), integers=True, low=0, high=1, dtype=np.float32)
    gradients = c.arrays((1, 1, 2, 2), integers=True, low=1, high=9, dtype=np.float32)
    c.property(holds, many_ties, gradients, examples=5)


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    for padding in (0, 1):
        x = rng.normal(size=(1, 2, 4, 4))
        dy = rng.normal(size=output_shape(x, 2, 2, padding))
        c.no_mutation(learner.max_pool2d, x, 2, 2, padding)
        c.no_mutation(learner.max_pool2d_backward, dy, x, 2, 2, padding)
