import torch


def sequence_log_probability(token_logps, mask):
    return torch.where(mask, token_logps, torch.zeros_like(token_logps)).sum(-1)


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = beta * (policy_chosen - policy_rejected - reference_chosen + reference_rejected)
    return (torch.log1p(torch.exp(-z.abs())) + (-z).clamp(min=0)).mean().item()


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = beta * (policy_chosen - policy_rejected - reference_chosen + reference_rejected)
    slope = torch.sigmoid(-z) * beta / z.numel()
    return slope.neg(), slope
