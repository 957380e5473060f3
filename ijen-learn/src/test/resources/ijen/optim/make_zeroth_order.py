"""Writes zeroth_order.txt: what the zeroth-order optimisers do to a quadratic in 20 steps.

A transcription of the formulae in NumPy, in float64, with Philox4x32-10, the names of streams, and the
normal numbers of Ijen written anew: python3 make_zeroth_order.py > zeroth_order.txt

Loss: L(x) = sum a (x - c)^2 / 2 of 8 numbers in two layers, the first six weights, the others biases.
"""

import numpy as np

N, STEPS, RADIUS = 8, 20, 0.1
A = 0.5 + 0.25 * np.arange(N)
C = 0.1 * np.arange(N) - 0.3
WEIGHTS = np.arange(N) < 6
M64 = (1 << 64) - 1


def loss(x):
    return float(np.sum(A * (x - C) ** 2) / 2)


def gradient(x):
    return A * (x - C)


# ------------------------------------------------------------------ random numbers


def philox(seed, stream, position):
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF
    c = [position & 0xFFFFFFFF, position >> 32, stream & 0xFFFFFFFF, stream >> 32 & 0xFFFFFFFF]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k0, p1 & 0xFFFFFFFF, p0 >> 32 ^ c[3] ^ k1, p0 & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c


def word(seed, stream, w):
    return philox(seed, stream, w // 4)[w % 4]


def mix(z):
    x = (z + 0x9E3779B97F4A7C15) & M64
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & M64
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & M64
    return x ^ x >> 31


def stream_id(purpose, number):
    h = 0xCBF29CE484222325
    for letter in purpose:
        h = ((h ^ ord(letter)) * 0x100000001B3) & M64
    return mix((mix(h) + number) & M64)


def normal(seed, stream, i):
    pair = i // 32 * 16 + i % 16
    a, b = word(seed, stream, 2 * pair), word(seed, stream, 2 * pair + 1)
    radius = np.sqrt(-2 * np.log((a // 2 + 0.5) / 2**31))
    low = b & (1 << 30) - 1
    angle = np.pi / 2 * (low - (1 << 30) if low >= 1 << 29 else low) / 2**30
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    if b >> 30 & 1:
        x, y = y, x
    if b >> 31:
        x, y = -x, -y
    return y if i % 32 >= 16 else x


def sign(seed, stream, i):
    return -1.0 if word(seed, stream, i // 32) >> i % 32 & 1 else 1.0


def direction(kind, stream, block, seed=1):
    u = np.zeros(N)
    for i in block:
        u[i] = sign(seed, stream, i) if kind == "rademacher" else normal(seed, stream, i)
    if kind == "sphere":
        u *= np.sqrt(len(block) / np.sum(u * u))
    return u


# ------------------------------------------------------------------ estimators

WHOLE = [list(range(N))]
LAYERS = [list(range(6)), list(range(6, N))]


def random_estimate(kind="gaussian", q=1, two_sided=True, blocks=WHOLE, at_once=False):
    """at_once: each block moves by -rate before the next is measured; then the estimate is None."""

    def estimate(x, t, rate):
        x = x.copy()
        g = np.zeros(N)
        base = loss(x)
        for i in range(q):
            for b, block in enumerate(blocks):
                number = ((t - 1) * q + i) * len(blocks) + b
                u = direction(kind, stream_id("direction", number), block)
                if two_sided:
                    p = (loss(x + RADIUS * u) - loss(x - RADIUS * u)) / (2 * RADIUS)
                else:
                    p = (loss(x + RADIUS * u) - base) / RADIUS
                g += p * u / q
                if at_once:
                    x -= rate * p * u
        return g

    return estimate


def coordinate_estimate(count=N, two_sided=False):
    def estimate(x, t, rate):
        g = np.zeros(N)
        stream = stream_id("coordinates", t)
        for i in range(count):
            begin, end = N * i // count, N * (i + 1) // count
            c = philox(1, stream, i)
            j = begin + ((c[0] | c[1] << 32) * (end - begin) >> 64)
            e = np.zeros(N)
            e[j] = RADIUS
            up, down = loss(x + e), loss(x - e)
            p = (up - down) / (2 * RADIUS) if two_sided else (up - loss(x)) / RADIUS
            g[j] += (end - begin) * p
        return g

    return estimate


def forward_estimate(q=1):
    def estimate(x, t, rate):
        g = np.zeros(N)
        for i in range(q):
            u = direction("gaussian", stream_id("direction", (t - 1) * q + i), WHOLE[0])
            g += np.dot(gradient(x), u) * u / q
        return g

    return estimate


def hybrid_estimate(factor):
    zeroth = random_estimate(blocks=[list(range(6))])

    def estimate(x, t, rate):
        g = factor * zeroth(x, t, rate)
        g[6:] = gradient(x)[6:]
        return g

    return estimate


# ------------------------------------------------------------------ rules


def sgd(estimate, rate=0.02, momentum=0.0, decay=0.0):
    v = np.zeros(N)

    def step(x, t):
        nonlocal v
        v = momentum * v + estimate(x, t, rate) + decay * WEIGHTS * x
        return x - rate * v

    return step


def sign_step(estimate, rate=0.02):
    return lambda x, t: x - rate * np.sign(estimate(x, t, rate))


def conservative(estimate, rate=0.02):
    def step(x, t):
        g = estimate(x, t, rate)
        return min([x, x - rate * g, x + rate * g], key=loss)

    return step


def adam(estimate, rate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.0):
    m, v = np.zeros(N), np.zeros(N)

    def step(x, t):
        nonlocal m, v
        g = estimate(x, t, rate) + decay * WEIGHTS * x
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        return x - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)

    return step


CASES = {
    "zo-sgd": sgd(random_estimate()),
    "zo-sgd q=3": sgd(random_estimate(q=3)),
    "zo-sgd one-sided": sgd(random_estimate(two_sided=False)),
    "zo-sgd one-sided q=2": sgd(random_estimate(q=2, two_sided=False)),
    "zo-sgd rademacher": sgd(random_estimate("rademacher")),
    "zo-sgd sphere": sgd(random_estimate("sphere")),
    "zo-sgd layers": sgd(random_estimate(blocks=LAYERS, at_once=True)),
    "zo-sgd layers q=2": sgd(random_estimate(q=2, blocks=LAYERS)),
    "zo-sgd decay": sgd(random_estimate(), decay=0.1),
    "zo-sgd momentum": sgd(random_estimate(), momentum=0.9),
    "zo-sgd momentum decay": sgd(random_estimate(), momentum=0.9, decay=0.1),
    "zo-sgd coordinate": sgd(coordinate_estimate()),
    "zo-sgd coordinate count=3": sgd(coordinate_estimate(3, True)),
    "zo-sgd hybrid": sgd(hybrid_estimate(0.5)),
    "forward-grad": sgd(forward_estimate()),
    "forward-grad q=2 momentum": sgd(forward_estimate(2), momentum=0.9),
    "zo-sign": sign_step(random_estimate()),
    "zo-conservative": conservative(random_estimate()),
    "zo-conservative rate=0.3": conservative(random_estimate(), rate=0.3),
    "zo-adam": adam(random_estimate()),
    "zo-adam decay q=2": adam(random_estimate(q=2), decay=0.1),
}

if __name__ == "__main__":
    for name, step in CASES.items():
        x = np.where(WEIGHTS, 1.0, -1.0)
        for t in range(1, STEPS + 1):
            x = step(x, t)
            if t in (1, STEPS):
                print(name, t, *(f"{number:.12g}" for number in x), sep=";")
