"""The networks of the study fashion-mlp in PyTorch, for the references in its recipe.

    ./ijen data convert fashion-mnist fashion.npz --pool 0.8 --data-seed 42
    python3 fashion_mlp_peer.py fashion.npz [--seeds 5] [--epochs 10] [--networks a-256,b-128-he] [--threads 1]
    python3 fashion_mlp_peer.py --list

The file holds all 70,000 images, divided as the study divides them, so that both measure on the same test
images. A seed draws weights, order and dropout. A line of JSON for each epoch, and one for each network
behind its last seed: mean and standard deviation of the test accuracy at the end."""
import argparse
import json
import statistics

BATCH = 256
RATE = 0.1

# As the recipe names them: the hidden layers, and the probability of dropout after each.
PLAIN = {
    "a-256": ([256], 0.0),
    "b-128": ([128], 0.0),
    "b-512": ([512], 0.0),
    "c-256-256": ([256, 256], 0.0),
    "d-dropout": ([256, 256], 0.5),
}
NETWORKS = {name + end: name for name in PLAIN for end in ("", "-he")}


def samples(path):
    """Pixels as float32 in [0, 1], [count, 784], and labels, of both parts."""
    import numpy as np
    import torch

    with np.load(path) as file:
        for part in ("train", "test"):
            pixels = file["x_" + part].reshape(-1, 784).astype(np.float32) / np.float32(255)
            labels = file["y_" + part].astype(np.int64)
            yield torch.from_numpy(pixels), torch.from_numpy(labels)


def network(name):
    from torch import nn

    hidden, dropout = PLAIN[NETWORKS[name]]
    widths = [784] + hidden + [10]
    layers = []
    for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layer = nn.Linear(inputs, outputs)
        nn.init.normal_(layer.weight, std=(2 / inputs) ** 0.5 if name.endswith("-he") else 0.01)
        nn.init.zeros_(layer.bias)
        layers.append(layer)
        if i < len(hidden):
            layers.append(nn.ReLU())
            if dropout > 0:
                layers.append(nn.Dropout(dropout))
    return nn.Sequential(*layers)


def train(name, seed, epochs, x, y, test_x, test_y):
    """Trains one network; yields the mean loss and both accuracies after each epoch."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    count = len(y)
    model = network(name)
    update = torch.optim.SGD(model.parameters(), lr=RATE)
    measure = nn.CrossEntropyLoss()

    def accuracy(samples, targets):
        with torch.no_grad():
            right = sum(
                (model(xs).argmax(1) == ys).sum().item()
                for xs, ys in zip(samples.split(4096), targets.split(4096)))
        return right / len(targets)

    for _ in range(epochs):
        model.train()
        total = 0.0
        for indices in torch.randperm(count).split(BATCH):
            update.zero_grad(set_to_none=True)
            loss = measure(model(x[indices]), y[indices])
            loss.backward()
            update.step()
            total += loss.item() * len(indices)
        model.eval()
        yield total / count, accuracy(x, y), accuracy(test_x, test_y)


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--networks", default=",".join(NETWORKS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    words = parser.parse_args()
    if words.list:
        for name, plain in NETWORKS.items():
            hidden, dropout = PLAIN[plain]
            say(network=name, hidden=hidden, dropout=dropout, he=name.endswith("-he"), batch=BATCH,
                rate=RATE)
        return
    names = words.networks.split(",")
    unknown = [name for name in names if name not in NETWORKS]
    if unknown or not words.file:
        parser.error("expected a file and networks of %s, got %s" % (", ".join(NETWORKS), unknown))

    import torch

    torch.set_num_threads(words.threads)
    (x, y), (test_x, test_y) = samples(words.file)
    for name in names:
        ends = []
        for seed in range(1, words.seeds + 1):
            for epoch, (loss, right, test) in enumerate(
                    train(name, seed, words.epochs, x, y, test_x, test_y), start=1):
                say(network=name, seed=seed, epoch=epoch, loss=loss, train=right, test=test)
            ends.append(test)
        spread = statistics.stdev(ends) if len(ends) > 1 else None
        say(network=name, of="PyTorch " + torch.__version__, runs=len(ends),
            mean=statistics.mean(ends), sd=spread)


main()
