import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    """Continue a prompt with the most likely token at each step.

    next_logits: function from a list of 1 to `context` ids to the logits (V,) of the next token
    prompt: list of at least one id; unchanged by the call
    stop: id that ends the text when it is chosen
    max_new: at most this many tokens are added, >= 0
    context: the model sees at most the last `context` ids, >= 1
    Returns a new list of ints: the prompt and the chosen tokens, with `stop` last if it was chosen.
    """
    raise NotImplementedError
