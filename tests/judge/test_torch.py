"""The PyTorch runtime: tensors travel as plain numbers, modules stay, the checks are the same as for NumPy."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest

from cairn.judge import LearnerError, Limits, Outcome, Tier, audit, grade
from cairn.judge import checks as c
from cairn.judge.probe import check
from cairn.judge.subject import LocalModule, RemoteModule

SOURCE = """
import torch

class Sub(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return super().__torch_function__(func, types, args, kwargs or {})

def make(kind):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    return {
        "graph": lambda: (x.requires_grad_() * 2), "half": x.half, "brain": x.bfloat16, "bool": lambda: x > 2,
        "turned": lambda: x.T, "conjugate": lambda: torch.complex(x, x).conj(), "sparse": x.to_sparse,
        "negative": lambda: torch.complex(x, x).conj().imag, "sub": lambda: x.as_subclass(Sub),
        "parameter": lambda: torch.nn.Parameter(x), "scalar": lambda: x.sum(),
    }[kind]()

def shape(x):
    return x.shape, x.dtype, x.ndim

def draw(rng):
    return torch.randn(3, generator=rng)

def apply(f, x):
    return f(x)

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 3)

    def forward(self, x):
        return self.layer(x)

def slope(W):
    return 2 * W * torch.ones(())

def loss(W):
    return (W ** 2).sum()

def ready(x):
    return torch.nn.functional.softmax(x, dim=-1) + x.softmax(-1) + torch.exp(x)

def flat(x):
    y = x.sum(dim=0)
    return y

def later(x):
    return x - x.mean(dim=0)

def product(x):
    return x @ x

def trained(x):
    x = x.clone().requires_grad_()
    (x @ x).sum().backward()
    return x.grad
"""


@pytest.fixture(scope="module")
def session(torch, judge):
    """A process with the module."""
    with judge.session("torch") as session:
        session.load(SOURCE, limits=Limits(cpu_s=60, wall_s=300))  # one process for many tests
        yield session


@pytest.fixture
def learner(session):
    """The module."""
    return RemoteModule(session)


@pytest.mark.parametrize(
    ("kind", "dtype", "expected"),
    [
        ("graph", "float32", [[2, 4], [6, 8]]), ("half", "float16", [[1, 2], [3, 4]]),
        ("brain", "float32", [[1, 2], [3, 4]]), ("bool", "bool", [[0, 0], [1, 1]]),
        ("turned", "float32", [[1, 3], [2, 4]]), ("conjugate", "complex64", [[1 - 1j, 2 - 2j], [3 - 3j, 4 - 4j]]),
        ("sparse", "float32", [[1, 2], [3, 4]]), ("negative", "float32", [[-1, -2], [-3, -4]]),
        ("sub", "float32", [[1, 2], [3, 4]]), ("parameter", "float32", [[1, 2], [3, 4]]),
        ("scalar", "float32", 10),
    ],
)  # fmt: skip
def test_tensors_are_reduced_to_their_numbers(learner, kind, dtype, expected):
    """Graph, subclass, layout, conjugate and negative bits do not travel; shape, dtype and numbers do."""
    got = learner.make(kind)

    assert type(got) is np.ndarray
    assert got.dtype == dtype
    assert np.array_equal(got, np.array(expected))


def test_arrays_arrive_as_tensors(learner):
    """What a check gives as an array the learner's code gets as a tensor of the same dtype."""
    assert learner.shape(np.zeros((2, 1), dtype=np.float32)) == ((2, 1), "torch.float32", 2)


def test_generators_and_functions_are_torchs(learner):
    """A generator is a torch.Generator there, and an expression may use torch."""
    twin = LocalModule(__import__("types").SimpleNamespace(draw=_draw), "torch")

    assert np.array_equal(learner.draw(c.generator(3)), twin.draw(c.generator(3)))
    assert learner.apply(c.function("lambda x: torch.relu(x)"), np.array([-1.0, 2.0])).tolist() == [0, 2]


def _draw(rng):
    import torch

    return torch.randn(3, generator=rng)


def test_modules_are_called_and_have_attributes(learner):
    """A module is a handle: it is called, its parameters are read, changed and listed."""
    net = learner.Net()
    x = np.ones((4, 2), dtype=np.float32)

    assert net(x).shape == (4, 3)
    assert net.layer.weight.shape == (3, 2)
    assert [p.shape for p in net.parameters()] == [(3, 2), (3,)]
    assert set(net.state_dict()) == {"layer.weight", "layer.bias"}
    net.training = False
    assert net.training is False


def test_the_checks_work_on_tensors(learner):
    """Gradients, invariants, traced calls and shape traces mean the same as for arrays."""
    rows = c.arrays(shape=(c.dim(2, 4), 2))
    c.gradient(learner.loss, learner.slope, {"W": np.ones((2, 2)) * 3.0})
    with pytest.raises(c.CheckFailed, match="future"):
        c.causal(learner.later, rows)
    with pytest.raises(c.CheckFailed) as used:
        c.from_scratch(
            learner.ready, np.ones((2, 2)), forbid=("torch.nn.functional.*", "torch.Tensor.softmax")
        )
    assert used.value.finding.detail["called"] == ["torch.Tensor.softmax", "torch.nn.functional.softmax"]
    with pytest.raises(c.CheckFailed) as parted:
        c.same_as_reference(learner.flat, lambda x: x, c.arrays(shape=(2, 3)))
    assert [s["shape"] for s in parted.value.finding.detail["shapes"]] == [[2, 3], [3], [3]]


def test_costs_of_tensors_are_counted(learner):
    """A product of matrices costs its multiplications, a backward pass what it works through."""
    _, forward = learner.loss.watch(((np.ones((10, 10)),), {}), "cost")
    _, product = learner.product.watch(((np.ones((10, 10)),), {}), "cost")
    _, backward = learner.trained.watch(((np.ones((10, 10)),), {}), "cost")

    assert 200 <= forward["cost"][0] <= 210
    assert 1000 <= product["cost"][0] <= 1010
    assert 3000 <= backward["cost"][0] <= 4000


def test_an_error_in_torch_is_the_learners(learner):
    """What PyTorch raises names the line of the learner that called it."""
    with pytest.raises(LearnerError, match="shape") as error:
        learner.Net()(np.ones((4, 5), dtype=np.float32))

    assert error.value.frames[-1].text == "return self.layer(x)"


def test_the_exemplar_is_proved_by_its_own_files(judge, classifier):
    """Starter fails, solution and alternative pass, each wrong solution is caught, by its own check."""
    assert audit(judge, classifier).problems == ()


def test_the_same_wrong_output_names_the_misconception(judge, classifier):
    """A sum where the mean belongs is recognised by the values it gives."""
    wrong = next(w for w in classifier.wrong if w.name == "summed")
    verdict = grade(judge, classifier, wrong.source + "\n# another file\n")

    assert verdict.outcome is Outcome.WRONG
    assert verdict.misconception is not None
    assert verdict.misconception.id == "sum-for-mean"


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.CHILD_ONLY], ids=str)
def test_the_probe_finds_no_hole_around_torch(torch, tier, judge_in):
    """The sandbox of the PyTorch runner refuses all that NumPy's refuses."""
    with judge_in(tier).session("torch") as session:
        check(session)


def test_a_verdict_takes_a_blink(judge, classifier):
    """Ten checks in PyTorch take well under the quarter of a second in which a person waits."""
    spans = []
    for _ in range(12):
        began = time.perf_counter()
        assert grade(judge, classifier, classifier.solution).accepted
        spans.append(time.perf_counter() - began)

    assert statistics.median(spans) < 0.25
