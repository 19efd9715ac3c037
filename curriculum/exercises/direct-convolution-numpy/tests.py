"""What a convolution of images does, however it is written."""

import numpy as np

from cairn.judge import checks as c

B, C, F = c.dim(1, 2), c.dim(1, 3), c.dim(1, 3)
H, W = c.dim(3, 6), c.dim(3, 6)
IMAGES = c.arrays((B, C, H, W))
KERNELS, BIAS = c.arrays((F, C, c.dim(1, 3), c.dim(1, 3))), c.arrays(F)
STRIDE, PADDING = c.sampled(1, 2, 3), c.sampled(0, 1, 2)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-4}


def one_place(size, u, v):
    """A kernel that is 1 at one place and 0 elsewhere: it copies the image, moved."""
    kernel = np.zeros((1, 1, size, size))
    kernel[0, 0, u, v] = 1.0
    return kernel


@c.check("only full windows count")
def shapes(learner, reference, rng):
    def holds(x, kernel, bias, stride, padding):
        rows, columns = (
            (n + 2 * padding - k) // stride + 1 for n, k in zip(x.shape[2:], kernel.shape[2:], strict=True)
        )
        got = learner.conv2d(x, kernel, bias, stride, padding)
        c.shape(got, (len(x), len(kernel), rows, columns), what=f"the result for stride {stride}, padding {padding}")

    c.property(holds, IMAGES, KERNELS, BIAS, STRIDE, PADDING, examples=6, name="only full windows count")


@c.check("the kernel is not flipped")
def flipped(learner, reference, rng):
    x = rng.integers(0, 10, (1, 1, 3, 3)).astype(float)
    for u, v in ((0, 0), (0, 1), (1, 0)):
        kernel = one_place(2, u, v)
        c.close(
            learner.conv2d(x, kernel, np.zeros(1)), x[:, :, u : u + 2, v : v + 2], **NEAR, inputs=(x, kernel),
            message=f"A kernel that is 1 at ({u}, {v}) only should pick that place of each window.",
        )  # fmt: skip


@c.check("zeros are added at all four sides")
def padded(learner, reference, rng):
    x = rng.integers(1, 10, (2, 1, 2, 3)).astype(float)
    for padding in (1, 2):
        margin = (padding, padding)
        c.close(
            learner.conv2d(x, np.ones((1, 1, 1, 1)), np.zeros(1), 1, padding),
            np.pad(x, ((0, 0), (0, 0), margin, margin)), **NEAR, inputs=(x,),
            message=f"A 1 by 1 kernel of 1 with padding {padding} should give the image in a frame of zeros.",
        )  # fmt: skip


@c.check("the stride moves the window")
def stride(learner, reference, rng):
    def holds(x, kernel, bias, step):
        every = np.asarray(learner.conv2d(x, kernel, bias, 1))
        c.close(
            learner.conv2d(x, kernel, bias, step), every[:, :, ::step, ::step], **NEAR, inputs=(x, kernel, bias, step),
            message=f"Stride {step} should keep one output in {step} of those of stride 1, down and across.",
        )  # fmt: skip

    c.property(holds, IMAGES, KERNELS, BIAS, c.sampled(2, 3), examples=4)


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    c.same_as_reference(
        learner.conv2d, reference.conv2d, IMAGES, KERNELS, BIAS, STRIDE, PADDING, **NEAR, examples=18
    )
    c.same_as_reference(learner.conv2d, reference.conv2d, IMAGES, KERNELS, BIAS, **NEAR, examples=2)


@c.check("the work grows with the number of pixels", axis="efficient")
def work(learner, reference, rng):
    def make(n):
        return np.ones((1, 1, n, n)), np.ones((1, 1, 3, 3)), np.ones(1), 1, 1

    c.cost(learner.conv2d, make, at_most=2, sizes=(4, 8))


@c.check("the convolution is your own", axis="from scratch")
def own(learner, reference, rng):
    c.from_scratch(
        learner.conv2d, np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)), np.ones(1),
        forbid=["numpy.convolve", "numpy.correlate", "numpy.fft.*", "scipy.*", "torch.*"],
    )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    x, kernel = rng.normal(size=(1, 2, 4, 4)), rng.normal(size=(3, 2, 2, 2))
    c.no_mutation(learner.conv2d, x, kernel, rng.normal(size=3), 1, 1)
    c.no_mutation(learner.conv2d, x, kernel, rng.normal(size=3))
