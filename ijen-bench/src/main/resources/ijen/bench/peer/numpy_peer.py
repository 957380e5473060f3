"""NumPy, with forward and backward written by hand: float32 throughout, every array made once, every
operation writing into one of them, all parameters in one vector so that an update is a few calls.
(np.add.reduce and its like are what .sum() calls, without the detour through Python.)"""
import sys

import numpy as np

import peer

F = np.float32


class Network:
    """A stack of dense layers with ReLU between them; softmax or sigmoid is up to the losses.
    If normalised, each but the last also has a scale, a shift and running statistics."""

    def __init__(self, job, rng):
        self.job = job
        pairs = list(zip(job.layers, job.layers[1:]))
        self.weight_count = sum(a * b for a, b in pairs)
        normalised = job.layers[1:-1] if job.kind == "normalised" else []
        count = self.weight_count + sum(job.layers[1:]) + 2 * sum(normalised)
        self.theta = np.zeros(count, F)
        self.gradient = np.zeros(count, F)
        # All weights, then all biases: decay applies to the first stretch.
        self.w, self.dw, self.b, self.db = [], [], [], []
        at = 0
        for a, b in pairs:
            self.w.append(self.theta[at:at + a * b].reshape(a, b))
            self.dw.append(self.gradient[at:at + a * b].reshape(a, b))
            self.w[-1][...] = rng.normal(0, (2 / a) ** 0.5, (a, b))
            at += a * b
        for b in job.layers[1:]:
            self.b.append(self.theta[at:at + b])
            self.db.append(self.gradient[at:at + b])
            at += b
        self.scale, self.dscale, self.shift, self.dshift = [], [], [], []
        for b in normalised:
            for values, slopes in ((self.scale, self.dscale), (self.shift, self.dshift)):
                values.append(self.theta[at:at + b])
                slopes.append(self.gradient[at:at + b])
                at += b
            self.scale[-1][...] = 1
        self.mean = [np.zeros(b, F) for b in normalised]
        self.variance = [np.ones(b, F) for b in normalised]
        self.steps = 0
        if job.adam:
            self.m, self.v, self.scratch = (np.zeros(count, F) for _ in range(3))

    def update(self):
        job, theta, g = self.job, self.theta, self.gradient
        if not job.adam:
            if job.decay:
                weights = theta[:self.weight_count]
                np.multiply(weights, F(1 - job.rate * job.decay), out=weights)
            np.multiply(g, F(job.rate), out=g)
            np.subtract(theta, g, out=theta)
            return
        self.steps += 1
        m, v, s = self.m, self.v, self.scratch
        b1, b2 = 0.9, 0.999
        m *= F(b1)
        np.multiply(g, F(1 - b1), out=s)
        m += s
        v *= F(b2)
        g *= g
        g *= F(1 - b2)
        v += g
        np.multiply(v, F(1 / (1 - b2 ** self.steps)), out=s)
        np.sqrt(s, out=s)
        s += F(1e-8)
        np.divide(m, s, out=s)
        s *= F(job.rate / (1 - b1 ** self.steps))
        theta -= s


class Pass:
    """Forward and backward for batches of one size, with the memory for them."""

    def __init__(self, network, rows):
        layers = network.job.layers
        self.network = network
        self.rows = np.arange(rows)
        self.x = np.empty((rows, layers[0]), F)
        self.values = [np.empty((rows, width), F) for width in layers[1:]]
        self.slopes = [np.empty((rows, width), F) for width in layers[1:-1]]
        self.masks = [np.empty((rows, width), bool) for width in layers[1:-1]]
        self.column = np.empty((rows, 1), F)
        self.square = np.empty((rows, layers[-1]), F)

    def forward(self, x):
        net = self.network
        last = len(net.w) - 1
        for i, out in enumerate(self.values):
            np.dot(x, net.w[i], out=out)
            out += net.b[i]
            if i < last:
                np.maximum(out, 0, out=out)
            x = out
        return x

    def backward(self, x, slope):
        """Given the loss's slope by the last layer's output, fills the network's gradient."""
        net = self.network
        for i in range(len(net.w) - 1, -1, -1):
            below = self.values[i - 1] if i else x
            np.dot(below.T, slope, out=net.dw[i])
            np.add.reduce(slope, axis=0, out=net.db[i])
            if i:
                np.dot(slope, net.w[i].T, out=self.slopes[i - 1])
                np.greater(below, 0, out=self.masks[i - 1])
                slope = self.slopes[i - 1]
                slope *= self.masks[i - 1]

    def classes(self, x, y):
        """Softmax and cross-entropy: a step's mean loss, after a backward pass."""
        p = self.forward(x)
        p -= np.maximum.reduce(p, axis=1, out=self.column, keepdims=True)
        truth = p[self.rows, y]
        np.exp(p, out=p)
        np.add.reduce(p, axis=1, out=self.column, keepdims=True)
        loss = float(np.add.reduce(np.log(self.column[:, 0]) - truth)) / len(p)
        p /= self.column
        p[self.rows, y] -= 1
        if len(p) > 1:
            p *= F(1 / len(p))
        self.backward(x, p)
        return loss

    def copies(self, x):
        """Sigmoid and mean squared error against the input itself."""
        out = self.reconstruction(x)
        difference = np.subtract(out, x, out=self.square)
        flat = difference.reshape(-1)
        loss = float(np.dot(flat, flat)) / flat.size
        difference *= F(2 / flat.size)
        difference *= out
        np.subtract(1, out, out=out)
        difference *= out
        self.backward(x, difference)
        return loss

    def reconstruction(self, x):
        out = self.forward(x)
        np.negative(out, out=out)
        np.exp(out, out=out)
        out += 1
        return np.reciprocal(out, out=out)


