"""The networks of the study fashion-mlp in PyTorch, for the references in its recipe.

    python3 fashion_mlp_peer.py FOLDER [--seeds 3] [--epochs 10] [--networks a-256,b-128-he] [--threads 1]
    python3 fashion_mlp_peer.py --list

FOLDER holds Fashion-MNIST's four IDX files, gzipped or not. All 70,000 images are pooled; each seed
divides them anew, 80 to 20, and draws weights, order and dropout. A line of JSON for each epoch, and one
for each network behind its last seed: mean and standard deviation of the test accuracy at the end."""
import argparse
import gzip
import json
import os
import statistics

BATCH = 256
RATE = 0.1
TRAIN_PART = 0.8

# As the recipe names them: the hidden layers, and the probability of dropout after each.
PLAIN = {
    "a-256": ([256], 0.0),
    "b-128": ([128], 0.0),
    "b-512": ([512], 0.0),
    "c-256-256": ([256, 256], 0.0),
    "d-dropout": ([256, 256], 0.5),
}
NETWORKS = {name + end: name for name in PLAIN for end in ("", "-he")}


def images_and_labels(folder):
    """All pixels as float32 in [0, 1], [70000, 784], and all labels."""
    import numpy as np

    images, labels = [], []
    for part in ("train", "t10k"):
        images.append(idx(os.path.join(folder, part + "-images-idx3-ubyte"), 16).reshape(-1, 784))
        labels.append(idx(os.path.join(folder, part + "-labels-idx1-ubyte"), 8))
    pixels = np.concatenate(images).astype(np.float32) / np.float32(255)
    return pixels, np.concatenate(labels).astype(np.int64)


def idx(path, header):
    import numpy as np

    if os.path.exists(path):
        with open(path, "rb") as file:
            content = file.read()
    else:
        with gzip.open(path + ".gz", "rb") as file:
            content = file.read()
    return np.frombuffer(content, np.uint8, offset=header)


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


def train(name, seed, epochs, pixels, labels):
    """Trains one network; yields the mean loss and both accuracies after each epoch."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    order = torch.randperm(len(labels))
    count = round(TRAIN_PART * len(labels))
    x, y = pixels[order[:count]], labels[order[:count]]
    test_x, test_y = pixels[order[count:]], labels[order[count:]]
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
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--networks", default=",".join(NETWORKS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    words = parser.parse_args()
    if words.list:
        for name, plain in NETWORKS.items():
            hidden, dropout = PLAIN[plain]
            say(network=name, hidden=hidden, dropout=dropout, he=name.endswith("-he"), batch=BATCH,
                rate=RATE, part=TRAIN_PART)
        return
    names = words.networks.split(",")
    unknown = [name for name in names if name not in NETWORKS]
    if unknown or not words.folder:
        parser.error("expected a folder and networks of %s, got %s" % (", ".join(NETWORKS), unknown))

    import torch

    torch.set_num_threads(words.threads)
    pixels, labels = (torch.from_numpy(array) for array in images_and_labels(words.folder))
    for name in names:
        ends = []
        for seed in range(1, words.seeds + 1):
            for epoch, (loss, right, test) in enumerate(
                    train(name, seed, words.epochs, pixels, labels), start=1):
                say(network=name, seed=seed, epoch=epoch, loss=loss, train=right, test=test)
            ends.append(test)
        spread = statistics.stdev(ends) if len(ends) > 1 else None
        say(network=name, of="PyTorch " + torch.__version__, runs=len(ends),
            mean=statistics.mean(ends), sd=spread)


main()
