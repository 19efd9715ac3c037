"""What sinusoidal encodings are."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(1, 5)
POSITIONS = c.arrays((N,), integers=True, low=0, high=60)

# The result may be float32.
NEAR = {"rtol": 1e-5, "atol": 2e-6}


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    c.same_as_reference(
        learner.sinusoidal_encoding, reference.sinusoidal_encoding, POSITIONS, c.sampled(2, 4, 6, 10), **NEAR
    )


@c.check("the base can be chosen")
def base(learner, reference, rng):
    c.same_as_reference(
        learner.sinusoidal_encoding, reference.sinusoidal_encoding, POSITIONS, c.sampled(4, 6),
        c.sampled(100, 500.0, 500_000), examples=8, **NEAR,
    )  # fmt: skip


@c.check("position zero gives zeros and ones")
def zero(learner, reference, rng):
    c.close(
        learner.sinusoidal_encoding(np.array([0]), 6), np.array([[0.0, 1.0, 0.0, 1.0, 0.0, 1.0]]), **NEAR,
        message="At position 0 every sine is 0 and every cosine is 1.",
    )  # fmt: skip


@c.check("sines and cosines alternate")
def alternate(learner, reference, rng):
    def holds(positions):
        got = np.asarray(learner.sinusoidal_encoding(positions, 6))
        c.shape(got, (len(positions), 6))
        c.close(
            got[:, :2], np.stack([np.sin(positions), np.cos(positions)], axis=1), **NEAR,
            what="the first pair of columns",
            message="The first frequency is 1, so columns 0 and 1 hold the sine and the cosine of the position.",
        )  # fmt: skip

    c.property(holds, POSITIONS, examples=4, name="sines and cosines alternate along the columns")


@c.check("a shift turns every pair")
def shift(learner, reference, rng):
    def holds(positions, by):
        now, later = (np.asarray(learner.sinusoidal_encoding(positions + k, 6)) for k in (0, by))
        c.shape(now, (len(positions), 6))
        c.close(
            (now * later).sum(axis=1), np.full(len(positions), np.cos(by * 10000.0 ** (-np.arange(3) / 3)).sum()),
            rtol=1e-4, atol=1e-5, what=f"the product of the encodings at t and t + {by}",
            message="Sine and cosine of a pair share a frequency, so this product depends on the offset only.",
        )  # fmt: skip

    c.property(holds, POSITIONS, c.integers(0, 20), examples=6, name="a shift turns every pair")


@c.check("a row depends on its position only")
def rows(learner, reference, rng):
    def holds(positions):
        together = np.asarray(learner.sinusoidal_encoding(positions, 4))
        for j in range(len(positions)):
            c.close(
                together[j], np.asarray(learner.sinusoidal_encoding(positions[j : j + 1], 4))[0], **NEAR,
                what=f"row {j}, for position {positions[j]}, among others and alone",
            )  # fmt: skip

    c.property(holds, POSITIONS, examples=4, name="the same position gives the same row, wherever it stands")


@c.check("large positions keep their digits", axis="stable")
def digits(learner, reference, rng):
    far = c.arrays((N,), integers=True, low=0, high=10**6)
    c.same_as_reference(learner.sinusoidal_encoding, reference.sinusoidal_encoding, far, 6, examples=6, **NEAR)


@c.check("the positions stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.sinusoidal_encoding, np.array([3, 1, 2]), 4)
