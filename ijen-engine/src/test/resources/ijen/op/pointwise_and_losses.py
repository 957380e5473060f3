"""Writes pointwise.csv and losses.csv beside this file: what PyTorch computes in double.

Run with PyTorch 1.13 or later: python3 pointwise_and_losses.py
"""

import pathlib

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)


def numbers(values):
    return " ".join(repr(v) for v in values.detach().reshape(-1).tolist())


def pointwise():
    xs = [-60.0, -18.5, -7.25, -3.0, -1.2784645, -1.0, -0.7517916, -0.25, -1e-3, -1e-9, 0.0]
    xs += [1e-9, 1e-3, 0.25, 0.7, 1.0, 2.5, 6.0, 17.0, 60.0]
    functions = {
        "step": lambda x: torch.heaviside(x, torch.zeros(1)),
        "relu": F.relu,
        "leaky-relu:0.01": lambda x: F.leaky_relu(x, 0.01),
        "leaky-relu:-0.25": lambda x: F.leaky_relu(x, -0.25),
        "elu:1.0": F.elu,
        "elu:0.3": lambda x: F.elu(x, 0.3),
        "selu": F.selu,
        "gelu": F.gelu,
        "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
        "silu": F.silu,
        "softplus": lambda x: F.softplus(x, threshold=1000),
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "erf": torch.erf,
        "exp": torch.exp,
    }
    with open(HERE / "pointwise.csv", "w") as out:
        out.write("function,x,y,derivative\n")
        for name, f in functions.items():
            x = torch.tensor(xs, requires_grad=True)
            y = f(x)
            if name == "step":
                derivative = torch.zeros_like(x)
            else:
                (derivative,) = torch.autograd.grad(y.sum(), x)
            out.write(f"{name},{numbers(x)},{numbers(y)},{numbers(derivative)}\n")


def losses():
    torch.manual_seed(4)
    rows, classes = 5, 4
    cases = {}

    def add(name, first, second, f, by_second=False):
        """f gives one loss for each row; gradients are those of its sum."""
        a = first.clone().requires_grad_()
        b = second.clone().requires_grad_(by_second)
        loss = f(a, b)
        loss.sum().backward()
        cases[name] = (a, b, loss, a.grad, b.grad if by_second else torch.zeros(0))

    z = 3 * torch.randn(rows, classes)
    labels = torch.tensor([0, 3, 1, 2, 2])
    q = torch.softmax(torch.randn(rows, classes), 1)

    def cross_entropy(smoothing):
        return lambda a, b: F.cross_entropy(
            a, labels, reduction="none", label_smoothing=smoothing)

    def of_distribution(smoothing):
        return lambda a, b: F.cross_entropy(a, b, reduction="none", label_smoothing=smoothing)

    add("labels:0.0", z, labels.double(), cross_entropy(0.0))
    add("labels:0.1", z, labels.double(), cross_entropy(0.1))
    add("distribution:0.0", z, q, of_distribution(0.0), True)
    add("distribution:0.25", z, q, of_distribution(0.25), True)

    a = 2 * torch.randn(rows, classes)
    b = 2 * torch.randn(rows, classes)
    mean = lambda f: lambda a, b: f(a, b, reduction="none").mean(1)
    add("squared", a, b, mean(F.mse_loss), True)
    add("absolute", a, b, mean(F.l1_loss), True)
    huber = lambda delta: lambda a, b: F.huber_loss(a, b, reduction="none", delta=delta).mean(1)
    add("huber:1.0", a, b, huber(1.0), True)
    add("huber:2.5", a, b, huber(2.5), True)

    t = torch.tensor([[0.0, 1.0, 0.25, 1.0]] * rows)
    add("binary-of-logits", z, t, lambda a, b: F.binary_cross_entropy_with_logits(
        a, b, reduction="none"), True)
    p = torch.sigmoid(z)
    p[0] = torch.tensor([0.0, 1.0, 0.5, 1.0])
    add("binary", p, t, lambda a, b: F.binary_cross_entropy(a, b, reduction="none"))
    add("half-logistic", z, t, lambda a, b: b * F.softplus(-a, threshold=1000) + (1 - b) * a, True)

    with open(HERE / "losses.csv", "w") as out:
        out.write("loss,first,second,value,byFirst,bySecond\n")
        for name, columns in cases.items():
            out.write(",".join([name] + [numbers(c) for c in columns]) + "\n")


pointwise()
losses()
