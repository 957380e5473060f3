"""Writes torch_*.onnx and helper*.onnx, networks that other programs made, and expected.safetensors.

Run with a Python that has PyTorch 1.13, onnx 1.12 and NumPy, in this folder: python3 make_onnx.py

expected.safetensors holds, for each file NAME.onnx, NAME.input and NAME.output: random samples, and what
PyTorch (torch_*) or NumPy (helper*) makes of them in evaluation.
"""

import json
import struct

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

torch.manual_seed(20)
expected = {}


def randomise(net):
    for module in net.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.3)


def export(name, net, shape, dynamic=True, opset=17):
    randomise(net)
    net.eval()
    x = torch.randn(5, *shape)
    with torch.no_grad():
        expected[name + ".input"] = x.numpy()
        expected[name + ".output"] = net(x).numpy()
    torch.onnx.export(
        net,
        x if dynamic else x[:1],
        name + ".onnx",
        opset_version=opset,
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}} if dynamic else None,
    )


class Block(nn.Module):
    def __init__(self, channels, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, outputs, 3, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.norm = nn.BatchNorm2d(outputs)
        self.short = nn.Conv2d(channels, outputs, 1, bias=False) if channels != outputs else nn.Identity()

    def forward(self, x):
        return torch.relu(self.norm(self.conv2(torch.relu(self.conv1(x)))) + self.short(x))


export(
    "torch_mlp",
    nn.Sequential(
        nn.Flatten(),
        nn.Linear(12, 9),
        nn.BatchNorm1d(9),
        nn.ReLU(),
        nn.Dropout(0.4),
        nn.Linear(9, 8, bias=False),
        nn.GELU(),
        nn.Linear(8, 7),
        nn.GELU(approximate="tanh"),
        nn.LayerNorm(7),
        nn.SiLU(),
        nn.Linear(7, 4),
        nn.Softmax(-1),
    ),
    (3, 4),
)
export(
    "torch_cnn",
    nn.Sequential(
        nn.Conv2d(2, 4, 3, stride=2, padding=1, groups=2),
        nn.PReLU(4),
        nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1),
        nn.LeakyReLU(0.2),
        nn.MaxPool2d(2),
        nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False),
        nn.ELU(0.7),
        nn.Conv2d(3, 6, 3, dilation=2),
        nn.SELU(),
        nn.AvgPool2d(3, stride=2, padding=1),
        nn.Softplus(),
        nn.Upsample(scale_factor=2),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(6, 3),
        nn.Sigmoid(),
    ),
    (2, 12, 10),
)
export("torch_residual", nn.Sequential(Block(2, 3), Block(3, 3), nn.Flatten(), nn.Linear(3 * 5 * 4, 3), nn.Tanh()), (2, 5, 4))
export("torch_fixed", nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 2)), (3, 5), dynamic=False, opset=13)

# By hand: MatMul and Add, weights as float_data, a Constant, Identity, a step, and a sum in the other order.
random = np.random.default_rng(3)
w1 = random.normal(size=(6, 5)).astype(np.float32)
b1 = random.normal(size=(1, 5)).astype(np.float32)
w2 = random.normal(size=(5, 5)).astype(np.float32)


def tensor(name, array):
    return helper.make_tensor(name, TensorProto.FLOAT, array.shape, array.flatten().tolist())


nodes = [
    helper.make_node("MatMul", ["x", "w1"], ["p"]),
    helper.make_node("Add", ["b1", "p"], ["h"]),
    helper.make_node("Constant", [], ["zero"], value=tensor("zero", np.zeros((), np.float32))),
    helper.make_node("Greater", ["h", "zero"], ["above"]),
    helper.make_node("Cast", ["above"], ["s"], to=TensorProto.FLOAT),
    helper.make_node("Identity", ["s"], ["i"]),
    helper.make_node("Gemm", ["i", "w2"], ["g"]),
    helper.make_node("Add", ["g", "i"], ["y"]),
]
graph = helper.make_graph(
    nodes,
    "by hand",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 6])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 5])],
    [tensor("w1", w1), tensor("b1", b1), tensor("w2", w2)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
onnx.save(model, "helper.onnx")
x = random.normal(size=(5, 6)).astype(np.float32)
s = (x @ w1 + b1 > 0).astype(np.float32)
expected["helper.input"] = x
expected["helper.output"] = s @ w2 + s

header, data = {}, b""
for name, array in expected.items():
    array = np.ascontiguousarray(array, np.float32)
    header[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [len(data), len(data) + array.nbytes]}
    data += array.tobytes()
text = json.dumps(header).encode()
with open("expected.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
