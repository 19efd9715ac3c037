import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    heads = []
    for q, k, v in zip(*((x @ w).chunk(n_heads, dim=-1) for w in (w_q, w_k, w_v))):
        scores = torch.einsum("bid,bjd->bij", q, k) * q.shape[-1] ** -0.5
        if mask is not None:
            scores = torch.where(mask, scores, torch.full_like(scores, float("-inf")))
        top, _ = scores.max(dim=-1, keepdim=True)
        weights = (scores - top).exp()
        heads.append((weights / weights.sum(-1, keepdim=True)).bmm(v))
    return torch.cat(heads, dim=-1).matmul(w_o)
