"""What each planted cause is, how it shows, and what tells it from others; and the words of settings."""

CAUSES = {
    # id: (name, how it shows, why, what to try to be sure)
    "healthy": (
        "nothing is wrong",
        "Both losses fall quickly, then slowly, and stay close together.",
        "The rate falls to zero along a cosine, so both curves flatten together at the end.",
        "Look at the errors themselves, and try a larger model: a good curve does not say how good the model could be.",
    ),
    "step-schedule": (
        "nothing is wrong: the rate falls in steps",
        "A noisy stretch, then a sudden fall of both losses, and less noise from there on.",
        "At a tenth of the rate the weights settle where they were only circling before.",
        "Plot the learning rate under the loss: each fall stands at a cut.",
    ),
    "dropout": (
        "nothing is wrong: dropout is on in training only",
        "The training loss lies above the validation loss throughout.",
        "In training a part of the units is missing, in validation none is.",
        "Compute the loss of the training data without dropout: it falls below that of validation.",
    ),
    "rate-too-high": (
        "the learning rate is too high",
        "The loss jumps about, rises after the first steps, or stays at the level of guessing.",
        "Steps leap across valleys; after a long leap every ReLU may be dead, and then nothing moves.",
        "Divide the rate by ten. If the loss falls steadily, that was it.",
    ),
    "rate-too-low": (
        "the learning rate is too low",
        "Both losses fall slowly and evenly, and are still falling, or hardly moving, at the end.",
        "Each step is right and far too short.",
        "Multiply the rate by ten. If the loss falls faster, that was it; a model that is too small would not change.",
    ),
    "schedule-too-short": (
        "the schedule ends too early",
        "Both losses fall, and from one moment on are level, far from what the model can do.",
        "The rate reached zero; at a rate of zero every curve is level.",
        "Plot the learning rate under the loss, or continue with a constant rate.",
    ),
    "no-shuffle": (
        "the data are not shuffled",
        "The training loss swings with the period of an epoch; the validation loss moves against it.",
        "The examples come sorted by class: while one class is learnt, the others are forgotten.",
        "Mark the epochs on the axis; shuffle, and the swing is gone.",
    ),
    "batch-too-small": (
        "the batch is too small for the rate",
        "Both losses are ragged and stop falling well above what others reach.",
        "Gradients of one or two examples scatter widely, and at a constant rate the weights never settle.",
        "Take sixteen examples a step, or a lower rate: either lowers the noise.",
    ),
    "no-warmup": (
        "warm-up is missing",
        "After the first steps the loss rises or goes its way in jumps; it recovers late or never.",
        "At the start the loss is steepest; a rate that would be right later is too high there.",
        "Raise the rate from zero over the first third of the steps. A lower rate from the start cures it as well.",
    ),
    "exploding-gradients": (
        "the gradients explode",
        "The first losses are far above guessing; then the loss is level at guessing, or not a number.",
        "The initial weights are too large: each layer makes signals and gradients larger still.",
        "Print the norm of the gradient in the first ten steps; initialise smaller, or clip.",
    ),
    "vanishing-gradients": (
        "the gradients vanish",
        "Both losses stay at guessing for long; a shallow network leaves that plateau late, a deep one never.",
        "Each sigmoid passes on at most a quarter of the gradient, so the first layers get next to nothing.",
        "Print the norm of the gradient layer by layer: it shrinks towards the input.",
    ),
    "dead-relus": (
        "the ReLUs are dead",
        "Both losses are level at guessing from the first moment.",
        "The biases begin far below zero: hardly any unit is ever active, and an inactive one has no gradient.",
        "Count the units that are zero for every example of a batch.",
    ),
    "bad-last-layer": (
        "the last layer starts too large",
        "The first loss is far above that of guessing, then it falls quickly.",
        "Before any learning the network is sure of itself and mostly wrong.",
        "Compare the very first loss with the logarithm of the number of classes.",
    ),
    "unscaled-inputs": (
        "the inputs are not scaled",
        "A high first loss, then slow or ragged progress, or a level line at guessing.",
        "Some inputs are a hundred times larger than others; no single rate suits all weights.",
        "Print mean and standard deviation of each input; standardise them.",
    ),
    "weight-decay-too-strong": (
        "the weight decay is too strong",
        "Both losses fall together and stop early, high, or return to guessing.",
        "The penalty pulls the weights to zero harder than the data pull them away.",
        "Set the decay to zero: the training loss falls at once. With a model that is too small it would not.",
    ),
    "overfitting": (
        "the model overfits",
        "The training loss goes to zero; the validation loss turns, or stays far above.",
        "A large network remembers a few examples.",
        "Train on more data: the gap shrinks. With a validation set of another kind it would stay.",
    ),
    "underfitting": (
        "the model is too small",
        "Both losses lie together and stop at a high level.",
        "Two hidden units, or none, cannot draw the borders between the classes.",
        "Double the width: the training loss falls. With a strong decay or a short schedule it would not.",
    ),
    "label-noise": (
        "training labels are wrong in part",
        "Both losses stop high, the training loss above the validation loss.",
        "A third to a half of the training labels were replaced; those of validation are right and easier to meet.",
        "Read fifty training examples with the largest loss.",
    ),
    "random-labels": (
        "the training labels do not belong to the examples",
        "Validation never gets better than guessing; training does only where the network can remember.",
        "The labels were permuted, as happens when two files are joined in the wrong order.",
        "Read ten examples with their labels as the network gets them.",
    ),
    "leakage": (
        "validation data leak into training",
        "The two losses are all but equal, and too good for the data.",
        "Validation examples were among those trained on, or the inputs held the label.",
        "Look for equal examples in both sets, and for one input that alone predicts the label.",
    ),
    "shifted-validation": (
        "the validation data come from elsewhere",
        "The training loss is as it should be; the validation loss parts from it early and stays high or rises.",
        "The validation inputs were moved in one direction; the network was never trained there.",
        "Hold out a part of the training data as well: its loss follows training. If it does not, it is overfitting.",
    ),
    "validation-too-small": (
        "the validation set is too small",
        "The training curve is smooth, the validation curve jumps from moment to moment.",
        "With ten to sixteen examples one of them moves the mean.",
        "Put an interval around the validation loss: its standard error falls with the root of the number of examples.",
    ),
    "dropout-in-validation": (
        "dropout was left on in validation",
        "The validation loss is as high and as ragged as the training loss.",
        "The network was not switched to evaluation, so units were missing there too.",
        "Compute the validation loss twice with the same weights: it must not change.",
    ),
    "half-precision": (
        "a number overflowed",
        "The curves look well and end in one step: not a number from there on.",
        "In 16 bits e to the 12th is infinity, and infinity over infinity is not a number; the network became too sure.",
        "Find the first value that is not finite; subtract the maximum before the exponential.",
    ),
    "gradients-kept": (
        "gradients are never cleared",
        "The losses fall in waves, or overshoot and come back.",
        "Each step adds all gradients since the start: momentum without friction.",
        "Print the gradient's norm at a step, then clear it and compute it again from the same batch.",
    ),
}
SAME_SIGN = (
    ("rate-too-high", "no-warmup", "gradients-kept"),
    ("rate-too-high", "exploding-gradients", "unscaled-inputs", "bad-last-layer"),
    ("rate-too-high", "batch-too-small"),
    ("rate-too-high", "half-precision"),
    ("healthy", "leakage", "dropout-in-validation"),
    ("overfitting", "shifted-validation"),
    ("label-noise", "dropout"),
    ("underfitting", "weight-decay-too-strong", "schedule-too-short"),
    ("underfitting", "rate-too-low"),
    ("vanishing-gradients", "dead-relus"),
)
"""Causes whose sign in a curve is the same, so that each fits where another was planted, whatever the run."""


def also(cause):
    """The causes that share a sign with this one."""
    return tuple(dict.fromkeys(c for group in SAME_SIGN if cause in group for c in group if c != cause))


TASKS = {
    "blobs": "points in sixteen dimensions, ten classes",
    "spirals": "three spirals in the plane",
    "text": "the next of twelve letters",
}
WORDS = {
    "examples": "training examples", "validation": "validation examples", "hidden": "hidden layers", "width": "units in a layer",
    "activation": "activation", "init": "initial weights, times", "last": "last layer, times", "bias": "initial biases",
    "optimizer": "optimiser", "rate": "learning rate", "batch": "batch", "schedule": "schedule", "decay": "weight decay",
    "dropout": "dropout", "shuffle": "shuffled", "noise": "share of wrong labels", "random_labels": "labels permuted",
    "leak": "leak", "scales": "inputs times up to 10 to the", "shift": "validation inputs moved by", "half": "softmax in 16 bits",
    "keep_gradients": "gradients kept", "dropout_in_validation": "dropout in validation", "warmup": "warm-up steps",
}  # fmt: skip
