"""Checks of the page on PPO: the clipped objective, the surrogate in small decision processes, and advantages."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Epsilon = Annotated[float, Range(0.05, 0.4)]
Sign = Literal["positive", "negative"]
Ratio = Annotated[float, Range(0.3, 2)]
Unit = Annotated[float, Range(0, 1)]


def clipped(ratio, advantage, eps=0.2):
    """The term of one sample: min(ρA, clip(ρ, 1 − ε, 1 + ε) A)."""
    return np.minimum(ratio * advantage, np.clip(ratio, 1 - eps, 1 + eps) * advantage)


def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


def stops_only_when_done(f, eps, size):
    """What the page says of the term of one sample, for both signs of the advantage and ratios off the kinks."""
    ratios = np.array([0.3, 1 - eps - 0.01, 1 - eps + 0.01, 1.0, 1 + eps - 0.01, 1 + eps + 0.01, 2.0])
    found, said, above = [], [], []
    for a in (size, -size):
        found.append(slope(lambda x, a=a: f(x, a, eps), ratios))
        done = ratios > 1 + eps if a > 0 else ratios < 1 - eps
        said.append(np.where(done, 0, a))
        above.append(f(ratios, a, eps) - ratios * a)
    return [
        equal("slopes in the ratio", np.array(found), np.array(said), tolerance=1e-6),
        at_most("term, above the unclipped one", np.array(above), 0, slack=1e-12),
    ]


@claim(
    "clip",
    "The slope in ρ is 0 if A > 0 and ρ > 1 + ε, or A < 0 and ρ < 1 − ε, and A otherwise; the term is never above ρA.",
    assumes=("the smaller of the two products is taken",),
)
def clip(rng, eps: Epsilon = 0.2, size: Annotated[float, Range(0.1, 5)] = 1.0):
    shown = np.linspace(0, 2, 81)
    return outcome(
        *stops_only_when_done(clipped, eps, size),
        equal("term at ρ = 1", clipped(1.0, size, eps), size, tolerance=1e-12),
        plot=Plot("ratio ρ", "term of one sample", (
            Line("advantage positive", shown, clipped(shown, size, eps)), Line("advantage negative", shown, clipped(shown, -size, eps))),
            "The first curve rises and is flat beyond one plus epsilon. The second is flat up to one minus epsilon and then falls without end."),
    )  # fmt: skip


@failure(
    "clip-alone",
    "Clipping without the minimum also stops samples that moved the wrong way, and is no lower bound.",
    of="clip",
    without="the smaller of the two products is taken",
)
def clip_alone(rng, eps: Epsilon = 0.2, size: Annotated[float, Range(0.1, 5)] = 1.0):
    def alone(ratio, advantage, eps):
        return np.clip(ratio, 1 - eps, 1 + eps) * advantage

    return outcome(
        *stops_only_when_done(alone, eps, size),
        figure("slope at ρ = 0.3, positive advantage", slope(lambda x: alone(x, size, eps), 0.3)),
        given=[equal("slope at ρ = 1", slope(lambda x: alone(x, size, eps), 1.0), size, tolerance=1e-6)],
        message="A good action that became rarer would never be brought back.",
    )


class World:
    """A random decision process with softmax policies: everything in it is a finite sum."""

    def __init__(self, rng, states, actions, gamma=0.9):
        self.move = rng.dirichlet(np.full(states, 0.2), size=(states, actions))  # few successors, so that states differ
        self.reward, self.start, self.gamma = rng.normal(size=(states, actions)), np.ones(states) / states, gamma

    def policy(self, logits):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def resolvent(self, pi):
        return np.linalg.inv(np.eye(len(pi)) - self.gamma * np.einsum("sa,sat->st", pi, self.move))

    def value(self, pi):
        return self.resolvent(pi) @ np.sum(pi * self.reward, axis=1)

    def objective(self, logits):
        return self.start @ self.value(self.policy(logits))

    def advantage(self, pi):
        v = self.value(pi)
        return self.reward + self.gamma * self.move @ v - v[:, None]

    def visits(self, pi):
        return self.start @ self.resolvent(pi)

    def surrogate(self, logits, old):
        """Expected ρA over states and actions of the old policy, weighted by discounted visits."""
        pi = self.policy(old)
        ratio = self.policy(logits) / pi
        return self.visits(pi) @ np.sum(pi * ratio * self.advantage(pi), axis=1)


def gradient(f, x, h=1e-5):
    found = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        found[i] = (f(x + step) - f(x - step)) / (2 * h)
    return found


def same_gradient(world, logits, old):
    return equal("gradient of the surrogate, against the true one",
                 gradient(lambda x: world.surrogate(x, old), logits), gradient(world.objective, logits), tolerance=1e-6)  # fmt: skip


@claim(
    "surrogate",
    "At the policy that collected the batch, the gradient of E[ρA] is the policy gradient.",
    assumes=("the policy is still the one that collected the batch", "advantages are exact"),
)
def surrogate(rng, states: Annotated[int, Range(1, 5)] = 4, actions: Annotated[int, Range(2, 4)] = 3):
    world, old = World(rng, states, actions), rng.normal(size=(states, actions))
    return outcome(same_gradient(world, old, old), equal("surrogate at the old policy", world.surrogate(old, old), 0, tolerance=1e-9))


def batch(world, rng, old, size, noise):
    """States, actions and noisy advantages of a batch from the old policy."""
    pi = world.policy(old)
    visits = world.visits(pi)
    s = rng.choice(len(old), size=size, p=visits / visits.sum())
    a = (np.cumsum(pi[s], axis=1) < rng.uniform(size=(size, 1))).sum(axis=1)
    return s, a, world.advantage(pi)[s, a] + noise * rng.normal(size=size), visits.sum() / size


def batch_gradient(world, logits, old, sample):
    """Gradient and value of the surrogate of a batch."""
    s, a, advantage, weight = sample
    pi = world.policy(logits)
    ratio = pi[s, a] / world.policy(old)[s, a]
    found = np.zeros_like(old)
    np.add.at(found, s, (weight * ratio * advantage)[:, None] * (np.eye(old.shape[1])[a] - pi[s]))
    return found, weight * np.sum((ratio - 1) * advantage)


@failure(
    "noisy-batch",
    "With advantages estimated from a small batch, the surrogate promises what it cannot keep.",
    of="surrogate",
    without="advantages are exact",
)
def noisy_batch(rng, size: Annotated[int, Range(5, 200)] = 40, noise: Annotated[float, Range(0.2, 5)] = 3.0):
    world, old = World(rng, 4, 3), rng.normal(size=(4, 3))
    sample, start = batch(world, rng, old, size, noise), world.objective(old)
    logits, true, promised = old.copy(), [], []
    for _ in range(60):
        g, value = batch_gradient(world, logits, old, sample)
        true.append(world.objective(logits) - start)
        promised.append(value)
        logits = logits + 0.05 * g
    shown = np.arange(60)
    found = batch_gradient(world, old, old, sample)[0]
    return outcome(
        equal("gradient of the surrogate, against the true one", found, gradient(world.objective, old), tolerance=1e-6),
        figure("gain promised after 60 steps", promised[-1]), figure("true gain after 60 steps", true[-1]),
        given=[
            same_exact(world, old),
            equal("gradient of the batch, by finite differences", found, gradient(lambda x: batch_gradient(world, x, old, sample)[1], old), tolerance=1e-5),
        ],
        message="Sixty steps on one batch, without clipping: what the batch got wrong is followed to the end.",
        plot=Plot("steps on one batch", "gain", (Line("promised", shown, np.array(promised)), Line("true", shown, np.array(true))),
            "The promised gain rises on and on; the true gain stays far below it and levels off."),
    )  # fmt: skip


def same_exact(world, old):
    return equal("with exact advantages, the same two", gradient(lambda x: world.surrogate(x, old), old), gradient(world.objective, old), tolerance=1e-6)


@failure(
    "stale-batch",
    "Away from the policy that collected the batch, the surrogate's gradient is another one.",
    of="surrogate",
    without="the policy is still the one that collected the batch",
)
def stale_batch(rng, states: Annotated[int, Range(2, 5)] = 4, step: Annotated[float, Range(0.1, 3)] = 1.0):
    world, old = World(rng, states, 3), rng.normal(size=(states, 3))
    new = old + step * rng.normal(size=(states, 3))
    g, true = gradient(lambda x: world.surrogate(x, old), new), gradient(world.objective, new)
    return outcome(
        same_gradient(world, new, old),
        figure("cosine between the two gradients", np.sum(g * true) / np.linalg.norm(g) / np.linalg.norm(true)),
        given=[equal("both gradients at the old policy", gradient(lambda x: world.surrogate(x, old), old), gradient(world.objective, old), tolerance=1e-6)],
        message="The states are those of the old policy, and so are the advantages.",
    )


def ascend(features, start, advantage, eps, rate, steps):
    """Plain ascent on the clipped objective. Row i is a state in which one of two actions, of log-odds start[i], was taken."""
    theta = np.zeros(features.shape[1])
    old = 1 / (1 + np.exp(-start))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(start + features @ theta)))
        ratio = p / old
        open_ = np.where(advantage > 0, ratio <= 1 + eps, ratio >= 1 - eps)
        theta = theta + rate * features.T @ (open_ * advantage * ratio * (1 - p))
    return 1 / (1 + np.exp(-(start + features @ theta))) / old


def within(ratio, eps, room):
    return [at_most("ratios, above 1 + ε", ratio - 1 - eps, room), at_least("ratios, less 1 − ε", ratio - 1 + eps, -room)]


OWN, SMALL = "each state has parameters of its own", "steps are small"


@claim(
    "held",
    "Ascent on the clipped objective leaves each ratio within ε of 1, up to one step.",
    assumes=(OWN, SMALL),
)
def held(rng, n: Annotated[int, Range(2, 40)] = 12, eps: Epsilon = 0.2, rate: Annotated[float, Range(0.01, 0.1)] = 0.05):
    start, advantage = rng.uniform(-1.5, 0, size=n), rng.choice([-1.0, 1.0], size=n) * rng.uniform(0.5, 1.5, size=n)
    ratio = ascend(np.eye(n), start, advantage, eps, rate, 600)
    return outcome(*within(ratio, eps, rate * 1.5 * (1 + eps) ** 2), figure("largest ratio", ratio.max()), figure("smallest ratio", ratio.min()))


@failure(
    "shared-weights",
    "With shared parameters, samples that are still open push others past the limit.",
    of="held",
    without=OWN,
)
def shared_weights(rng, n: Annotated[int, Range(2, 40)] = 12, eps: Epsilon = 0.2, rate: Annotated[float, Range(0.01, 0.1)] = 0.05):
    scale = np.linspace(0.3, 3, n)
    start = rng.uniform(-1.5, -0.5, size=n)
    ratio = ascend(scale[:, None], start, np.ones(n), eps, rate / n, 6000)
    return outcome(
        *within(ratio, eps, rate * 1.5 * (1 + eps) ** 2),
        figure("largest ratio", ratio.max()), figure("smallest ratio", ratio.min()),
        given=[at_most("change of the shared parameter in one step, largest", rate * np.mean(scale), 0.2)],
        message="One parameter moves all states, some ten times as fast as others. The slow ones keep it going.",
    )  # fmt: skip


@failure(
    "one-large-step",
    "A single large step passes the limit, since nothing is clipped at ρ = 1.",
    of="held",
    without=SMALL,
)
def one_large_step(rng, n: Annotated[int, Range(2, 40)] = 12, eps: Epsilon = 0.2, rate: Annotated[float, Range(4, 20)] = 8.0):
    start, advantage = rng.uniform(-1.5, -0.5, size=n), rng.uniform(0.5, 1.5, size=n)
    ratio = ascend(np.eye(n), start, advantage, eps, rate, 1)
    return outcome(
        *within(ratio, eps, 0.05 * 1.5 * (1 + eps) ** 2),
        figure("largest ratio", ratio.max()), figure("share of samples past the limit", np.mean(ratio > 1 + eps)),
        given=[at_least("advantages", advantage, 0)],
        message="After the step their gradient is zero, so nothing brings them back.",
    )


def gae(rewards, values, gamma, lam):
    """Advantages backwards in time; values has one entry more, that of the state in which the batch ends."""
    found, after = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        delta = rewards[t] + gamma * values[t + 1] - values[t]
        after = found[t] = delta + gamma * lam * after
    return found


def expected_gae(world, pi, values, lam, steps, last=None):
    """Mean of the generalised advantage of each action in each state, when `steps` rewards are left in the batch.

    `last` holds the values used for the state in which the batch ends.
    """
    mean, found = np.zeros(len(pi)), None
    for k in range(steps):
        after = last if k == 0 and last is not None else values
        found = world.reward + world.move @ (world.gamma * after + world.gamma * lam * mean) - values[:, None]
        mean = np.sum(pi * found, axis=1)
    return found


def centred(pi, advantage):
    """Less its mean in each state, which does not count: any baseline of the state leaves the policy gradient as it is."""
    return advantage - np.sum(pi * advantage, axis=1, keepdims=True)


def unbiased(world, pi, found):
    return equal("expected advantage, less its mean in each state", centred(pi, found), world.advantage(pi), tolerance=1e-8)


Cut = Annotated[int, Range(1, 40)]
EXACT, BOOTSTRAP = "the critic is exact", "a cut-off run continues with the value of its last state"


@claim(
    "no-bias",
    "With an exact critic, the expected generalised advantage is the true one at every λ, however few steps are left.",
    assumes=(EXACT, BOOTSTRAP),
)
def no_bias(rng, steps: Cut = 10, lam: Unit = 0.95):
    world = World(rng, 4, 3)
    pi = world.policy(rng.normal(size=(4, 3)))
    return outcome(
        unbiased(world, pi, expected_gae(world, pi, world.value(pi), lam, steps)),
        figure("largest advantage", world.advantage(pi).max()),
        message="Four states, three actions; every mean is a finite sum.",
    )


@failure(
    "cut-off-as-end",
    "A time limit taken for an end: the last actions are judged as if nothing came after.",
    of="no-bias",
    without=BOOTSTRAP,
)
def cut_off_as_end(rng, steps: Annotated[int, Range(1, 10)] = 1, lam: Unit = 0.95):
    world = World(rng, 4, 3)
    pi = world.policy(rng.normal(size=(4, 3)))
    v, left = world.value(pi), np.arange(1, 11)
    off = [np.abs(centred(pi, expected_gae(world, pi, v, lam, k, np.zeros(4))) - world.advantage(pi)).max() for k in left]
    found = expected_gae(world, pi, v, lam, steps, np.zeros(4))
    return outcome(
        unbiased(world, pi, found),
        figure("largest error", np.abs(centred(pi, found) - world.advantage(pi)).max()), figure("largest advantage in size", np.abs(world.advantage(pi)).max()),
        given=[equal("with the value of the last state", expected_gae(world, pi, v, lam, steps), world.advantage(pi), tolerance=1e-8)],
        plot=Plot("steps left in the batch", "largest error of an expected advantage", (Line("time limit as an end", left, np.array(off)),),
                  "The error is largest for the last action before the cut and falls quickly with the number of steps left."),
    )  # fmt: skip


@failure(
    "poor-critic",
    "With λ < 1 the errors of the critic become bias.",
    of="no-bias",
    without=EXACT,
)
def poor_critic(rng, error: Annotated[float, Range(0.1, 3)] = 1.0, lam: Unit = 0.9, steps: Annotated[int, Range(1, 300)] = 200):
    world = World(rng, 4, 3)
    pi = world.policy(rng.normal(size=(4, 3)))
    wrong = world.value(pi) + error * rng.normal(size=4)
    grid = np.linspace(0, 1, 11)
    off = [np.abs(centred(pi, expected_gae(world, pi, wrong, x, 200)) - world.advantage(pi)).max() for x in grid]
    return outcome(
        unbiased(world, pi, expected_gae(world, pi, wrong, lam, steps)),
        figure("largest bias at λ = 0", off[0]), figure("largest bias at λ = 1, 200 steps left", off[-1]),
        given=[equal("with the exact values", expected_gae(world, pi, world.value(pi), lam, steps), world.advantage(pi), tolerance=1e-8)],
        message="At λ = 1 with many steps left the critic is a baseline only, and the bias is gone. The variance, not shown, is then usually largest.",
        plot=Plot("λ", "largest bias", (Line("error of the critic", grid, np.array(off)),), "The bias falls steadily as lambda grows and is zero at one."),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    ratio, advantage = np.array([1.5, 0.5, 1.5, 0.5]), np.array([2.0, 2, -1, -1])
    term = clipped(ratio, advantage)
    slopes = np.array([slope(lambda x, a=a: clipped(x, a), r) for r, a in zip(ratio, advantage, strict=True)])
    rewards, values = np.array([0.0, 0, 1]), np.array([0.5, 0.6, 0.8, 0])
    half, one, zero = (gae(rewards, values, 1.0, lam) for lam in (0.5, 1.0, 0.0))
    kl = ratio - 1 - np.log(ratio)
    return outcome(
        equal("unclipped", ratio * advantage, [3, 1, -1.5, -0.5]), equal("clipped product", np.clip(ratio, 0.8, 1.2) * advantage, [2.4, 1.6, -1.2, -0.8], tolerance=1e-12),
        equal("terms", term, [2.4, 1, -1.5, -0.8], tolerance=1e-12), equal("slopes", slopes, [0, 2, -1, 0], tolerance=1e-6),
        equal("mean of the terms", term.mean(), 0.275, tolerance=1e-12), equal("mean unclipped", (ratio * advantage).mean(), 0.5, tolerance=1e-12),
        equal("share outside", np.mean(np.abs(ratio - 1) > 0.2), 1), equal("share without gradient", np.mean(np.abs(slopes) < 1e-9), 0.5),
        equal("estimated KL", kl.mean(), 0.144, tolerance=5e-4), equal("KL terms", kl[:2], [0.0945, 0.1931], tolerance=5e-5),
        equal("TD errors", zero, [0.1, 0.2, 0.2], tolerance=1e-12), equal("advantages", half, [0.25, 0.3, 0.2], tolerance=1e-12),
        equal("advantages at λ = 1", one, [0.5, 0.4, 0.2], tolerance=1e-12), equal("returns minus values", 1 - values[:3], one, tolerance=1e-12),
        equal("targets of the critic", half + values[:3], [0.75, 0.9, 1.0], tolerance=1e-12),
    )  # fmt: skip


@derivation("surrogate-steps", "From the new policy's advantage to the clipped slope.", assumes=("π_old > 0 for every action",))
def surrogate_steps(rng, actions: Annotated[int, Range(2, 6)] = 4, eps: Epsilon = 0.2):
    old, logits, a = rng.normal(size=actions), rng.normal(size=actions), rng.normal(size=actions)

    def pi(x):
        return np.exp(x) / np.exp(x).sum()

    jac = np.array([gradient(lambda x, i=i: pi(x)[i] / pi(old)[i], old) for i in range(actions)])
    score = np.array([gradient(lambda x, i=i: np.log(pi(x)[i]), old) for i in range(actions)])
    p = pi(old)
    total = gradient(lambda x: np.sum(p * (pi(x) / p) * a), old)
    up, down = 1 + eps + rng.uniform(0.01, 1), 1 - eps - rng.uniform(0.01, 0.5)
    ends = np.array([slope(lambda x: clipped(x, 1.0, eps), up), slope(lambda x: clipped(x, 1.0, eps), down)])
    return outcome(
        equal("mean advantage under the new policy", pi(logits) @ a, np.sum(p * (pi(logits) / p) * a), tolerance=1e-9),
        equal("gradient of the ratio at the old policy", jac, score, tolerance=1e-6),
        equal("gradient of the surrogate", total, (p * a) @ score, tolerance=1e-6),
        equal("slopes beyond and below, for A = 1", ends, [0, 1], tolerance=1e-6),
    )


@derivation("gae-steps", "From n-step estimates to the generalised advantage.", assumes=("N steps remain in the batch",))
def gae_steps(rng, n: Annotated[int, Range(1, 12)] = 6, gamma: Annotated[float, Range(0.5, 1)] = 0.99, lam: Unit = 0.9):
    rewards, values = rng.normal(size=n), rng.normal(size=n + 1)
    delta = rewards + gamma * values[1:] - values[:-1]
    power = gamma ** np.arange(n)
    several = np.array([power[:k] @ rewards[:k] + gamma**k * values[k] - values[0] for k in range(1, n + 1)])
    weight = (1 - lam) * lam ** np.arange(n)
    weight[-1] = lam ** (n - 1)
    whole = np.sum((gamma * lam) ** np.arange(n) * delta)
    later = np.sum((gamma * lam) ** np.arange(n - 1) * delta[1:])
    return outcome(
        equal("n-step estimates", several, np.cumsum(power * delta), tolerance=1e-9),
        equal("weighted mean of them", weight @ several, whole, tolerance=1e-9),
        equal("backwards", gae(rewards, values, gamma, lam)[0], delta[0] + gamma * lam * later, tolerance=1e-9),
        equal("at λ = 1", gae(rewards, values, gamma, 1.0)[0], power @ rewards + gamma**n * values[-1] - values[0], tolerance=1e-9),
    )