class Normalised(Pass):
    """With batch normalisation before each ReLU, and dropout after it."""

    EPSILON, MOMENTUM = F(1e-5), F(0.1)

    def __init__(self, network, rows, rng):
        super().__init__(network, rows)
        widths = network.job.layers[1:-1]
        self.rng = rng  # None to use the running statistics and no dropout
        self.keep = F(1 - network.job.dropout)
        self.normal = [np.empty((rows, width), F) for width in widths]
        self.chance = [np.empty((rows, width), F) for width in widths]
        self.sums = [[np.empty(width, F) for width in widths] for _ in range(3)]

    def forward(self, x):
        net = self.network
        for i, z in enumerate(self.normal):
            out, mean, variance = self.values[i], self.sums[0][i], self.sums[1][i]
            np.dot(x, net.w[i], out=z)
            z += net.b[i]
            if self.rng is None:
                z -= net.mean[i]
                np.add(net.variance[i], self.EPSILON, out=variance)
            else:
                np.add.reduce(z, axis=0, out=mean)
                mean /= F(len(z))
                z -= mean
                np.einsum("ij,ij->j", z, z, out=variance)
                net.variance[i] += self.MOMENTUM * (variance / F(len(z) - 1) - net.variance[i])
                net.mean[i] += self.MOMENTUM * (mean - net.mean[i])
                variance /= F(len(z))
                variance += self.EPSILON
            np.sqrt(variance, out=variance)
            z /= variance
            np.multiply(z, net.scale[i], out=out)
            out += net.shift[i]
            np.maximum(out, 0, out=out)
            if self.rng is not None:
                chance = self.chance[i]
                self.rng.random(out=chance, dtype=F)
                np.less(chance, self.keep, out=self.masks[i])
                out *= self.masks[i]
                out *= 1 / self.keep
            x = out
        out = self.values[-1]
        np.dot(x, net.w[-1], out=out)
        out += net.b[-1]
        return out

    def backward(self, x, slope):
        net = self.network
        for i in range(len(net.w) - 1, -1, -1):
            below = self.values[i - 1] if i else x
            np.dot(below.T, slope, out=net.dw[i])
            np.add.reduce(slope, axis=0, out=net.db[i])
            if i:
                j = i - 1
                np.dot(slope, net.w[i].T, out=self.slopes[j])
                slope, z, room = self.slopes[j], self.normal[j], self.chance[j]
                np.greater(below, 0, out=self.masks[j])  # active and not dropped
                slope *= self.masks[j]
                slope *= 1 / self.keep
                np.add.reduce(slope, axis=0, out=net.dshift[j])
                np.einsum("ij,ij->j", slope, z, out=net.dscale[j])
                share = F(1 / len(z))
                np.multiply(z, net.dscale[j] * share, out=room)
                room += net.dshift[j] * share
                slope -= room
                slope *= np.divide(net.scale[j], self.sums[1][j], out=self.sums[2][j])


def main():
    job = peer.Job(sys.argv[1:])
    if job.probe:
        a = np.random.default_rng(1).normal(size=(512, 512)).astype(F)
        out = np.empty_like(a)
        peer.begin(np.__version__, peer.product(lambda: np.dot(a, a, out=out)))
        return
    peer.begin(np.__version__)
    rng = np.random.default_rng(job.seed)
    x, y = job.images("train"), job.labels("train")
    test_x, test_y = job.images("test"), job.labels("test")
    network = Network(job, rng)

    def run_of(rows, training=True):
        if job.kind == "normalised":
            return Normalised(network, rows, rng if training else None)
        return Pass(network, rows)

    whole = run_of(job.batch)
    rest = run_of(len(x) % job.batch) if len(x) % job.batch else whole

    def epoch():
        total = 0.0
        order = rng.permutation(len(x))
        for start in range(0, len(x), job.batch):
            indices = order[start:start + job.batch]
            rows = len(indices)
            run = whole if rows == job.batch else rest
            # "clip" writes straight into `out`; the indices are good.
            xs = np.take(x, indices, axis=0, out=run.x, mode="clip")
            loss = run.classes(xs, y[indices]) if job.decides else run.copies(xs)
            network.update()
            total += loss * rows
        return total / len(x)

    peer.epochs(job, epoch)
    if not job.decides:
        test = Pass(network, len(test_x))
        peer.say(test=float(np.square(test.reconstruction(test_x) - test_x).mean()))
        return
    for rows in (len(test_x), 1000):
        passes = {size: run_of(size, False) for size in {rows, len(test_x) % rows} if size}

        def accuracy():
            right = 0
            for start in range(0, len(test_x), rows):
                xs = test_x[start:start + rows]
                decided = passes[len(xs)].forward(xs).argmax(1)
                right += int((decided == test_y[start:start + rows]).sum())
            return right / len(test_x)

        if rows == len(test_x):
            peer.say(test=accuracy())
        peer.evaluation(job, "batches of %d" % rows, accuracy)


main()
