"""Formulas in a terminal: TeX turned into the plain characters a person would type."""

from __future__ import annotations

import re

_WORDS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "xi": "ξ", "zeta": "ζ",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "sum": "Σ", "prod": "Π", "partial": "∂", "nabla": "∇", "infty": "∞", "times": "×",
    "cdot": "·", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡", "propto": "∝", "in": "∈", "notin": "∉",
    "to": "→", "rightarrow": "→", "mapsto": "↦", "leftarrow": "←", "ldots": "…", "dots": "…", "cdots": "…",
    "top": "ᵀ", "circ": "∘", "mid": "|", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩", "ell": "ℓ", "odiv": "/", "ll": "≪", "gg": "≫",
    "cup": "∪", "cap": "∩", "subset": "⊂", "forall": "∀", "exists": "∃", "quad": "  ", "qquad": "  ",
    "left": "", "right": "", "big": "", "Big": "", "bigl": "", "bigr": "", "Bigl": "", "Bigr": "",
    "displaystyle": "", "limits": "", "nolimits": "",
}  # fmt: skip
_WRAPS = "operatorname|mathrm|mathbf|mathbb|mathcal|boldsymbol|text|textbf|bar|overline|vec|mathit|mathsf"
_HATS = {"hat": "\u0302", "tilde": "\u0303", "dot": "\u0307"}
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_CODE = re.compile(r"(`[^`]*`)")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)


def readable(text: str) -> str:
    """Prose with its formulas made plain; code between backticks is left alone."""
    parts = _CODE.split(text)
    return "".join(part if i % 2 else _FORMULA.sub(_one, part) for i, part in enumerate(parts))


def _one(found: re.Match[str]) -> str:
    return plain(found[1] if found[1] is not None else found[2])


def plain(tex: str) -> str:
    r"""One formula: `e^{z_i} / \sum_j e^{z_j}` becomes `e^(z_i) / Σ_j e^(z_j)`."""
    tex = (
        tex.replace(r"\,", " ").replace(r"\;", " ").replace(r"\!", "").replace(r"\ ", " ").replace(r"\\", " ")
    )
    tex = tex.replace(r"\{", "⦃").replace(r"\}", "⦄").replace(r"\|", "‖").replace("&", "")
    before = ""
    while before != tex:  # from the inside out
        before = tex
        tex = re.sub(rf"\\(?:{_WRAPS})\s*\{{([^{{}}]*)\}}", r"\1", tex)
        tex = re.sub(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", _fraction, tex)
        tex = re.sub(r"\\sqrt\s*\{([^{}]*)\}", lambda m: f"√{_held(m[1])}", tex)
        tex = re.sub(
            r"\\(hat|tilde|dot)(?![a-z])\s*(?:\{([^{}])\}|([A-Za-z]))",
            lambda m: (m[2] or m[3]) + _HATS[m[1]],
            tex,
        )
        tex = re.sub(r"([_^])\{([^{}]*)\}", lambda m: m[1] + _held(m[2]), tex)
        tex = re.sub(r"\\frac\s*([0-9A-Za-z])\s*([0-9A-Za-z])", r"\1/\2", tex)
    tex = re.sub(r"\\([A-Za-z]+)", lambda m: _WORDS.get(m[1], m[1]), tex)
    tex = re.sub(r"\^([0-9n])(?![0-9.])", lambda m: m[1].translate(_RAISED), tex)
    tex = tex.replace("^ᵀ", "ᵀ").replace("{", "").replace("}", "").replace("⦃", "{").replace("⦄", "}")
    return re.sub(r"(?<=[∂∇√]) ", "", re.sub(r"[ \n]+", " ", tex)).strip()


def _fraction(found: re.Match[str]) -> str:
    return f"{_held(found[1])}/{_held(found[2])}"


def _held(text: str) -> str:
    """In brackets unless it is one thing."""
    return text if re.fullmatch(r"\\?[A-Za-z]+|[0-9.]+|[^ ]", text) else f"({text})"
