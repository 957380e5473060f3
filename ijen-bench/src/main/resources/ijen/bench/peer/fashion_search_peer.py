"""The configurations of a search on Fashion-MNIST in PyTorch: how long they take there, and what they come to.

    ./ijen tune fashion-search                    # writes search.json
    ./ijen data convert fashion-mnist fashion.npz
    python3 fashion_search_peer.py fashion.npz search.json [--trials 0,10,20] [--epochs 2] [--processes 2]
    python3 fashion_search_peer.py --list

Trials are trained side by side, each on one thread, as Ijen's are, longest first so that none is left alone in the
end. A fifth of the training images is held out (other ones than Ijen's, as many of them) and looked at after each
epoch. With --epochs fewer are trained, and the seconds are those of all of them by proportion. A line of JSON for
each trial, with Ijen's seconds and value beside PyTorch's, and one for all of them."""
import argparse
import json
import multiprocessing
import os
import time

SHARED = {
    "data": "fashion-mnist",
    "normalise": "shift:-0.5",
    "validation": "0.2",
    "hidden": "{layers}x{units}",
    "optimizer": "sgd",
    "init": "lecun-uniform(0.57735)",  # what nn.Linear begins with
}
part = None  # the samples, in each process


def samples(path):
    """The training images in [-0.5, 0.5], [60000, 784], and labels."""
    import numpy as np
    import torch

    with np.load(path) as file:
        pixels = file["x_train"].reshape(-1, 784).astype(np.float32) / np.float32(255) - np.float32(0.5)
        labels = file["y_train"].astype(np.int64)
    return torch.from_numpy(pixels), torch.from_numpy(labels)


def activation(name):
    from torch import nn

    made = {
        "relu": nn.ReLU,
        "leaky-relu:slope=0.01": lambda: nn.LeakyReLU(0.01),
        "elu": nn.ELU,
        "prelu": nn.PReLU,
    }
    return made[name]()


def network(of):
    from torch import nn

    layers, inputs, units = [], 784, int(of["units"])
    for _ in range(int(of["layers"])):
        layers.append(nn.Linear(inputs, units))
        if of.get("batch-norm") == "true":
            layers.append(nn.BatchNorm1d(units))
        layers.append(activation(of.get("activation", "relu")))
        if float(of.get("dropout", 0)) > 0:
            layers.append(nn.Dropout(float(of["dropout"])))
        inputs = units
    layers.append(nn.Linear(inputs, 10))
    return nn.Sequential(*layers)


def start(path):
    global part
    import torch

    torch.set_num_threads(1)
    x, y = samples(path)
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(0))
    held = len(y) // 5
    part = x[order[held:]], y[order[held:]], x[order[:held]], y[order[:held]]


def train(trial):
    """Trains one configuration; the line that says what came out."""
    import torch
    from torch import nn

    of, epochs = trial["configuration"], trial["epochs"]
    x, y, held_x, held_y = part
    began = time.perf_counter()
    torch.manual_seed(trial["number"])
    model = network(of)
    weights = [one for one in model.parameters() if one.ndim > 1]
    others = [one for one in model.parameters() if one.ndim == 1]
    update = torch.optim.SGD(
        [{"params": weights, "weight_decay": float(of["weight-decay"])}, {"params": others}],
        lr=float(of["lr"]))
    measure = nn.CrossEntropyLoss()
    for _ in range(epochs):
        model.train()
        for indices in torch.randperm(len(y)).split(int(of["batch"])):
            update.zero_grad(set_to_none=True)
            measure(model(x[indices]), y[indices]).backward()
            update.step()
        model.eval()
        with torch.no_grad():
            right = (model(held_x).argmax(1) == held_y).sum().item()
    seconds = (time.perf_counter() - began) * trial["all"] / epochs
    return dict(
        number=trial["number"], configuration=of, epochs=epochs, seconds=seconds,
        ijen_seconds=trial["seconds"], value=right / len(held_y) if epochs == trial["all"] else None,
        ijen_value=trial["value"])


def trials(path, chosen, epochs):
    with open(path) as file:
        search = json.load(file)
    for key, value in SHARED.items():
        if search["settings"].get(key) != value:
            raise SystemExit("%s: expected a search with %s %r, got %r"
                             % (path, key, value, search["settings"].get(key)))
    found = []
    for line in search["table"]:
        if line["state"] == "complete" and (chosen is None or line["number"] in chosen):
            total = int(line["configuration"]["epochs"])
            found.append(dict(
                number=line["number"], configuration=line["configuration"], all=total,
                epochs=min(total, epochs or total), seconds=line["seconds"], value=line["value"]))
    if not found:
        raise SystemExit("%s: no such trial has been carried out" % path)
    return found


def work(trial):
    """Steps of an epoch, about what a trial costs."""
    return trial["epochs"] / int(trial["configuration"]["batch"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("search", nargs="?")
    parser.add_argument("--trials", type=lambda text: {int(one) for one in text.split(",")})
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="the settings that a search must have")
    words = parser.parse_args()
    if words.list:
        print(json.dumps(SHARED))
        return
    if not words.search:
        parser.error("expected a file with samples, and search.json")
    todo = sorted(trials(words.search, words.trials, words.epochs), key=work, reverse=True)

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # for the processes to come: a second thread would only wait, and busily
    context = multiprocessing.get_context("spawn")
    with context.Pool(words.processes, initializer=start, initargs=(words.file,)) as pool:
        pool.map(len, [[]] * words.processes)  # they have begun
        began = time.perf_counter()
        lines = []
        for line in pool.imap_unordered(train, todo):
            print(json.dumps(line), flush=True)
            lines.append(line)
        wall = time.perf_counter() - began

    import torch

    print(json.dumps(dict(
        of="PyTorch " + torch.__version__, trials=len(lines), processes=words.processes,
        wall=wall, seconds=sum(line["seconds"] for line in lines),
        ijen_seconds=sum(line["ijen_seconds"] for line in lines))), flush=True)


if __name__ == "__main__":
    main()
