package ijen.example;

import ijen.data.Datasets;
import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Pointwise;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.train.Training;
import java.util.List;

/// An op of your own: a function, with its derivative in both directions, in one record.
///
/// Written once against [Kernels], it runs in `float` and in `double`, in training and in
/// prediction.
public class E05OwnOp {

  /// A bell: y = e^(−x²), element by element; dy/dx = −2xy.
  record Bell() implements Op {
    @Override
    public String name() {
      return "bell";
    }

    @Override
    public Form infer(List<Form> inputs) {
      return inputs.getFirst(); // the output has the input's shape
    }

    @Override
    public void forward(Frame f) {
      int n = f.count();
      Kernels k = f.kernels();
      k.multiply(f.input(0), n, f.input(0), n, f.output(), 1, n);
      k.scale(f.output(), -1, f.output(), n);
      k.apply(Pointwise.EXP, f.output(), f.output(), n);
    }

    /// ∂L/∂x = −2xy · ∂L/∂y.
    @Override
    public void backward(Frame f) {
      timesDerivative(f, f.gradient(), f.inputGradient(0));
    }

    /// ẏ = −2xy · ẋ.
    @Override
    public void tangent(Frame f) {
      timesDerivative(f, f.inputTangent(0), f.tangent());
    }

    private static void timesDerivative(Frame f, Buffer d, Buffer out) {
      int n = f.count();
      Kernels k = f.kernels();
      k.multiply(f.input(0), n, f.output(), n, out, 1, n);
      k.multiply(out, n, d, n, out, 1, n);
      k.scale(out, -2, out, n);
    }
  }

  static void main() {
    var network =
        Network.of(Shape.of(2), Layers.dense(4), (g, x) -> g.apply(new Bell(), x), Layers.dense(2));
    var circles = Datasets.open("circles");
    var training = Training.of(network, Losses.crossEntropy(), Adam.of(0.02)).epochs(20);
    IO.println("circles: " + training.fit(circles.train(), circles.test()).score());
  }
}
