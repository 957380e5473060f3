package ijen.metric;

import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Parameters;
import ijen.graph.Plan;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.graph.Workspace;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.loss.Loss;
import ijen.nn.Network;
import java.util.List;

/// Runs a network over a data set in evaluation mode and adds up loss, accuracy and confusion.
///
/// Not thread-safe: it owns the memory of one run.
public final class Evaluator {
  /// Hears of every sample.
  @FunctionalInterface
  public interface Listener {
    /// Called once for each sample, in order.
    ///
    /// @param index the sample's place in the data set
    /// @param loss its loss
    /// @param decision the class decided for, −1 where nothing is decided
    /// @param predictions the predictions of its batch, row after row; not to be kept
    /// @param row its row in there
    void sample(int index, double loss, int decision, Buffer predictions, int row);
  }

  private final Kernels kernels;
  private final Loss loss;
  private final Shape target;
  private final Node losses;
  private final Node output;
  private final Node prediction;
  private final Workspace workspace;
  private final Batch batch;

  /// An evaluator for targets of the given shape, going through the data `capacity` samples at a
  /// time, which changes its speed and not its result.
  public Evaluator(Network network, Loss loss, Shape target, int capacity, Kernels kernels) {
    Graph g = new Graph();
    Node x = g.input("features", network.input());
    Node y = g.input("target", target);
    this.kernels = kernels;
    this.loss = loss;
    this.target = target;
    this.output = network.build(g, x);
    this.losses = loss.apply(g.scope("loss", loss.name()), output, y);
    this.prediction = loss.prediction(g, output);
    List<Node> outputs = List.of(losses, output, prediction);
    this.workspace =
        new Workspace(
            Plan.of(g, outputs, capacity, Plan.Purpose.FORWARD, Mode.EVALUATION), kernels, 0);
    this.batch =
        new Batch(
            kernels.precision(),
            capacity,
            List.of(Form.batched(network.input()), Form.batched(target)));
  }

  /// The layout of the θ that it takes.
  public Parameters parameters() {
    return workspace.plan().parameters();
  }

  /// The network's result on all samples of `data`.
  public Evaluation evaluate(Theta theta, Dataset data) {
    return evaluate(theta, data, (index, loss, decision, predictions, row) -> {});
  }

  /// The network's result on all samples of `data`, each of which is also told to `listener`, in
  /// order.
  public Evaluation evaluate(Theta theta, Dataset data, Listener listener) {
    int classes = target.rank() == 0 ? loss.classes(output.shape()) : 0;
    Confusion confusion = classes == 0 ? null : new Confusion(classes);
    int[] indices = new int[batch.capacity()];
    int width = output.shape().size();
    double sum = 0;
    long right = 0;
    for (int from = 0; from < data.size(); from += batch.capacity()) {
      int rows = Math.min(batch.capacity(), data.size() - from);
      for (int i = 0; i < rows; i++) {
        indices[i] = from + i;
      }
      batch.begin(rows, 0);
      data.gather(indices, 0, rows, batch);
      workspace.forward(theta, batch);
      Buffer values = workspace.value(losses);
      Buffer outputs = workspace.value(output);
      Buffer predictions = workspace.value(prediction);
      for (int row = 0; row < rows; row++) {
        int decision = classes == 0 ? -1 : decide(kernels, outputs, row, width);
        sum += values.get(row);
        if (confusion != null) {
          int truth = (int) batch.targets().get(row);
          confusion.add(truth, decision);
          right += truth == decision ? 1 : 0;
        }
        listener.sample(from + row, values.get(row), decision, predictions, row);
      }
    }
    double n = data.size();
    return new Evaluation(
        new Score(sum / n, confusion == null ? Double.NaN : right / n, data.size()), confusion);
  }

  /// The class that a row of outputs decides for: the largest of several, or, of a single logit,
  /// whether it is above 0.
  public static int decide(Kernels kernels, Buffer outputs, int row, int width) {
    return width == 1
        ? (outputs.get(row) > 0 ? 1 : 0)
        : kernels.argmax(outputs, row * width, width);
  }
}
