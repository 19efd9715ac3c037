"""What an exact nearest-neighbour search must do, whatever the code looks like."""

import numpy as np

from cairn.judge import checks as c


def distances(queries, points, metric):
    """The right distances, for comparisons that leave the order to the learner."""
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        return np.linalg.norm(queries[:, None] - points, axis=2)
    return 1 - queries @ points.T / np.outer(np.linalg.norm(queries, axis=1), np.linalg.norm(points, axis=1))


def same(learner, reference, queries, points, k, metric, message=""):
    got, far = learner.knn_search(queries, points, k, metric)
    wanted, right = reference.knn_search(queries, points, k, metric)
    inputs = (queries, points, k, metric)
    c.close(far, right, rtol=1e-6, atol=1e-9, inputs=inputs, what="the distances", message=message)
    c.close(got, wanted, inputs=inputs, what="the indices", message=message)


@c.check("the distances are right")
def right(learner, reference, rng):
    def holds(metric, seed, m, n, d):
        """all distances of a query, in ascending order"""
        own = np.random.default_rng(seed)
        queries, points = own.normal(size=(m, d)), own.normal(size=(n, d))
        got = learner.knn_search(queries, points, n, metric)[1]
        c.close(
            got, np.sort(distances(queries, points, metric), axis=1), rtol=1e-6, atol=1e-9,
            inputs=(queries, points, n, metric), what="the distances",
        )  # fmt: skip

    sizes = c.integers(1, 3), c.integers(1, 6), c.integers(2, 4)
    c.property(holds, c.sampled("l2", "cosine"), c.integers(0, 999), *sizes, examples=10)


@c.check("the nearest come first")
def nearest(learner, reference, rng):
    for metric in ("l2", "cosine"):
        queries, points = rng.normal(size=(3, 3)), rng.normal(size=(40, 3))
        for k in (1, 5, 20):
            same(
                learner, reference, queries, points, k, metric,
                "Each row lists the nearest points of its query, nearest first.",
            )  # fmt: skip
    got = learner.knn_search([[0.0, 1.0]], [[0.0, 9.0], [0.0, 1.5]], 1)[0]
    c.close(got, [[1]], what="the indices", message="Without a metric the distance is l2.")


@c.check("equal distances are ordered by index")
def ties(learner, reference, rng):
    # Coordinates for which every formula gives exactly equal numbers.
    grid = rng.integers(-1, 2, size=(40, 2)).astype(float)
    axes = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])[rng.integers(0, 4, size=40)]
    axes *= 2.0 ** rng.integers(-1, 3, size=(40, 1))
    for metric, points in (("l2", grid), ("cosine", axes)):
        for k in (3, 25, 40):
            same(
                learner, reference, [[0.0, 0.0], [1.0, 0.0]] if metric == "l2" else [[0.0, 2.0], [1.0, 0.0]],
                points, k, metric, "Of two points at the same distance the one with the smaller index comes first.",
            )  # fmt: skip


@c.check("k may be larger than the number of points")
def many(learner, reference, rng):
    for metric in ("l2", "cosine"):
        for k in (3, 4, 10):
            same(
                learner, reference, rng.normal(size=(2, 2)), rng.normal(size=(3, 2)), k, metric,
                "Where k is larger than n all n points are returned, and no others.",
            )  # fmt: skip
    same(learner, reference, [[1.0, 2.0]], [[3.0, 4.0]], 1, "l2")


@c.check("zero vectors have cosine distance 1", axis="stable")
def zero(learner, reference, rng):
    points = np.array([[-1.0, 0.0], [0.0, 0.0], [2.0, 0.0], [0.0, 0.0]])
    for queries in ([[1.0, 0.0]], [[0.0, 0.0]], [[3.0, 0.0], [0.0, 0.0]]):
        same(
            learner, reference, queries, points, 4, "cosine",
            "A zero vector has no direction; its cosine with everything counts as 0.",
        )  # fmt: skip


@c.check("cosine ignores length")
def length(learner, reference, rng):
    def holds(a, b):
        """longer queries and longer points have the same cosine distances"""
        queries, points = np.array([[1.0, 2.0, -1.0]]), np.array([[3.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 3.0, -1.0]])
        got = learner.knn_search(a * queries, points * np.array([[b], [1.0], [1 / b]]), 3, "cosine")
        wanted = reference.knn_search(queries, points, 3, "cosine")
        c.close(list(got), list(wanted), inputs=(a, b), what="(indices, distances)")

    c.property(holds, c.sampled(1.0, 50.0, 0.02), c.sampled(1.0, 10.0), examples=5)


@c.check("data far from the origin keep their distances", axis="stable")
def far(learner, reference, rng):
    near = rng.normal(size=(8, 3))
    for offset in (1e3, 1e6, 1e9):
        points = near + offset
        same(
            learner, reference, points[:2], points, 5, "l2",
            f"At {offset:g} from the origin the distances are as they were, and a point is at distance 0 from itself.",
        )  # fmt: skip


@c.check("integers and lists are taken")
def kinds(learner, reference, rng):
    points = [[200, 10], [5, 250], [0, 3]]
    for given in (np.uint8(points), points, np.array(points)):
        for metric in ("l2", "cosine"):
            same(
                learner, reference, np.uint8([[10, 200]]), given, 3, metric,
                "Turn whole numbers into floats before you subtract or multiply.",
            )  # fmt: skip


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    for metric in ("l2", "cosine"):
        c.no_mutation(learner.knn_search, rng.normal(size=(2, 3)), rng.normal(size=(4, 3)), 2, metric)
