"""What BM25 scores must be, whatever the code looks like."""

import numpy as np

from cairn.judge import checks as c

TERM = c.sampled("a", "b", "c", "d")
DOCUMENT = c.lists(TERM, max_size=6)
DOCUMENTS = c.lists(DOCUMENT, min_size=1, max_size=5)
QUERY = c.lists(TERM, min_size=1, max_size=3)


@c.check("follows the formula")
def formula(learner, reference, rng):
    c.same_as_reference(
        learner.bm25_scores, reference.bm25_scores, QUERY, DOCUMENTS, c.sampled(1.5, 0.5, 2.0), c.sampled(0.75, 0.3, 1.0),
        examples=16,
    )  # fmt: skip


@c.check("the defaults are 1.5 and 0.75")
def defaults(learner, reference, rng):
    c.close(
        learner.bm25_scores(["a"], [["a", "b"], ["a", "a", "c", "d"]]), [0.21449, 0.23525], rtol=1e-3,
        what="the scores of the example",
    )  # fmt: skip
    c.same_as_reference(learner.bm25_scores, reference.bm25_scores, QUERY, DOCUMENTS, examples=4)


@c.check("a word in most documents still counts a little")
def common(learner, reference, rng):
    documents = [["a", "b"], ["a", "c"], ["a"], ["d", "c"]]
    got = learner.bm25_scores(["a"], documents)
    assert all(s > 0 for s in list(got)[:3]), (
        f"The word a stands in three of four documents and gives them {[float(s) for s in got][:3]}; with 1 added"
        " inside the logarithm no mention lowers a score."
    )
    c.close(got, reference.bm25_scores(["a"], documents), inputs=(["a"], documents), what="the scores")


@c.check("rarity is counted in documents")
def rarity(learner, reference, rng):
    # a occurs five times, but in one document only; b once in each of two.
    documents = [["a"] * 5, ["b", "c"], ["b", "d"], ["c", "d"]]
    for query in (["a"], ["b"], ["c"]):
        c.close(
            learner.bm25_scores(query, documents), reference.bm25_scores(query, documents),
            inputs=(query, documents), what="the scores",
            message="A term is rare when few documents contain it, however often it is repeated in them.",
        )  # fmt: skip


@c.check("long documents need more mentions")
def lengths(learner, reference, rng):
    documents = [["a"], ["a", "b", "c"], ["a"] + ["d"] * 9]
    for b, message in (
        (1.0, "With b = 1 the count is measured against the length of the document relative to the mean."),
        (0.0, "With b = 0 the length does not matter."),
    ):  # fmt: skip
        c.close(
            learner.bm25_scores(["a"], documents, 1.2, b), reference.bm25_scores(["a"], documents, 1.2, b),
            inputs=(["a"], documents, 1.2, b), what="the scores", message=message,
        )  # fmt: skip


@c.check("each term of the query counts each time")
def repeated(learner, reference, rng):
    documents = [["a", "b"], ["b", "c", "c"], ["d"]]
    for query in (["a", "a"], ["b", "a", "b"], ["z"], ["z", "c"], []):
        c.close(
            learner.bm25_scores(query, documents), reference.bm25_scores(query, documents),
            inputs=(query, documents), what="the scores",
            message="Terms that stand twice count twice; terms that no document contains add nothing.",
        )  # fmt: skip


@c.check("empty documents score zero", axis="stable")
def empty(learner, reference, rng):
    for documents in ([[], ["a"]], [[], []], [[]], []):
        for k1, b in ((1.5, 0.75), (0.0, 0.75), (1.5, 1.0)):
            got = learner.bm25_scores(["a", "b"], documents, k1, b)
            wanted = reference.bm25_scores(["a", "b"], documents, k1, b)
            c.close(
                list(got), list(wanted), inputs=(["a", "b"], documents, k1, b), what="the scores",
                message="Where a term does not stand it adds 0, without any division.",
            )  # fmt: skip


@c.check("the cost is linear in the documents", axis="efficient")
def linear(learner, reference, rng):
    c.cost(
        learner.bm25_scores, lambda n: (["a", "b"], [["a", "c"], ["b", "c"]] * n), at_most=1.2, sizes=(8, 16, 32),
    )  # fmt: skip


@c.check("the lists stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.bm25_scores, ["b", "a", "b"], [["c", "a"], [], ["b", "a"]])
