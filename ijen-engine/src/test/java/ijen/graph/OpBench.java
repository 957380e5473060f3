package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;

/// One op on the bench, outside any graph: inputs can be set, and each of its three directions run.
public final class OpBench {
  private final Op op;
  private final List<Form> forms;
  private final int samples;
  private final Kernels kernels;
  private final Buffer[] inputs;
  private final Frame frame;
  private final Buffer output;

  public OpBench(Op op, List<Form> forms, int samples, Kernels kernels) {
    this.op = op;
    this.forms = forms;
    this.samples = samples;
    this.kernels = kernels;
    this.inputs =
        forms.stream().map(form -> kernels.allocate(form.elements(samples))).toArray(Buffer[]::new);
    Form form = op.infer(forms);
    List<Node> nodes =
        IntStream.range(0, forms.size())
            .mapToObj(i -> new Node(i, "x" + i, forms.get(i), new Node.Source.Input(i)))
            .toList();
    Node node = new Node(forms.size(), op.name(), form, new Node.Source.Result(op, nodes));
    this.output = kernels.allocate(form.elements(samples));
    Buffer[] saved =
        IntStream.of(op.savedPerRow(forms))
            .mapToObj(perRow -> kernels.allocate(perRow * form.rows(samples)))
            .toArray(Buffer[]::new);
    this.frame = new Frame(kernels, Mode.TRAINING, node, nodes, inputs, output, saved);
    frame.begin(samples, 7, 3);
  }

  public int size(int input) {
    return forms.get(input).elements(samples);
  }

  public int outputSize() {
    return output.length();
  }

  public double[] forward(double[][] x) {
    for (int i = 0; i < inputs.length; i++) {
      write(x[i], inputs[i]);
    }
    op.forward(frame);
    return read(output);
  }

  /// Jᵀ·d for each differentiable input, empty for the others.
  public double[][] backward(double[][] x, double[] d) {
    forward(x);
    frame.gradient = filled(d);
    for (int i = 0; i < inputs.length; i++) {
      frame.inputGradients[i] =
          op.differentiable(i) ? filled(new double[size(i)], Double.NaN) : null;
      if (!op.backwardReadsInput(i)) {
        inputs[i].fill(Double.NaN); // a rule that says it does not read, must not
      }
    }
    if (!op.backwardReadsOutput()) {
      output.fill(Double.NaN);
    }
    op.backward(frame);
    double[][] gradients = new double[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      Buffer gradient = frame.inputGradients[i];
      gradients[i] = gradient == null ? new double[0] : read(gradient);
    }
    return gradients;
  }

  /// J·u, for the tangents u of the inputs; an empty one is zero.
  public double[] tangent(double[][] x, double[][] u) {
    forward(x);
    frame.tangent = filled(new double[outputSize()], Double.NaN);
    for (int i = 0; i < inputs.length; i++) {
      frame.inputTangents[i] = u[i].length == 0 ? null : filled(u[i]);
    }
    op.tangent(frame);
    return read(frame.tangent());
  }

  private Buffer filled(double[] values) {
    return filled(values, 0);
  }

  private Buffer filled(double[] values, double plus) {
    Buffer buffer = kernels.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      buffer.set(i, values[i] + plus);
    }
    return buffer;
  }

  private static void write(double[] values, Buffer buffer) {
    for (int i = 0; i < values.length; i++) {
      buffer.set(i, values[i]);
    }
  }

  private static double[] read(Buffer buffer) {
    return IntStream.range(0, buffer.length()).mapToDouble(buffer::get).toArray();
  }
}
