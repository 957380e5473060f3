"""PyTorch from Python: the data one float32 tensor in memory, an order drawn anew each epoch, batches
taken by index, the loss read in every step. No DataLoader, which is several times slower on small
samples that are in memory already."""
import sys

import torch
from torch import nn

import peer


def network(job):
    layers, widths = [], list(job.layers)
    if job.kind == "convolutional":
        side = int(widths[0] ** 0.5)
        second = side // 2 - 4
        layers += [nn.Unflatten(1, (1, side, side))]
        layers += [begun(nn.Conv2d(1, 6, 5, padding=2), 25), nn.ReLU(), nn.MaxPool2d(2)]
        layers += [begun(nn.Conv2d(6, 16, 5), 6 * 25), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
        widths[0] = 16 * (second // 2) ** 2
    for inputs, outputs in zip(widths, widths[1:-1]):
        layers.append(begun(nn.Linear(inputs, outputs), inputs))
        if job.kind == "normalised":
            layers.append(nn.BatchNorm1d(outputs))
        layers.append(nn.ReLU())
        if job.kind == "normalised":
            layers.append(nn.Dropout(job.dropout))
    layers.append(begun(nn.Linear(widths[-2], widths[-1]), widths[-2]))
    if not job.decides:
        layers.append(nn.Sigmoid())
    return nn.Sequential(*layers)


def begun(layer, inputs):
    nn.init.normal_(layer.weight, std=(2 / inputs) ** 0.5)
    nn.init.zeros_(layer.bias)
    return layer


def optimizer(job, model):
    if job.adam:
        return torch.optim.Adam(model.parameters(), lr=job.rate)
    weights = [value for name, value in model.named_parameters() if name.endswith("weight")]
    biases = [value for name, value in model.named_parameters() if name.endswith("bias")]
    groups = [{"params": weights, "weight_decay": job.decay}, {"params": biases}]
    return torch.optim.SGD(groups, lr=job.rate, momentum=job.momentum)


def main():
    job = peer.Job(sys.argv[1:])
    torch.set_num_threads(job.threads)
    torch.set_num_interop_threads(1)
    if job.probe:
        a = torch.randn(512, 512)
        product = peer.product(lambda: a @ a)
        peer.begin(torch.__version__, product)
        return
    peer.begin(torch.__version__)
    torch.manual_seed(job.seed)
    x = torch.from_numpy(job.images("train"))
    y = torch.from_numpy(job.labels("train"))
    test_x = torch.from_numpy(job.images("test"))
    test_y = torch.from_numpy(job.labels("test"))
    model = network(job)
    update = optimizer(job, model)
    measure = nn.CrossEntropyLoss() if job.decides else nn.MSELoss()

    def epoch():
        model.train()
        total = 0.0
        for indices in torch.randperm(len(x)).split(job.batch):
            xs = x.index_select(0, indices)
            ys = y.index_select(0, indices) if job.decides else xs
            update.zero_grad(set_to_none=True)
            loss = measure(model(xs), ys)
            loss.backward()
            update.step()
            total += loss.item() * len(indices)
        return total / len(x)

    def accuracy(rows):
        right = 0
        with torch.no_grad():
            for xs, ys in zip(test_x.split(rows), test_y.split(rows)):
                right += (model(xs).argmax(1) == ys).sum().item()
        return right / len(test_x)

    peer.epochs(job, epoch)
    model.eval()
    if job.decides:
        peer.say(test=accuracy(len(test_x)))
        for rows in sorted({1000, len(test_x)}):
            peer.evaluation(job, "batches of %d" % rows, lambda: accuracy(rows))
    else:
        with torch.no_grad():
            peer.say(test=((model(test_x) - test_x) ** 2).mean().item())


main()
