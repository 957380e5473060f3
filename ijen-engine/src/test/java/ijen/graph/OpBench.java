package ijen.graph;

import ijen.graph.Plan.Purpose;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One op on the bench, outside any graph: inputs can be set, and each of its three directions run.
public final class OpBench {
  private final Op op;
  private final List<Form> forms;
  private final int samples;
  private final Kernels kernels;
  private final Buffer[] inputs;
  private final Frame frame;
  private final Buffer output;
  private final boolean inPlace;

  public OpBench(Op op, List<Form> forms, int samples, Kernels kernels) {
    this(op, forms, samples, kernels, false);
  }

  /// @param inPlace whether memory is shared as [Op#inPlace] allows
  public OpBench(Op op, List<Form> forms, int samples, Kernels kernels, boolean inPlace) {
    this(op, forms, samples, kernels, inPlace, Mode.TRAINING);
  }

  public OpBench(
      Op op, List<Form> forms, int samples, Kernels kernels, boolean inPlace, Mode mode) {
    this.inPlace = inPlace;
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
    this.output =
        inPlace && !op.backwardReadsInput(0) ? inputs[0] : kernels.allocate(form.elements(samples));
    IntStream perRow = IntStream.of(op.savedPerRow(forms, mode)).map(n -> n * form.rows(samples));
    IntStream perBatch = IntStream.of(op.savedPerBatch(forms, mode));
    Buffer[] saved =
        IntStream.concat(perRow, perBatch).mapToObj(kernels::allocate).toArray(Buffer[]::new);
    Frame.Run run = new Frame.Run(7);
    run.samples = samples;
    run.step = 3;
    this.frame = new Frame(run, kernels, mode, node, nodes, inputs, output, saved);
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
    frame.scratch = scratch(Purpose.GRADIENT);
    for (int i = 0; i < inputs.length; i++) {
      frame.inputGradients[i] =
          op.differentiable(i) ? filled(new double[size(i)], Double.NaN) : null;
      if (!op.backwardReadsInput(i) && inputs[i] != output) {
        inputs[i].fill(Double.NaN); // a rule that says it does not read, must not
      }
    }
    if (inPlace) {
      frame.inputGradients[0] = frame.gradient;
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

  /// The inputs as they are after [Op#settle].
  public double[][] settle(double[][] x) {
    forward(x);
    op.settle(frame);
    return Stream.of(inputs).map(OpBench::read).toArray(double[][]::new);
  }

  /// J·u, for the tangents u of the inputs; an empty one is zero.
  public double[] tangent(double[][] x, double[][] u) {
    forward(x);
    frame.tangent = filled(new double[outputSize()], Double.NaN);
    frame.scratch = scratch(Purpose.TANGENT);
    for (int i = 0; i < inputs.length; i++) {
      frame.inputTangents[i] = u[i].length == 0 ? null : filled(u[i]);
    }
    if (inPlace && frame.hasTangent(0)) {
      frame.tangent = frame.inputTangent(0);
    }
    op.tangent(frame);
    return read(frame.tangent());
  }

  /// Memory for the rule alone, full of NaN; null if the op asks for none.
  private @Nullable Buffer scratch(Purpose purpose) {
    int size = op.scratchPerRow(forms, purpose) * op.infer(forms).rows(samples);
    return size == 0 ? null : filled(new double[size], Double.NaN);
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
