"""The brief's models in Keras and scikit-learn, for comparison: a job as JSON on standard input, an answer on standard output.

A job is {"sequences": events of each session, "events": how many there are, "anomalous": one a session, "train", "heldBack",
"test": rows, "seed", "models": names}; an answer has for each model {"tp", "fp", "fn", "fit": seconds, "score": seconds,
"stuck": whether it learned little more than each column's mean}. A threshold is the 99.5 % quantile of the held-back scores.
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

HISTORY, LEVEL = 10, 0.995


def counts(job):
    rows = np.zeros((len(job["sequences"]), job["events"]), dtype="float32")
    for row, sequence in zip(rows, job["sequences"]):
        np.add.at(row, sequence, 1)
    return rows


def forest(job):
    """scikit-learn's isolation forest with 200 trees on log1p counts."""
    from sklearn.ensemble import IsolationForest
    x = np.log1p(counts(job))
    model = IsolationForest(n_estimators=200, max_samples=256, random_state=job["seed"])
    return (lambda: model.fit(x[job["train"]])), (lambda rows: -model.score_samples(x[rows])), lambda: False


def autoencoder(job):
    """Dense 64-32-16-32-64 with ReLU, sigmoid output, Adam, mean squared error, batches of 32, 100 epochs."""
    import keras
    from keras.layers import Dense, Input
    from sklearn.preprocessing import MinMaxScaler
    keras.utils.set_random_seed(job["seed"])
    rows = counts(job)
    x = MinMaxScaler().fit(rows[job["train"]]).transform(rows)
    layer = inputs = Input((x.shape[1],))
    for units in (64, 32, 16, 32, 64):
        layer = Dense(units, activation="relu")(layer)
    model = keras.Model(inputs, Dense(x.shape[1], activation="sigmoid")(layer))
    model.compile(optimizer="adam", loss="mse")
    train = x[job["train"]]

    def fit():
        model.fit(train, train, epochs=100, batch_size=32, validation_split=0.2, verbose=0)

    def errors(which):
        return np.mean((x[which] - model.predict(x[which], batch_size=2048, verbose=0)) ** 2, axis=1)

    def stuck():
        return bool(errors(job["train"]).mean() > 0.9 * np.mean((train - train.mean(axis=0)) ** 2))

    return fit, errors, stuck


def windows(job, code, rows):
    """Every event, and the end, with the ten before it; 0 pads on the left."""
    context, target, owner = [], [], []
    for session in rows:
        known = [0] * HISTORY + [code.get(event, code["unseen"]) for event in job["sequences"][session]] + [code["end"]]
        for i in range(HISTORY, len(known)):
            context.append(known[i - HISTORY:i])
            target.append(known[i])
            owner.append(session)
    return np.array(context, dtype="int32"), np.array(target, dtype="int32"), np.array(owner)


def lstm(job):
    """Embedding 16, LSTM 64, softmax; ten epochs in batches of 256. The score is the largest -ln p of a session's events."""
    import keras
    from keras.layers import LSTM, Dense, Embedding, Input
    keras.utils.set_random_seed(job["seed"])
    seen = sorted({event for row in job["train"] for event in job["sequences"][row]})
    code = {"end": len(seen) + 1, "unseen": len(seen) + 2, **{event: i + 1 for i, event in enumerate(seen)}}
    size = len(seen) + 3
    model = keras.Sequential([Input((HISTORY,)), Embedding(size, 16), LSTM(64), Dense(size, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    context, target, _ = windows(job, code, job["train"])

    def surprise(rows):
        x, y, owner = windows(job, code, rows)
        odds = model.predict(x, batch_size=2048, verbose=0)
        worst = np.zeros(len(job["sequences"]))
        np.maximum.at(worst, owner, np.where(y == code["unseen"], 50, -np.log(odds[np.arange(len(y)), y] + 1e-20)))
        return worst[rows]

    return (lambda: model.fit(context, target, epochs=10, batch_size=256, verbose=0)), surprise, lambda: False


MODELS = {"isolation-forest": forest, "autoencoder": autoencoder, "lstm": lstm}


def timed(work):
    """What it gives, and the smaller of elapsed and processor time: other programs may be at work on the machine."""
    start, busy = time.perf_counter(), time.process_time()
    value = work()
    return value, min(time.perf_counter() - start, time.process_time() - busy)


def measured(job, name):
    fit, score, stuck = MODELS[name](job)
    _, fitted = timed(fit)
    scores, scored = timed(lambda: score(job["test"]))
    flagged = scores > np.quantile(score(job["heldBack"]), LEVEL)
    truth = np.array(job["anomalous"])[job["test"]]
    return {"tp": int((flagged & truth).sum()), "fp": int((flagged & ~truth).sum()), "fn": int((~flagged & truth).sum()),
            "fit": fitted, "score": scored, "stuck": stuck()}


if __name__ == "__main__":
    job = json.load(sys.stdin)
    json.dump({name: measured(job, name) for name in job["models"]}, sys.stdout)
