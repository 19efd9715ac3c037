"""Twelve goals whose gap was checked by hand: each prerequisite, at the depth it is needed, and nothing else."""

from __future__ import annotations

import pytest

from cairn.curriculum import Level, Skill

R, U = Level.RECOGNISE, Level.USE

# For each goal as a person would type it: the deepest level asked of each topic. Shallower ones go without saying.
ANSWERS = {
    "attention": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U,
        "functions-exponentials-logarithms": U, "probability-fundamentals": R, "random-variables": R,
        "categorical-distribution": R, "softmax": U, "attention-mechanism": U,
        "scaled-dot-product-attention": U,
    },
    "backpropagation": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U, "tensor-operations": U,
        "broadcasting": U, "functions-exponentials-logarithms": U, "derivatives": U, "chain-rule": U,
        "partial-derivatives": U, "computational-graphs": U, "gradients": R, "learning-paradigms": R,
        "supervised-learning": R, "classification": R, "sigmoid": R, "loss-functions": R,
        "perceptron": R, "activation-functions": U, "multilayer-perceptron": U, "relu": R,
        "forward-propagation": U, "backpropagation": U,
    },
    "DPO": {
        "vectors": R, "functions-exponentials-logarithms": U, "derivatives": U, "integration": R,
        "partial-derivatives": R, "gradients": R, "probability-fundamentals": U,
        "conditional-probability": U, "random-variables": U, "categorical-distribution": R,
        "expectation": U, "probability-distributions": R, "entropy": U, "kl-divergence": R,
        "maximum-likelihood-estimation": R, "cross-entropy": U, "gradient-descent": R,
        "learning-paradigms": R, "supervised-learning": R, "data-splitting": R,
        "reinforcement-learning": R, "sigmoid": U, "loss-functions": R, "softmax": U,
        "cross-entropy-loss": U, "tokenization": R, "next-token-prediction": U, "pretraining": R,
        "fine-tuning": R, "instruction-tuning": R, "reward-modeling": U, "rlhf": R, "dpo": U,
        "floating-point-precision": R, "numerically-stable-softmax": R,
    },
    "LoRA": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U, "vector-spaces": R,
        "low-rank-approximation": R, "functions-exponentials-logarithms": U, "derivatives": U,
        "integration": R, "chain-rule": U, "partial-derivatives": U, "computational-graphs": R,
        "gradients": U, "probability-fundamentals": U, "conditional-probability": U,
        "random-variables": U, "categorical-distribution": R, "expectation": U, "entropy": U,
        "variance": U, "cross-entropy": U, "gradient-descent": U, "learning-rate": U,
        "stochastic-gradient-descent": U, "python-fundamentals": U, "numpy": U, "python-classes-oop": U,
        "learning-paradigms": R, "supervised-learning": U, "classification": R, "data-splitting": U,
        "overfitting-underfitting": R, "pytorch": U, "sigmoid": U, "loss-functions": R, "nn-module": U,
        "perceptron": R, "softmax": U, "activation-functions": U, "cross-entropy-loss": U,
        "multilayer-perceptron": U, "relu": R, "forward-propagation": R, "pytorch-training-loop": U,
        "backpropagation": R, "automatic-differentiation": R, "tokenization": R,
        "next-token-prediction": R, "pretraining": R, "fine-tuning": U, "lora": U,
        "floating-point-precision": R, "numerically-stable-softmax": R,
    },
    "VC dimension": {
        "vectors": R, "dot-product": R, "functions-exponentials-logarithms": U, "proof-techniques": R,
        "integration": R, "probability-fundamentals": U, "conditional-probability": U,
        "random-variables": U, "expectation": U, "variance": U, "learning-paradigms": R,
        "supervised-learning": R, "empirical-risk-minimization": U, "pac-learning": U,
        "finite-hypothesis-classes": U, "markov-inequality": U, "vc-dimension": U,
        "concentration-inequalities": R, "hoeffding-inequality": U,
    },
    "Hoeffding": {
        "functions-exponentials-logarithms": U, "integration": R, "probability-fundamentals": U,
        "conditional-probability": U, "random-variables": U, "expectation": U, "variance": U,
        "markov-inequality": U, "concentration-inequalities": R, "hoeffding-inequality": U,
    },
    "RoPE": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U, "rotation-matrices": U,
        "functions-exponentials-logarithms": U, "probability-fundamentals": R, "random-variables": R,
        "categorical-distribution": R, "softmax": U, "attention-mechanism": U,
        "scaled-dot-product-attention": U, "self-attention": R, "positional-encoding": R,
        "rotary-position-embedding": U,
    },
    "BPE": {
        "tokenization": R, "subword-tokenization": R, "byte-pair-encoding": U,
    },
    "KV cache": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U, "tensor-operations": U,
        "functions-exponentials-logarithms": U, "probability-fundamentals": U,
        "conditional-probability": U, "random-variables": R, "categorical-distribution": R, "softmax": U,
        "tokenization": R, "special-tokens": R, "next-token-prediction": R, "attention-mechanism": U,
        "scaled-dot-product-attention": U, "self-attention": U, "multi-head-attention": U,
        "positional-encoding": R, "causal-masking": U, "autoregressive-generation": U, "kv-cache": U,
    },
    "PPO": {
        "vectors": U, "dot-product": U, "functions-exponentials-logarithms": U, "derivatives": U,
        "integration": R, "partial-derivatives": U, "gradients": U, "probability-fundamentals": U,
        "conditional-probability": U, "random-variables": U, "categorical-distribution": R,
        "expectation": U, "markov-chains": R, "kl-divergence": R, "variance": U,
        "gaussian-distribution": U, "law-of-large-numbers": U, "monte-carlo-estimation": U,
        "gradient-descent": U, "reinforcement-learning": U, "markov-decision-processes": U,
        "temporal-difference-learning": U, "policy-gradients": U, "actor-critic": U, "softmax": U,
        "ppo": U,
    },
    "FlashAttention": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U,
        "functions-exponentials-logarithms": U, "probability-fundamentals": R, "random-variables": R,
        "categorical-distribution": R, "softmax": U, "attention-mechanism": U,
        "scaled-dot-product-attention": U, "floating-point-precision": U,
        "numerically-stable-softmax": U, "memory-hierarchy": U, "flash-attention": U,
        "online-softmax": U,
    },
    "double descent": {
        "vectors": U, "dot-product": U, "matrix-multiplication": U, "norms-and-distances": U,
        "vector-spaces": U, "least-squares": U, "matrix-inverse": U, "orthogonal-projection": U,
        "functions-exponentials-logarithms": R, "integration": R, "probability-fundamentals": U,
        "conditional-probability": U, "random-variables": U, "expectation": U, "variance": U,
        "learning-paradigms": R, "supervised-learning": R, "data-splitting": R,
        "overfitting-underfitting": R, "bias-variance-decomposition": U, "double-descent": U,
    },
}  # fmt: skip


