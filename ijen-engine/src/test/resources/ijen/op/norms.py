"""What PyTorch says of normalisations and embeddings, in double: writes norms.txt beside this file.

One line for each array: its name, then its numbers. Run with a Python that has torch.
"""

import os

import torch

torch.manual_seed(20260131)
torch.set_default_dtype(torch.float64)
lines = []


def put(name, tensor):
    numbers = " ".join(repr(x) for x in tensor.detach().reshape(-1).tolist())
    lines.append(f"{name} {numbers}")


def run(name, layer, x, outer):
    """One call forward and backward; the layer's parameters keep their values."""
    x = x.clone().requires_grad_(True)
    layer.zero_grad()
    y = layer(x)
    y.backward(outer)
    put(name + ".x", x)
    put(name + ".d", outer)
    put(name + ".y", y)
    put(name + ".dx", x.grad)
    put(name + ".dscale", layer.weight.grad)
    put(name + ".dshift", layer.bias.grad)


def batch_norm(name, layer, shape):
    with torch.no_grad():
        layer.weight.copy_(torch.randn(shape[1]))
        layer.bias.copy_(torch.randn(shape[1]))
    put(name + ".scale", layer.weight)
    put(name + ".shift", layer.bias)
    for step in range(3):
        x = 3 * torch.randn(shape) + torch.randn(shape[1]).reshape([1, -1] + [1] * (len(shape) - 2))
        run(f"{name}.{step}", layer, x, torch.randn(shape))
        put(f"{name}.{step}.mean", layer.running_mean)
        put(f"{name}.{step}.variance", layer.running_var)
    layer.eval()
    run(name + ".eval", layer, torch.randn(shape), torch.randn(shape))


batch_norm("features", torch.nn.BatchNorm1d(5), [6, 5])
batch_norm("images", torch.nn.BatchNorm2d(3), [4, 3, 2, 3])

layer_norm = torch.nn.LayerNorm(7)
with torch.no_grad():
    layer_norm.weight.copy_(torch.randn(7))
    layer_norm.bias.copy_(torch.randn(7))
put("layer.scale", layer_norm.weight)
put("layer.shift", layer_norm.bias)
run("layer", layer_norm, 2 * torch.randn(4, 3, 7) + 1, torch.randn(4, 3, 7))

embedding = torch.nn.Embedding(5, 3)
numbers = torch.tensor([4, 0, 2, 4, 4, 1, 0, 2])
outer = torch.randn(8, 3)
rows = embedding(numbers)
rows.backward(outer)
put("embedding.table", embedding.weight)
put("embedding.numbers", numbers.double())
put("embedding.d", outer)
put("embedding.y", rows)
put("embedding.dtable", embedding.weight.grad)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "norms.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
