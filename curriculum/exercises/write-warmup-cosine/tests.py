"""What the schedule does at each of its steps, however it is written."""

import numpy as np

from cairn.judge import checks as c

WARMUP, DECAY = c.integers(0, 8), c.integers(1, 12)
FLOOR = c.sampled(0.0, 0.25, 1.0)
NEAR = {"rtol": 1e-6, "atol": 1e-12}


def rates(module, steps, warmup, total, peak, floor):
    """The rates at some steps, in one round trip."""
    results, problem = module.warmup_cosine.map([((t, warmup, total, peak, floor), {}) for t in steps])
    if problem is not None:
        raise problem
    return results


@c.check("the warm-up is a line from zero")
def line(learner, reference, rng):
    def holds(warmup, decay, floor):
        got = rates(learner, range(warmup), warmup, warmup + decay, 2.0, floor)
        c.close(
            got, [2.0 * t / warmup for t in range(warmup)], **NEAR, inputs=(warmup, decay, floor),
            what="the warm-up, step by step,", message="Before the peak the rate should be the peak times step / warmup.",
        )  # fmt: skip

    c.property(holds, c.integers(1, 8), DECAY, FLOOR, examples=6)


@c.check("the peak is reached and not passed")
def peak(learner, reference, rng):
    def holds(warmup, decay, floor):
        total = warmup + decay
        got = rates(learner, range(total + 3), warmup, total, 2.0, floor)
        at = int(np.argmax(got))
        assert max(got) <= 2.0 + 1e-9, f"The rate at step {at} is {got[at]:.6g}, above the peak 2."
        c.close(got[warmup], 2.0, **NEAR, what="the rate when the warm-up ends", inputs=(warmup, total, floor))

    c.property(holds, WARMUP, DECAY, FLOOR, examples=6, name="the peak is reached and not passed")


@c.check("the pieces meet without a jump")
def no_jump(learner, reference, rng):
    warmup, total = 1000, 3000
    for place, name in ((warmup, "the warm-up ends"), (total, "the decay ends")):
        before, at, after = rates(learner, [place - 1, place, place + 1], warmup, total, 1.0, 0.1)
        jump = max(abs(at - before), abs(after - at))
        if not jump <= 2e-3:
            raise c.failed(
                "the pieces meet without a jump",
                f"Around step {place} of {total}, where {name}, the rate goes {before:.4g}, {at:.4g}, {after:.4g}:"
                f" no step of this schedule changes it by more than 0.001.",
                args=(place, warmup, total, 1.0, 0.1), names=("step", "warmup", "total", "peak", "floor"), got=at,
            )  # fmt: skip


@c.check("the rate falls to the floor")
def falls(learner, reference, rng):
    def holds(warmup, decay, floor):
        total = warmup + decay
        got = rates(learner, range(warmup, total + 1), warmup, total, 2.0, floor)
        c.close(got[-1], floor, **NEAR, what="the rate at the last step", inputs=(warmup, total, floor))
        rises = [t for t in range(decay) if got[t + 1] > got[t] + 1e-9]
        assert not rises, f"After the peak the rate should only fall, but it rises after step {warmup + rises[0]}."

    c.property(holds, WARMUP, c.integers(2, 12), FLOOR, examples=6, name="the rate falls to the floor")


@c.check("after the end the rate stays at the floor")
def stays(learner, reference, rng):
    def holds(warmup, decay, floor):
        total = warmup + decay
        got = rates(learner, [total + 1, total + decay, 10 * total], warmup, total, 2.0, floor)
        c.close(got, [floor] * 3, **NEAR, what="the rate after the end", inputs=(warmup, total, floor))

    c.property(holds, WARMUP, DECAY, FLOOR, examples=4)


@c.check("the decay is half a cosine wave")
def cosine(learner, reference, rng):
    def run(module, warmup, decay, peak, share):
        """the rates from the first step to beyond the last"""
        total = warmup + decay
        return rates(module, range(total + 3), warmup, total, peak, share * peak)

    c.same_behaviour(learner, reference, run, WARMUP, DECAY, c.floats(0.1, 3.0), FLOOR, examples=10, **NEAR)
    got, problem = learner.warmup_cosine.map([((t, 10, 110, 1e-3), {}) for t in (5, 60, 110)])
    if problem is not None:
        raise problem
    c.close(got, [5e-4, 5e-4, 0.0], **NEAR, what="the rates at steps 5, 60 and 110 of 110 without a floor")
