package ijen.check;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import java.util.List;

/// An op of plain loops, as a user would write a first one, of which any rule can be replaced by a
/// wrong one.
///
/// @param name its name
/// @param shape the output's form
/// @param forward the value
/// @param backward its derivative, going back
/// @param tangent its derivative, going forward
/// @param readsOutput whether it says that backward reads the output
record Own(
    String name, Inference shape, Rule forward, Rule backward, Rule tangent, boolean readsOutput)
    implements Op {
  interface Inference {
    Form of(List<Form> inputs);
  }

  interface Rule {
    void run(Frame f);
  }

  interface Pointwise {
    double at(double x, double y);
  }

  /// y = f(x), number by number.
  static Own pointwise(String name, java.util.function.DoubleUnaryOperator f, Pointwise df) {
    return new Own(
        name,
        List::getFirst,
        frame -> {
          for (int i = 0; i < frame.count(); i++) {
            frame.output().set(i, f.applyAsDouble(frame.input(0).get(i)));
          }
        },
        backward(df),
        frame -> {
          for (int i = 0; i < frame.count(); i++) {
            double slope = df.at(frame.input(0).get(i), frame.output().get(i));
            frame.tangent().set(i, frame.inputTangent(0).get(i) * slope);
          }
        },
        true);
  }

  static Rule backward(Pointwise df) {
    return f -> {
      for (int i = 0; i < f.count(); i++) {
        double slope = df.at(f.input(0).get(i), f.output().get(i));
        f.inputGradient(0).set(i, f.gradient().get(i) * slope);
      }
    };
  }

  /// y = W·x + b; x `[in]`, W `[out, in]`, b `[out]`.
  static Own linear() {
    return new Own(
        "linear",
        forms -> forms.getFirst().withShape(forms.get(2).shape()),
        f -> product(f, f.input(0), f.input(1), f.input(2), f.output(), false),
        Own::linearBackward,
        f -> {
          f.tangent().fill(0);
          if (f.hasTangent(0)) {
            product(f, f.inputTangent(0), f.input(1), null, f.tangent(), true);
          }
          if (f.hasTangent(1)) {
            product(f, f.input(0), f.inputTangent(1), null, f.tangent(), true);
          }
          for (int i = 0; f.hasTangent(2) && i < f.count(); i++) {
            double b = f.inputTangent(2).get(i % f.outputForm().shape().size());
            f.tangent().set(i, f.tangent().get(i) + b);
          }
        },
        true);
  }

  private static void product(
      Frame f,
      ijen.kernel.Buffer x,
      ijen.kernel.Buffer w,
      ijen.kernel.@org.jspecify.annotations.Nullable Buffer b,
      ijen.kernel.Buffer y,
      boolean add) {
    int in = f.inputForm(0).shape().size();
    int out = f.outputForm().shape().size();
    for (int r = 0; r < f.rows(); r++) {
      for (int o = 0; o < out; o++) {
        double sum = add ? y.get(r * out + o) : 0;
        sum += b == null ? 0 : b.get(o);
        for (int i = 0; i < in; i++) {
          sum += w.get(o * in + i) * x.get(r * in + i);
        }
        y.set(r * out + o, sum);
      }
    }
  }

  static void linearBackward(Frame f) {
    int in = f.inputForm(0).shape().size();
    int out = f.outputForm().shape().size();
    if (f.wants(0)) {
      for (int r = 0; r < f.rows(); r++) {
        for (int i = 0; i < in; i++) {
          double sum = 0;
          for (int o = 0; o < out; o++) {
            sum += f.input(1).get(o * in + i) * f.gradient().get(r * out + o);
          }
          f.inputGradient(0).set(r * in + i, sum);
        }
      }
    }
    for (int o = 0; o < out; o++) {
      for (int i = 0; f.wants(1) && i < in; i++) {
        double sum = 0;
        for (int r = 0; r < f.rows(); r++) {
          sum += f.gradient().get(r * out + o) * f.input(0).get(r * in + i);
        }
        f.inputGradient(1).set(o * in + i, sum);
      }
      double sum = 0;
      for (int r = 0; r < f.rows(); r++) {
        sum += f.gradient().get(r * out + o);
      }
      if (f.wants(2)) {
        f.inputGradient(2).set(o, sum);
      }
    }
  }

  /// y = a∘b.
  static Own times() {
    return new Own(
        "times",
        List::getFirst,
        f -> {
          for (int i = 0; i < f.count(); i++) {
            f.output().set(i, f.input(0).get(i) * f.input(1).get(at(f, 1, i)));
          }
        },
        f -> timesBackward(f, 1, 0),
        f -> {
          for (int i = 0; i < f.count(); i++) {
            double a = f.hasTangent(0) ? f.inputTangent(0).get(i) * f.input(1).get(at(f, 1, i)) : 0;
            double b = f.hasTangent(1) ? f.input(0).get(i) * f.inputTangent(1).get(at(f, 1, i)) : 0;
            f.tangent().set(i, a + b);
          }
        },
        true);
  }

  /// The gradient of input j is that of y times input `other[j]`, which should be the other one.
  static void timesBackward(Frame f, int... other) {
    for (int j = 0; j < 2; j++) {
      if (f.wants(j)) {
        f.inputGradient(j).fill(0);
        for (int i = 0; i < f.count(); i++) {
          double d = f.gradient().get(i) * f.input(other[j]).get(at(f, other[j], i));
          int to = at(f, j, i);
          f.inputGradient(j).set(to, f.inputGradient(j).get(to) + d);
        }
      }
    }
  }

  /// Where in input `j` the number for output `i` is: a shared one has one row.
  static int at(Frame f, int j, int i) {
    return f.inputForm(j).batched() ? i : i % f.inputForm(j).shape().size();
  }

  Own withBackward(Rule backward) {
    return new Own(name, shape, forward, backward, tangent, readsOutput);
  }

  Own withForward(Rule forward) {
    return new Own(name, shape, forward, backward, tangent, readsOutput);
  }

  Own withTangent(Rule tangent) {
    return new Own(name, shape, forward, backward, tangent, readsOutput);
  }

  Own withoutOutput() {
    return new Own(name, shape, forward, backward, tangent, false);
  }

  @Override
  public Form infer(List<Form> inputs) {
    return shape.of(inputs);
  }

  @Override
  public void forward(Frame frame) {
    forward.run(frame);
  }

  @Override
  public void backward(Frame frame) {
    backward.run(frame);
  }

  @Override
  public void tangent(Frame frame) {
    tangent.run(frame);
  }

  @Override
  public boolean backwardReadsOutput() {
    return readsOutput;
  }

  @Override
  public String toString() {
    return name;
  }
}
