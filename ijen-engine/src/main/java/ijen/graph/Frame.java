package ijen.graph;

import ijen.kernel.Buffer;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import ijen.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an [Op] sees of one run: its inputs, its output, their gradients or tangents, and how many
/// rows there are.
///
/// A frame is made once, when a [Workspace] is, and serves every run.
public final class Frame {
  /// What all frames of a workspace know of the present run.
  static final class Run {
    final long seed;
    int samples;
    long step;
    boolean descends;
    double rate;

    Run(long seed) {
      this.seed = seed;
    }
  }

  private final Run run;
  private final Kernels kernels;
  private final Mode mode;
  private final String name;
  private final Form[] inputForms;
  private final Form outputForm;
  private final Buffer output;
  private final Buffer[] saved;

  final Buffer[] inputs;
  final @Nullable Buffer[] inputGradients;
  final @Nullable Buffer[] inputTangents;
  final int[] tangentEntries; // of the inputs
  final int[] tangentColumns; // of the inputs
  final @Nullable Decay[] decays; // of the inputs that the op is to change by itself
  @Nullable Buffer gradient;
  @Nullable Buffer tangent;
  @Nullable Buffer scratch;
  boolean moved; // whether the output has a tangent in this run
  int tangentColumn; // of the output

  Frame(
      Run run,
      Kernels kernels,
      Mode mode,
      Node node,
      List<Node> inputNodes,
      Buffer[] inputs,
      Buffer output,
      Buffer[] saved) {
    this.run = run;
    this.kernels = kernels;
    this.mode = mode;
    this.name = node.name();
    this.inputForms = inputNodes.stream().map(Node::form).toArray(Form[]::new);
    this.outputForm = node.form();
    this.inputs = inputs;
    this.output = output;
    this.saved = saved;
    this.inputGradients = new Buffer[inputs.length];
    this.inputTangents = new Buffer[inputs.length];
    this.decays = new Decay[inputs.length];
    this.tangentEntries = new int[inputs.length];
    this.tangentColumns = new int[inputs.length];
    Arrays.fill(tangentEntries, -1);
    Arrays.fill(tangentColumns, -1);
  }

  /// The kernels to compute with.
  public Kernels kernels() {
    return kernels;
  }

  /// What the run is for.
  public Mode mode() {
    return mode;
  }

  /// The name of the op's node, for messages: `dense1.affine`.
  public String name() {
    return name;
  }

  /// How many inputs there are.
  public int arity() {
    return inputs.length;
  }

  /// The value of input `i`.
  public Buffer input(int i) {
    return inputs[i];
  }

  /// The form of input `i`.
  public Form inputForm(int i) {
    return inputForms[i];
  }

  /// How many rows input `i` has in this run: the number of samples, or 1 if they share it.
  public int inputRows(int i) {
    return inputForms[i].rows(run.samples);
  }

  /// How many numbers input `i` has in this run.
  public int inputCount(int i) {
    return inputForms[i].elements(run.samples);
  }

  /// The value to write.
  public Buffer output() {
    return output;
  }

  /// The form of the output.
  public Form outputForm() {
    return outputForm;
  }

  /// How many rows the output has in this run: the number of samples, or 1 if they share it.
  public int rows() {
    return outputForm.rows(run.samples);
  }

  /// How many numbers the output has in this run.
  public int count() {
    return outputForm.elements(run.samples);
  }

  /// Buffer number `i` of those that the op keeps from forward to backward or tangent, sized by
  /// [Op#savedPerRow], then those sized by [Op#savedPerBatch].
  public Buffer saved(int i) {
    return saved[i];
  }

  /// Memory for intermediate results of a rule, sized by [Op#scratchPerRow].
  public Buffer scratch() {
    return present(scratch, "scratch memory");
  }

  /// ∂L/∂output, in [Op#backward], which may overwrite it.
  public Buffer gradient() {
    return present(gradient, "gradient");
  }

  /// Whether [Op#backward] is to write ∂L/∂input `i`.
  public boolean wants(int i) {
    return inputGradients[i] != null;
  }

  /// Where [Op#backward] writes ∂L/∂input `i`.
  public Buffer inputGradient(int i) {
    return present(inputGradients[i], "input gradient");
  }

  /// Whether [Op#backward], instead of writing ∂L/∂input `i`, is to take the step `x ← x −
  /// rate·(∂L/∂x + decay·x)` for the value x of input `i`. [#inputGradient] is room for it.
  public boolean descends(int i) {
    return run.descends && decays[i] != null;
  }

  /// The rate of that step.
  public double rate() {
    return run.rate;
  }

  /// The decay of that step, the same for the whole input.
  public Decay decay(int i) {
    Decay decay = decays[i];
    return decay == null ? Decay.none() : decay;
  }

  /// Whether input `i` has a tangent, in [Op#tangent]; without one it is zero.
  public boolean hasTangent(int i) {
    return inputTangents[i] != null;
  }

  /// The tangent of input `i`.
  public Buffer inputTangent(int i) {
    return present(inputTangents[i], "input tangent");
  }

  /// The number of the only entry of input `i` whose tangent is not zero, where input `i` is a
  /// parameter and the derivative is by one scalar of it; −1 if there may be several. Who does not
  /// ask computes with zeros.
  public int tangentEntry(int i) {
    return tangentEntries[i];
  }

  /// The only column in which the tangent of input `i` is not zero, as a matrix whose rows are the
  /// input's last dimension; −1 if there may be several. Who does not ask computes with zeros.
  public int tangentColumn(int i) {
    return tangentColumns[i];
  }

  /// Says, in [Op#tangent], that the tangent of the output is zero but for one column of its last
  /// dimension, or with −1, as if nothing is said, that it need not be. All of it is written
  /// nonetheless.
  public void limitTangent(int column) {
    tangentColumn = column;
  }

  /// Where [Op#tangent] writes the tangent of the output.
  public Buffer tangent() {
    return present(tangent, "tangent");
  }

  /// The run's seed, the key of every random number.
  public long seed() {
    return run.seed;
  }

  /// The random stream of this op in this step.
  public long stream() {
    return RandomStream.id(name, run.step);
  }

  private static Buffer present(@Nullable Buffer buffer, String what) {
    if (buffer == null) {
      throw new IllegalStateException("this op has no " + what + " in this run");
    }
    return buffer;
  }
}
