"""Writes images.txt: convolutions, poolings and upsamplings with their gradients, computed by PyTorch.

    python3 make_images.py

Everything is computed in float64. A case is a line `case op kernelHeight kernelWidth stride padding dilation groups
outputPadding`, followed by one line for each tensor: its name, its dimensions joined by `x`, and its numbers, row-major.
Inputs are x, weight, bias; d is the gradient of the output y; gx, gweight, gbias are the gradients of the inputs.
"""
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(1)
lines = [f"# by make_images.py with PyTorch {torch.__version__.split('+')[0]}"]


def numbers(*shape):
    """Numbers of three decimals, exact in the file."""
    return (torch.randn(shape, dtype=torch.float64) * 1000).round() / 1000


def write(name, tensor, form):
    values = " ".join(form % v for v in tensor.detach().flatten().tolist())
    lines.append(f"{name} {'x'.join(map(str, tensor.shape))} {values}")


def case(op, function, window, inputs):
    for tensor in inputs.values():
        tensor.requires_grad_()
    y = function(*inputs.values())
    d = numbers(*y.shape)
    y.backward(d)
    lines.append("case " + op + " " + " ".join(map(str, window)))
    for name, tensor in inputs.items():
        write(name, tensor, "%.3f")
    write("d", d, "%.3f")
    write("y", y, "%.12g")
    for name, tensor in inputs.items():
        write("g" + name, tensor.grad, "%.12g")


def convolution(x, weight, bias, stride, padding, dilation, groups):
    inputs = {"x": numbers(*x), "weight": numbers(*weight)}
    if bias:
        inputs["bias"] = numbers(weight[0])
    case(
        "convolution",
        lambda x, w, b=None: F.conv2d(x, w, b, stride, padding, dilation, groups),
        (*weight[2:], stride, padding, dilation, groups, 0),
        inputs,
    )


def transposed(x, weight, bias, stride, padding, dilation, groups, output_padding):
    inputs = {"x": numbers(*x), "weight": numbers(*weight)}
    if bias:
        inputs["bias"] = numbers(weight[1] * groups)
    case(
        "transposedConvolution",
        lambda x, w, b=None: F.conv_transpose2d(x, w, b, stride, padding, output_padding, groups, dilation),
        (*weight[2:], stride, padding, dilation, groups, output_padding),
        inputs,
    )


convolution((2, 1, 6, 7), (3, 1, 3, 3), True, 1, 0, 1, 1)
convolution((2, 3, 5, 9), (4, 3, 3, 5), True, 1, 2, 1, 1)
convolution((2, 2, 7, 6), (3, 2, 3, 2), False, 2, 1, 1, 1)
convolution((1, 4, 6, 5), (6, 2, 2, 3), True, 1, 1, 2, 2)
convolution((2, 3, 5, 5), (3, 1, 3, 3), True, 3, 1, 1, 3)
transposed((2, 2, 3, 4), (2, 3, 3, 3), True, 1, 1, 1, 1, 0)
transposed((2, 3, 3, 2), (3, 2, 3, 4), True, 2, 1, 1, 1, 1)
transposed((1, 4, 3, 3), (4, 1, 2, 3), False, 3, 0, 1, 2, 2)
transposed((1, 2, 3, 4), (2, 2, 2, 2), True, 2, 1, 2, 1, 1)
case("maxPool", lambda x: F.max_pool2d(x, (2, 2), 2), (2, 2, 2, 0, 1, 1, 0), {"x": numbers(2, 2, 5, 6)})
case("maxPool", lambda x: F.max_pool2d(x, (3, 2), 1, 1), (3, 2, 1, 1, 1, 1, 0), {"x": numbers(1, 2, 4, 5)})
ties = (numbers(2, 2, 6, 6) * 0.7).round()
case("maxPool", lambda x: F.max_pool2d(x, (3, 3), 2, 1), (3, 3, 2, 1, 1, 1, 0), {"x": ties})
case("averagePool", lambda x: F.avg_pool2d(x, (2, 2), 2), (2, 2, 2, 0, 1, 1, 0), {"x": numbers(2, 2, 5, 6)})
case("averagePool", lambda x: F.avg_pool2d(x, (3, 2), 2, 1), (3, 2, 2, 1, 1, 1, 0), {"x": numbers(1, 2, 5, 4)})
for factor in (2, 3):
    case(
        "upsampleNearest",
        lambda x: F.interpolate(x, scale_factor=factor, mode="nearest"),
        (1, 1, factor, 0, 1, 1, 0),
        {"x": numbers(1, 2, 3, 2)},
    )
    case(
        "upsampleBilinear",
        lambda x: F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False),
        (1, 1, factor, 0, 1, 1, 0),
        {"x": numbers(1, 2, 3, 4)},
    )

pathlib.Path(__file__).with_name("images.txt").write_text("\n".join(lines) + "\n")
