"""Writes optimizers.txt: 20 steps of every first-order optimiser on two problems, in float64.

Run with a Python that has PyTorch 1.13 and NumPy: python3 make_optimizers.py > optimizers.txt

Each line of the output: problem, the optimiser as Ijen's registry reads it, "torch" or "numpy", then
theta after steps 1, 2, 5, 10 and 20. Problem "quadratic": L(x) = sum a (x - c)^2 / 2, of 8 numbers from
+1 (6 weights) and -1 (2 biases). Problem "mlp": a perceptron 3-4-2 with tanh and cross-entropy on 6
samples; all its numbers are given by formulae, see mlp().
"""

import math
import sys

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
STEPS = (1, 2, 5, 10, 20)


class Quadratic:
    name = "quadratic"
    sizes = [(6, True), (2, False)]  # how many, whether they decay

    def start(self):
        return np.array([1.0] * 6 + [-1.0] * 2)

    def loss(self, tensors):
        x = torch.cat([t.reshape(-1) for t in tensors])
        i = torch.arange(8, dtype=torch.float64)
        a, c = 0.5 + 0.25 * i, 0.1 * i - 0.3
        return (a * (x - c) ** 2).sum() / 2

    def shapes(self):
        return [(2, 3), (2,)]


class Mlp:
    name = "mlp"
    sizes = [(12, True), (4, False), (8, True), (2, False)]

    def start(self):
        return np.array([0.5 * math.sin(1.7 * i + 0.3) for i in range(26)])

    def shapes(self):
        return [(4, 3), (4,), (2, 4), (2,)]

    def loss(self, tensors):
        w1, b1, w2, b2 = tensors
        x = torch.tensor([[math.cos(0.9 * (3 * r + c)) for c in range(3)] for r in range(6)])
        y = torch.tensor([r % 2 for r in range(6)])
        z = torch.tanh(x @ w1.T + b1) @ w2.T + b2
        return torch.nn.functional.cross_entropy(z, y)


def tensors(problem, flat):
    out, at = [], 0
    for shape in problem.shapes():
        n = int(np.prod(shape))
        out.append(torch.tensor(flat[at : at + n].reshape(shape), requires_grad=True))
        at += n
    return out


def flat(parameters):
    return np.concatenate([p.detach().numpy().reshape(-1) for p in parameters])


def gradient(problem, x):
    t = tensors(problem, x)
    value = problem.loss(t)
    value.backward()
    return value.item(), np.concatenate([p.grad.numpy().reshape(-1) for p in t])


def put(problem, text, source, path):
    numbers = " ".join(repr(float(v)) for step in STEPS for v in path[step])
    sys.stdout.write(f"{problem.name} {text} {source} {numbers}\n")


def run_torch(problem, text, make, decay=0.0, clip=None):
    p = tensors(problem, problem.start())
    everywhere = "decay-biases=true" in text
    groups = [
        {"params": [t], "weight_decay": decay if decays or everywhere else 0.0}
        for t, (_, decays) in zip(p, problem.sizes)
    ]
    optimizer = make(p if decay is None else groups)

    def closure():
        optimizer.zero_grad()
        value = problem.loss(p)
        value.backward()
        if clip:
            clip(p)
        return value

    path = {}
    for step in range(1, 21):
        optimizer.step(closure)
        path[step] = flat(p)
    put(problem, text, "torch", path)


def run_numpy(problem, text, rule):
    x, path, memory = problem.start(), {}, {}
    for step in range(1, 21):
        x = rule(problem, x, step, memory)
        path[step] = x.copy()
    put(problem, text, "numpy", path)


# ------------------------------------------------------- rules that PyTorch does not have


def ada_m(problem, w, r, memory, rate=0.05, b1=0.9, b2=0.999, eps=1e-8):
    m, s = memory.get("m", np.zeros_like(w)), memory.get("s", np.zeros_like(w))
    ahead = gradient(problem, w + b1 * m)[1]
    here = gradient(problem, w)[1]
    m = b1 * m + (1 - b1) * ahead
    s = b2 * s + (1 - b2) * here**2
    memory["m"], memory["s"] = m, s
    m_hat = m / (1 - b1 ** (r + 1))
    s_hat = s / (1 - b2**r)
    return w - rate * m_hat / (np.sqrt(s_hat) + eps)


M64 = (1 << 64) - 1


def philox(seed, stream, position):
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF
    c = [position & 0xFFFFFFFF, position >> 32, stream & 0xFFFFFFFF, stream >> 32 & 0xFFFFFFFF]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k0, p1 & 0xFFFFFFFF, p0 >> 32 ^ c[3] ^ k1, p0 & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c


def mix(z):
    x = (z + 0x9E3779B97F4A7C15) & M64
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & M64
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & M64
    return x ^ x >> 31


def stream(purpose, number):
    h = 0xCBF29CE484222325
    for letter in purpose:
        h = ((h ^ ord(letter)) * 0x100000001B3) & M64
    return mix((mix(h) + number) & M64)


def coordinate(problem, w, r, memory, rate=0.2, seed=7):
    words = philox(seed, stream("coordinate", 0), r)
    j = (words[0] | words[1] << 32) * len(w) >> 64
    w = w.copy()
    w[j] -= rate * gradient(problem, w)[1][j]
    return w


