"""Writes what test imports: blobs.npz, points of three classes; net.onnx, state.safetensors and weights.hdf5, networks
that PyTorch trained on them; and expected.json: their probabilities for the first test points, and accuracies.

Run with a Python that has PyTorch 1.13, h5py 3.7 and NumPy, in this folder: python3 make_import.py
"""

import json
import struct

import h5py
import numpy as np
import torch
from torch import nn

torch.manual_seed(11)
random = np.random.default_rng(11)
CLASSES, WIDTH, SHOWN = 3, 6, 20
centres = random.normal(size=(CLASSES, WIDTH))


def points(count):
    y = np.arange(count) % CLASSES
    return (5 + 2 * (centres[y] + random.normal(size=(count, WIDTH)))).astype(np.float32), y.astype(np.uint8)


x_train, y_train = points(300)
x_test, y_test = points(90)
np.savez_compressed("blobs.npz", x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)

MEAN, DEVIATION = 5.0, 2.5
expected = {}


def train(name, net, prepare=lambda x: x, probabilities=lambda y: torch.softmax(y, -1)):
    x, y = prepare(torch.from_numpy(x_train)), torch.from_numpy(y_train).long()
    rule = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(100):
        rule.zero_grad()
        torch.log(probabilities(net(x)))[torch.arange(len(y)), y].mean().neg().backward()
        rule.step()
    net.eval()
    with torch.no_grad():
        p = probabilities(net(prepare(torch.from_numpy(x_test)))).numpy()
    expected[name] = {
        "accuracy": float((p.argmax(1) == y_test).mean()),
        "probabilities": [[float(v) for v in row] for row in p[:SHOWN]],
    }
    return net


net = train(
    "onnx",
    nn.Sequential(nn.Linear(WIDTH, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, CLASSES), nn.Softmax(-1)),
    probabilities=lambda y: y,
)
torch.onnx.export(
    net,
    torch.zeros(2, WIDTH),
    "net.onnx",
    opset_version=17,
    input_names=["x"],
    output_names=["y"],
    dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
)


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(WIDTH, 8)
        self.fc2 = nn.Linear(8, 8)
        self.head = nn.Linear(8, CLASSES)

    def forward(self, x):
        return self.head(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


state = train("state", Named(), lambda x: (x - MEAN) / DEVIATION).state_dict()
header, data = {"__metadata__": {"format": "pt"}}, b""
for name in sorted(state):  # as the safetensors library leaves them
    content = state[name].contiguous().numpy().tobytes()
    header[name] = {"dtype": "F32", "shape": list(state[name].shape), "data_offsets": [len(data), len(data) + len(content)]}
    data += content
text = json.dumps(header).encode()
with open("state.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)

linear = train("softmax", nn.Linear(WIDTH, CLASSES)).state_dict()
with h5py.File("weights.hdf5", "w") as file:
    file["w"] = linear["weight"].numpy().astype(np.float64)
    file["b"] = linear["bias"].numpy().astype(np.float64).reshape(-1, 1)

with open("expected.json", "w") as file:
    json.dump(expected, file)
