"""Writes state dicts of networks in PyTorch, and outputs.safetensors: inputs and what they make of them.

Run with a Python that has PyTorch 1.13 and NumPy, in this folder: python3 make_state_dicts.py

The files are written by hand, as the safetensors library would: sorted.safetensors sorted by name, as it
leaves them, the others in the order of the state dict.
"""

import json
import struct

import torch
from torch import nn

torch.manual_seed(7)
DTYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}
outputs = {}


def write(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        content = tensor.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": DTYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(content)],
        }
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def save(name, net, x, change=lambda state: state):
    for module in net.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)
    net.eval()
    with torch.no_grad():
        outputs[name + ".input"] = x.to(torch.float32)
        outputs[name + ".output"] = net(x).to(torch.float32)
    write(name + ".safetensors", change(net.state_dict()))


class Named(nn.Module):
    """Layers whose names do not tell their order."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(2, 4, 3, stride=2, padding=1, groups=2)
        self.norm = nn.BatchNorm2d(4)
        self.deep = nn.Conv2d(4, 4, 3, padding=1)
        self.again = nn.Conv2d(4, 4, 3, padding=1)
        self.act = nn.PReLU(4)
        self.up = nn.ConvTranspose2d(4, 6, (3, 2), stride=2, groups=2)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        x = torch.relu(self.norm(self.stem(x)))
        x = x + self.again(torch.tanh(self.deep(x)))
        return self.head(self.up(self.act(x)).mean((2, 3)))


save(
    "mlp",
    nn.Sequential(
        nn.Linear(6, 8),
        nn.BatchNorm1d(8),
        nn.ReLU(),
        nn.Linear(8, 8, bias=False),
        nn.LayerNorm(8),
        nn.PReLU(),
        nn.Linear(8, 3),
    ),
    torch.randn(5, 6),
)
save("named", Named(), torch.randn(5, 2, 8, 6))
layers = [nn.Linear(4, 4)]
for _ in range(6):
    layers += [nn.Tanh(), nn.Linear(4, 4)]
save("sorted", nn.Sequential(*layers), torch.randn(5, 4), lambda state: dict(sorted(state.items())))
save(
    "embedding",
    nn.Sequential(nn.Embedding(9, 4), nn.Flatten(), nn.Linear(12, 2)).double(),
    torch.randint(0, 9, (5, 3)),
)
write("outputs.safetensors", outputs)
