"""PyTorch from Python: the data one float32 tensor in memory, an order drawn anew each epoch, batches
taken by index, the loss read in every step. No DataLoader, which is several times slower on small
samples that are in memory already."""
import sys

import torch
from torch import nn

import peer


def network(job):
    layers = []
    for inputs, outputs in zip(job.layers, job.layers[1:]):
        dense = nn.Linear(inputs, outputs)
        nn.init.normal_(dense.weight, std=(2 / inputs) ** 0.5)
        nn.init.zeros_(dense.bias)
        layers += [dense, nn.ReLU()]
    layers.pop()
    if not job.decides:
        layers.append(nn.Sigmoid())
    return nn.Sequential(*layers)


def optimizer(job, model):
    if job.adam:
        return torch.optim.Adam(model.parameters(), lr=job.rate)
    weights = [value for name, value in model.named_parameters() if name.endswith("weight")]
    biases = [value for name, value in model.named_parameters() if name.endswith("bias")]
    groups = [{"params": weights, "weight_decay": job.decay}, {"params": biases}]
    return torch.optim.SGD(groups, lr=job.rate)


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