@pytest.mark.parametrize("goal", ANSWERS)
def test_the_gap_is_the_answer_found_by_hand(real, goal):
    """From nothing, the gap holds each topic of the answer up to its level, and no other skill."""
    wanted = {
        Skill(topic, level) for topic, deepest in ANSWERS[goal].items() for level in Level.up_to(deepest)
    }

    assert set(real.gap(goal).skills) == wanted


@pytest.mark.parametrize(
    ("goal", "needed"),
    [
        ("attention@derive", ["variance@use", "matrix-calculus@use", "numerically-stable-softmax@use"]),
        ("backpropagation@derive", ["matrix-calculus@use", "cross-entropy-loss@derive"]),
        ("dpo@derive", ["kl-divergence@use", "maximum-likelihood-estimation@use", "reward-modeling@use"]),
        ("lora@derive", ["low-rank-approximation@use", "matrix-calculus@use"]),
        ("vc-dimension@derive", ["hoeffding-inequality@use", "proof-techniques@use"]),
        ("hoeffding-inequality@derive", ["markov-inequality@use", "concentration-inequalities@use"]),
        ("byte-pair-encoding@derive", ["python-fundamentals@use", "tokenization@use"]),
        ("double-descent@derive", ["singular-value-decomposition@use", "multivariate-gaussian@use"]),
    ],
)
def test_a_derivation_asks_for_its_tools(real, goal, needed):
    """To derive, one needs what the proof or the program stands on."""
    found = set(map(str, real.gap(goal).skills))

    assert set(needed) <= found


@pytest.mark.parametrize(
    ("goal", "stranger"),
    [
        ("attention", "recurrent-neural-networks"),
        ("attention", "backpropagation"),
        ("attention", "eigenvalues-eigenvectors"),
        ("BPE", "transformer-architecture"),
        ("RoPE", "gradients"),
        ("KV cache", "cross-entropy-loss"),
        ("FlashAttention", "cuda-programming"),
        ("Hoeffding", "law-of-large-numbers"),
        ("DPO", "ppo"),
        ("DPO", "policy-gradients"),
        ("PPO", "q-learning"),
        ("LoRA", "singular-value-decomposition"),
        ("double descent", "neural-tangent-kernel"),
    ],
)
def test_strangers_stay_out(real, goal, stranger):
    """What is often named beside a goal, but is not needed for it, is not in its gap."""
    assert stranger in real.curriculum.topics
    assert stranger not in real.gap(goal).topics
