"""Makes isolation_forest.json.golden: what scikit-learn's isolation forest says of made-up counts.

    python3 isolation_forest.py > isolation_forest.json.golden        (needs numpy and scikit-learn)

`forest` holds trees as scikit-learn grew them, rows, and their scores: scoring must give the same. `fitted` holds rows and their
mean scores over many seeds: a forest grown by others on the same rows must give about the same.
"""
import json

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest


def counts(rows, rng):
    """Sessions: some steps in proportion, one that is rare, one in bursts."""
    reads = rng.integers(1, 5, rows)
    return np.stack([
        np.ones(rows, dtype=int),
        reads,
        2 * reads + rng.integers(0, 2, rows),
        rng.poisson(3, rows),
        (rng.random(rows) < 0.04).astype(int),
        np.where(rng.random(rows) < 0.05, rng.integers(5, 60, rows), 0),
    ], axis=1)


def exported(forest):
    return [{
        "left": tree.children_left.tolist(), "right": tree.children_right.tolist(), "column": tree.feature.tolist(),
        "threshold": tree.threshold.tolist(), "windows": tree.n_node_samples.tolist(),
    } for tree in (each.tree_ for each in forest.estimators_)]


def main():
    rng = np.random.default_rng(8)
    train, test = counts(400, rng), counts(40, rng)
    forest = IsolationForest(n_estimators=12, max_samples=64, random_state=1).fit(train)
    scores = [-IsolationForest(n_estimators=200, max_samples=256, random_state=seed).fit(np.log1p(train))
              .score_samples(np.log1p(train)) for seed in range(10)]
    print(json.dumps({
        "made with": f"scikit-learn {sklearn.__version__}",
        "forest": {"windows": 64, "trees": exported(forest), "rows": test.tolist(),
                   "scores": (-forest.score_samples(test)).tolist()},
        "fitted": {"rows": train.tolist(), "scores": np.mean(scores, axis=0).round(6).tolist(),
                   "spread": float(np.std(scores, axis=0).mean())},
    }, separators=(",", ":")))


if __name__ == "__main__":
    main()