def lbfgs(problem, w, r, memory, rate=0.3, history=3):
    """Fixed steps: the two-loop recursion written from the definition of the inverse Hessian."""
    pairs = memory.setdefault("pairs", [])
    g = gradient(problem, w)[1]
    n = len(w)
    if pairs:
        s, y = pairs[-1]
        h = np.eye(n) * (s @ y) / (y @ y)
        for s, y in pairs:
            rho = 1 / (s @ y)
            v = np.eye(n) - rho * np.outer(y, s)
            h = v.T @ h @ v + rho * np.outer(s, s)
        d, t = -h @ g, rate
    else:
        d, t = -g, rate * min(1, 1 / math.sqrt(g @ g))
    new = w + t * d
    s, y = new - w, gradient(problem, new)[1] - g
    if s @ y > 1e-10 * (y @ y):
        pairs.append((s, y))
        del pairs[:-history]
    return new


def main():
    o = torch.optim
    by_norm = lambda limit: lambda p: torch.nn.utils.clip_grad_norm_(p, limit)
    by_value = lambda limit: lambda p: torch.nn.utils.clip_grad_value_(p, limit)
    for problem in (Quadratic(), Mlp()):
        for text, make, decay, clip in [
            ("sgd:learning-rate=0.1", lambda p: o.SGD(p, 0.1), 0.0, None),
            ("sgd:learning-rate=0.1,momentum=0.9", lambda p: o.SGD(p, 0.1, momentum=0.9), 0.0, None),
            (
                "sgd:learning-rate=0.1,momentum=0.8,nesterov=true,weight-decay=0.2",
                lambda p: o.SGD(p, 0.1, momentum=0.8, nesterov=True),
                0.2,
                None,
            ),
            (
                "sgd:learning-rate=0.1,momentum=0.8,weight-decay=0.2,decay-biases=true",
                lambda p: o.SGD(p, 0.1, momentum=0.8),
                0.2,
                None,
            ),
            ("gradient-descent:weight-decay=0.2", lambda p: o.SGD(p, 0.1), 0.2, None),
            (
                "adam:learning-rate=0.05,beta1=0.8,beta2=0.99,weight-decay=0.2",
                lambda p: o.Adam(p, 0.05, betas=(0.8, 0.99)),
                0.2,
                None,
            ),
            (
                "adamw:learning-rate=0.05,weight-decay=0.3",
                lambda p: o.AdamW(p, 0.05),
                0.3,
                None,
            ),
            (
                "adamw:learning-rate=0.05,weight-decay=0.3,decay-biases=true",
                lambda p: o.AdamW(p, 0.05),
                0.3,
                None,
            ),
            (
                "amsgrad:learning-rate=0.05,beta2=0.5,weight-decay=0.2",
                lambda p: o.Adam(p, 0.05, betas=(0.9, 0.5), amsgrad=True),
                0.2,
                None,
            ),
            ("rmsprop:learning-rate=0.02", lambda p: o.RMSprop(p, 0.02), 0.0, None),
            (
                "rmsprop:learning-rate=0.02,alpha=0.9,momentum=0.7,weight-decay=0.2",
                lambda p: o.RMSprop(p, 0.02, alpha=0.9, momentum=0.7),
                0.2,
                None,
            ),
            (
                "rmsprop:learning-rate=0.002,centred=true",
                lambda p: o.RMSprop(p, 0.002, centered=True),
                0.0,
                None,
            ),
            (
                "rmsprop:learning-rate=0.002,alpha=0.9,centred=true,momentum=0.5",
                lambda p: o.RMSprop(p, 0.002, alpha=0.9, centered=True, momentum=0.5),
                0.0,
                None,
            ),
            ("adagrad:learning-rate=0.1", lambda p: o.Adagrad(p, 0.1), 0.0, None),
            (
                "adagrad:learning-rate=0.1,rate-decay=0.05,initial-sum=0.3,weight-decay=0.2",
                lambda p: o.Adagrad(p, 0.1, lr_decay=0.05, initial_accumulator_value=0.3),
                0.2,
                None,
            ),
            (
                "sgd:learning-rate=0.1,momentum=0.9,weight-decay=0.2,clip-norm=0.3",
                lambda p: o.SGD(p, 0.1, momentum=0.9),
                0.2,
                by_norm(0.3),
            ),
            (
                "sgd:learning-rate=0.1,clip-value=0.05",
                lambda p: o.SGD(p, 0.1),
                0.0,
                by_value(0.05),
            ),
            (
                "adam:learning-rate=0.05,clip-value=0.05",
                lambda p: o.Adam(p, 0.05),
                0.0,
                by_value(0.05),
            ),
        ]:
            run_torch(problem, text, make, decay, clip)
        run_numpy(problem, "look-ahead-adam:learning-rate=0.05", ada_m)
        run_numpy(problem, "coordinate-sgd:learning-rate=0.2,seed=7", coordinate)
        run_numpy(
            problem, "lbfgs:learning-rate=0.3,history=3,line-search=false", lbfgs
        )
    # Where the first gradient is shorter than 1 in PyTorch's norm too, its first step is Ijen's.
    small = Quadratic()
    small.name = "small"
    small.loss = lambda t: Quadratic.loss(small, t) / 16
    run_torch(
        small,
        "lbfgs:learning-rate=0.2,history=5,line-search=false",
        lambda p: o.LBFGS(p, 0.2, max_iter=1, history_size=5, tolerance_grad=0, tolerance_change=0),
        decay=None,
    )


main()
