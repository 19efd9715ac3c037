"""By recursion, with plain Python for the maximum."""


def greedy_decode(next_logits, prompt, stop, max_new, context):
    if max_new == 0:
        return [*prompt]
    best, top = 0, None
    for i, z in enumerate(next_logits(list(prompt)[-context:])):
        if top is None or z > top:
            best, top = i, z
    longer = [*prompt, best]
    return longer if best == stop else greedy_decode(next_logits, longer, stop, max_new - 1, context)
