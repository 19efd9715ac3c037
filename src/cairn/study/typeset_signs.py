"""The signs behind TeX's commands, and the small forms of digits and letters."""

from __future__ import annotations

from collections.abc import Mapping

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ "
    "eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ "
    "nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ "
    "varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ "
    "Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ħ"
)
_ALONE = (
    "infty ∞ partial ∂ nabla ∇ top ⊤ bot ⊥ emptyset ∅ "
    "varnothing ∅ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ forall ∀ "
    "exists ∃ nexists ∄ neg ¬ lnot ¬ prime ′ angle ∠ degree ° "
    "dagger † star ⋆ ast ∗ circ ∘ bullet • checkmark ✓ aleph ℵ "
    "lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | mid ∣ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ "
    "lbrace { rbrace } sum ∑ prod ∏ int ∫ oint ∮ iint ∬ bigcup ⋃ bigcap ⋂ bigoplus ⨁"
)
_BETWEEN = (
    "cdot · times × div ÷ pm ± mp ∓ odot ⊙ oplus ⊕ otimes ⊗ "
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ "
    "simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ "
    "ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ "
    "to → rightarrow → longrightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ "
    "implies ⇒ iff ⇔ mapsto ↦ gets ← land ∧ wedge ∧ lor ∨ vee ∨ perp ⊥ parallel ∥ preceq ⪯ succeq ⪰ prec ≺ succ ≻ "
    "models ⊨ vdash ⊢ coloneqq ≔ triangleq ≜ uparrow ↑ downarrow ↓"
)
_NAMES = (
    "log ln exp sin cos tan sinh cosh tanh arctan arcsin arccos "
    "max min sup inf lim limsup liminf arg det dim ker rank "
    "tr deg gcd Pr hom sgn"
)


def _pairs(text: str) -> Mapping[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


SIGNS: Mapping[str, str] = {
    **_pairs(_GREEK),
    **_pairs(_ALONE),
    **{name: f" {sign} " for name, sign in _pairs(_BETWEEN).items()},
    **{name: f"{name} " for name in _NAMES.split()},
    "argmax": "argmax ", "argmin": "argmin ", "bmod": " mod ", "mod": " mod ",
    ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "quad": "  ", "qquad": "   ", "\\": "; ", "{": "{", "}": "}",
    "|": "‖", "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "displaystyle": "", "textstyle": "", "limits": "",
    "nolimits": "", "hline": "", "nonumber": "", "colon": ": ",
}  # fmt: skip
"""What a command without an argument stands for."""

ACCENTS: Mapping[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
}  # fmt: skip
"""The combining sign of an accent, for one letter."""

WORDS: Mapping[str, str] = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}
"""How an accent over several letters is said."""

RAISED: Mapping[str, str] = dict(
    zip(
        "0123456789+-−=()niTabcdefghjklmoprstuvwxyzᵀ′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′",
        strict=True,
    )
)
"""Signs that have a raised form."""

LOWERED: Mapping[str, str] = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
"""Signs that have a lowered form."""

_DOUBLE = dict(zip("RNZQCEPI", "ℝℕℤℚℂ𝔼ℙ𝕀", strict=True)) | {"1": "𝟙"}
_SCRIPT = dict(zip("ABDFHLMNOPXYZ", "𝒜ℬ𝒟ℱℋℒℳ𝒩𝒪𝒫𝒳𝒴𝒵", strict=True))
ALPHABETS: Mapping[str, Mapping[str, str]] = {
    "mathbb": _DOUBLE, "mathcal": _SCRIPT, "mathscr": _SCRIPT, "mathbf": {}, "boldsymbol": {}, "mathit": {},
    "mathfrak": {}, "bm": {},
}  # fmt: skip
"""Letters of special alphabets; the others stay as they are."""

FRACTIONS = frozenset({"frac", "dfrac", "tfrac"})
BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
UPRIGHT = frozenset(
    {"text", "mathrm", "operatorname", "operatorname*", "textbf", "textit", "texttt", "mathsf", "mathtt"}
)
SIZED = frozenset({"left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg"})
"""Commands that take arguments, by what becomes of them."""
