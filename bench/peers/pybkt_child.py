"""Run by `bench/tracing.py` in an interpreter of its own: fit pyBKT, print its predictions' place and its time.

pyBKT 1.4.3 needs older packages than Cairn: scikit-learn<1.6, numpy<2, pandas<2.3.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd
from pyBKT.models import Model


def main() -> None:
    train, test, out = sys.argv[1:]
    names = {"user_id": "user_id", "skill_name": "skill_id", "correct": "correct", "order_id": "order_id"}
    frames = [pd.read_csv(path, sep="\t") for path in (train, test)]
    for frame in frames:
        frame["order_id"] = np.arange(len(frame))
        frame["skill_id"] = frame["skill_id"].astype(str)
    model = Model(seed=0, num_fits=1, parallel=False)
    begin = time.perf_counter()
    model.fit(data=frames[0], defaults=names)
    spent = time.perf_counter() - begin
    predicted = model.predict(data=frames[1])
    ordered = predicted.sort_values("order_id") if "order_id" in predicted else predicted.sort_index()
    np.savez(out, predicted=ordered["correct_predictions"].to_numpy(), seconds=spent)


if __name__ == "__main__":
    main()
