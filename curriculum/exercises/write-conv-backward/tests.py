"""What the gradients of a convolution are, however they are computed."""

import numpy as np

from cairn.judge import checks as c

B, C, F = c.dim(1, 2), c.dim(1, 2), c.dim(1, 3)
IMAGES = c.arrays((B, C, c.dim(3, 6), c.dim(3, 6)))
KERNELS = c.arrays((F, C, c.dim(1, 3), c.dim(1, 3)))
STRIDE, PADDING = c.sampled(1, 2, 3), c.sampled(0, 1, 2)

# The results may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-4}


def forward(x, kernel, bias, stride, padding):
    """The forward pass by its definition."""
    margin = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), margin, margin))
    high, wide = kernel.shape[2:]
    _, _, rows, columns = output_shape(x, kernel, stride, padding)
    y = np.empty((len(x), len(kernel), rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        window = padded[:, :, top : top + high, left : left + wide]
        y[:, :, i, j] = np.tensordot(window, kernel, ((1, 2, 3), (1, 2, 3))) + bias
    return y


def output_shape(x, kernel, stride, padding):
    sides = ((n + 2 * padding - k) // stride + 1 for n, k in zip(x.shape[2:], kernel.shape[2:], strict=True))
    return len(x), len(kernel), *sides


def counting(shape):
    """1, 2, 3, ... in reading order: as a gradient, it tells every output apart."""
    return np.arange(1.0, np.prod(shape) + 1).reshape(shape)


def named(gradients):
    """The three gradients by name, which is how a difference is told."""
    return dict(zip(("dx", "dkernel", "dbias"), gradients, strict=True))


@c.check("overlapping windows add up")
def overlaps(learner, reference, rng):
    for size, side in ((2, 3), (3, 4)):
        x, kernel = np.zeros((1, 1, side, side)), np.ones((1, 1, size, size))
        dy = np.ones((1, 1, side - size + 1, side - size + 1))
        covered = np.convolve(np.ones(side - size + 1), np.ones(size))
        c.close(
            learner.conv2d_backward(dy, x, kernel)[0][0, 0], np.outer(covered, covered), **NEAR,
            inputs=(dy, x, kernel), what="the gradient dx",
            message="Where kernel and dy are 1, a pixel's gradient is the number of windows that cover it.",
        )  # fmt: skip


@c.check("the padding is cut off")
def padding(learner, reference, rng):
    def holds(x, kernel, p):
        margin = (p, p)
        outside = np.pad(x, ((0, 0), (0, 0), margin, margin))
        dy = counting(output_shape(x, kernel, 1, p))
        framed = np.asarray(learner.conv2d_backward(dy, outside, kernel, 1, 0)[0])
        c.close(
            learner.conv2d_backward(dy, x, kernel, 1, p)[0], framed[:, :, p:-p, p:-p], **NEAR,
            inputs=(dy, x, kernel, 1, p), what="the gradient dx",
            message="An image padded beforehand has the same gradient, with a frame around it.",
        )  # fmt: skip

    c.property(holds, IMAGES, KERNELS, c.sampled(1, 2), examples=4)


@c.check("the stride moves the windows")
def stride(learner, reference, rng):
    def holds(x, kernel, step):
        dy = counting(output_shape(x, kernel, step, 0))
        spread = np.zeros(output_shape(x, kernel, 1, 0))
        spread[:, :, ::step, ::step] = dy
        c.close(
            named(learner.conv2d_backward(dy, x, kernel, step)),
            named(learner.conv2d_backward(spread, x, kernel, 1)), **NEAR,
            inputs=(dy, x, kernel, step),
            message=f"Stride {step} should give what stride 1 gives where the skipped outputs have gradient 0.",
        )  # fmt: skip

    c.property(holds, IMAGES, KERNELS, c.sampled(2, 3), examples=4)


def point(rng, step, p, batch=3):
    """Small images, kernels and a gradient, all by chance."""
    x, kernel, bias = rng.normal(size=(batch, 1, 4, 3)), rng.normal(size=(2, 1, 3, 2)), rng.normal(size=2)
    return x, kernel, bias, rng.normal(size=output_shape(x, kernel, step, p))


@c.check("the gradients of the parameters are sums")
def of_parameters(learner, reference, rng):
    x, kernel, bias, dy = point(rng, 1, 1)
    c.gradient(
        lambda kernel, bias: (dy * forward(x, kernel, bias, 1, 1)).sum(),
        lambda kernel, bias: learner.conv2d_backward(dy, x, kernel, 1, 1)[1:],
        {"kernel": kernel, "bias": bias},
    )  # fmt: skip


@c.check("the gradient of the images is right")
def of_images(learner, reference, rng):
    for step, p in ((1, 0), (2, 1)):
        x, kernel, bias, dy = point(rng, step, p, batch=1)
        c.gradient(
            lambda x: (dy * forward(x, kernel, bias, step, p)).sum(),  # noqa: B023
            lambda x: learner.conv2d_backward(dy, x, kernel, step, p)[0],  # noqa: B023
            {"x": x},
        )  # fmt: skip


@c.check("agrees with the reference")
def formula(learner, reference, rng):
    def run(module, x, kernel, step, p):
        """the three gradients for dy = 1, 2, 3, ... in reading order"""
        dy = counting(output_shape(x, kernel, step, p))
        return named(module.conv2d_backward(dy, x, kernel, step, p))

    c.same_behaviour(learner, reference, run, IMAGES, KERNELS, STRIDE, PADDING, examples=10, **NEAR)


@c.check("the work grows with the number of pixels", axis="efficient")
def work(learner, reference, rng):
    def make(n):
        return np.ones((1, 1, n, n)), np.ones((1, 1, n, n)), np.ones((1, 1, 3, 3)), 1, 1

    c.cost(learner.conv2d_backward, make, at_most=2, sizes=(4, 8))


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    for p in (0, 1):
        x, kernel, _, dy = point(rng, 1, p)
        c.no_mutation(learner.conv2d_backward, dy, x, kernel, 1, p)
