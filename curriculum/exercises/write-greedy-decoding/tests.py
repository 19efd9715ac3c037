"""What greedy decoding does, whatever the model."""

import numpy as np

from cairn.judge import checks as c

# The next token depends on all ids that the model is shown, on their order and on their number.
ALL = c.function("lambda ids: np.sin((1 + np.arange(6)) * (0.7 + sum((i + 2) * (t + 1) for i, t in enumerate(ids))))")
COUNT = c.function("lambda ids: np.arange(7) == (ids[-1] + 1) % 7")
PROMPT = c.lists(c.integers(0, 5), min_size=1, max_size=5)


@c.check("the most likely token is appended")
def most_likely(learner, reference, rng):
    c.same_as_reference(learner.greedy_decode, reference.greedy_decode, ALL, PROMPT, -1, c.integers(1, 4), 50, examples=12)


@c.check("the stop token ends the text")
def stops(learner, reference, rng):
    for stop, most in ((3, 6), (1, 6), (4, 4), (0, 9), (9, 3)):
        c.close(
            learner.greedy_decode(COUNT, [0], stop, most, 10), reference.greedy_decode(COUNT, [0], stop, most, 10),
            inputs=([0], stop, most), what="the text of a model that counts 0, 1, 2, ...",
            message="The text ends with the stop token when that is chosen, and else after max_new tokens.",
        )  # fmt: skip


@c.check("a stop token in the prompt means nothing")
def stop_in_prompt(learner, reference, rng):
    for prompt in ([2], [2, 4], [4, 2], [2, 2]):
        c.close(
            learner.greedy_decode(COUNT, prompt, 2, 3, 10), reference.greedy_decode(COUNT, prompt, 2, 3, 10),
            inputs=(prompt, 2, 3), what="the text", message="Only a token that was chosen can end the text.",
        )  # fmt: skip


@c.check("no new tokens gives the prompt")
def nothing_new(learner, reference, rng):
    never = c.function("lambda ids: 1 // 0")
    c.close(
        learner.greedy_decode(never, [3, 1], 1, 0, 2), [3, 1], inputs=([3, 1], 1, 0, 2), what="the text",
        message="With max_new = 0 the model is not asked and the result is the prompt.",
    )  # fmt: skip


@c.check("the model sees the last tokens that fit")
def context(learner, reference, rng):
    c.same_as_reference(
        learner.greedy_decode, reference.greedy_decode, ALL, PROMPT, 5, c.integers(0, 8), c.integers(1, 4), examples=24
    )


@c.check("of equal logits the smallest id wins")
def ties(learner, reference, rng):
    c.close(
        learner.greedy_decode(c.function("lambda ids: np.array([-np.inf, 2.0, 1.0, 2.0])"), [0], 9, 2, 5), [0, 1, 1],
        what="the text for the logits (-inf, 2, 1, 2)", message="Of equal logits the smallest id wins.",
    )  # fmt: skip
    c.close(
        learner.greedy_decode(c.function("lambda ids: -5.0 - np.arange(3)"), [2], 9, 1, 5), [2, 0],
        what="the text for the logits (-5, -6, -7)", message="The largest logit wins, also where all are negative.",
    )  # fmt: skip


@c.check("the model is called once for each new token", axis="efficient")
def calls(learner, reference, rng):
    # A model that fails when it is asked more often than it has tokens to give.
    budget = c.function("lambda ids: np.arange(7) == (ids[-1] + 1) % 7", calls=4)
    for stop, most in ((4, 20), (9, 4)):
        c.close(
            learner.greedy_decode(budget, [0], stop, most, 3), [0, 1, 2, 3, 4], what="the text of a model that allows four calls",
            message="Four new tokens take four calls of the model.",
        )  # fmt: skip


@c.check("the prompt stays as it is")
def untouched(learner, reference, rng):
    c.no_mutation(learner.greedy_decode, COUNT, [0, 1], 4, 6, 8)
    greedy = c.function("lambda ids: (ids.append(0), np.arange(7) == (ids[-2] + 1) % 7)[1]")
    c.close(
        learner.greedy_decode(greedy, [0, 1], 9, 3, 8), [0, 1, 2, 3, 4],
        what="the text of a model that changes the list it was given", message="Hand the model a copy.",
    )  # fmt: skip
