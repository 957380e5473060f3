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
import ijen.loss.Decision;
import ijen.loss.Loss;
import ijen.nn.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a network over a data set in evaluation mode and adds up loss, accuracy and confusion.
///
/// What only a listener wants to know, the predictions, is computed only for one.
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
  private final Graph graph;
  private final Decision decision;
  private final Shape target;
  private final Node losses;
  private final Node output;
  private final Node prediction;
  private final Workspace workspace; // of what is counted
  private @Nullable Workspace telling; // of that and the predictions, for listeners
  private final Batch batch;
  private final int[] indices;
  private final int[] decisions;
  private final int[] truth;

  /// An evaluator for targets of the given shape, going through the data `capacity` samples at a
  /// time, which changes its speed and not its result.
  public Evaluator(Network network, Loss loss, Shape target, int capacity, Kernels kernels) {
    Graph g = new Graph();
    Node x = g.input("features", network.input());
    Node y = g.input("target", target);
    this.kernels = kernels;
    this.decision = loss.decision();
    this.target = target;
    this.output = network.build(g, x);
    this.losses = loss.apply(g.scope("loss", loss.name()), output, y);
    this.prediction = loss.prediction(g, output);
    this.batch =
        new Batch(kernels, capacity, List.of(Form.batched(network.input()), Form.batched(target)));
    this.indices = new int[capacity];
    this.decisions = new int[capacity];
    this.truth = new int[capacity];
    this.graph = g;
    this.workspace = workspace(List.of(losses, output));
  }

  private Workspace workspace(List<Node> outputs) {
    Plan plan = Plan.of(graph, outputs, indices.length, Plan.Purpose.FORWARD, Mode.EVALUATION);
    return new Workspace(plan, kernels, 0);
  }

  /// The layout of the θ that it takes.
  public Parameters parameters() {
    return workspace.plan().parameters();
  }

  /// The network's result on all samples of `data`.
  public Evaluation evaluate(Theta theta, Dataset data) {
    return evaluate(workspace, theta, data, null);
  }

  /// The network's result on all samples of `data`, each of which is also told to `listener`, in
  /// order.
  public Evaluation evaluate(Theta theta, Dataset data, Listener listener) {
    if (telling == null) {
      telling = workspace(List.of(losses, output, prediction));
    }
    return evaluate(telling, theta, data, listener);
  }

  private Evaluation evaluate(
      Workspace workspace, Theta theta, Dataset data, @Nullable Listener listener) {
    int known = data.classes().size();
    boolean comparable = target.rank() == 0 || known > 0;
    int classes = comparable ? decision.classes(output.shape(), known) : 0;
    Confusion confusion = classes == 0 ? null : new Confusion(classes);
    int width = output.shape().size();
    Buffer values = workspace.value(losses);
    Buffer outputs = workspace.value(output);
    double sum = 0;
    for (int from = 0; from < data.size(); from += batch.capacity()) {
      int rows = Math.min(batch.capacity(), data.size() - from);
      for (int row = 0; row < rows; row++) {
        indices[row] = from + row;
      }
      batch.begin(rows, 0);
      data.gather(indices, 0, rows, batch);
      workspace.forward(theta, batch);
      for (int row = 0; row < rows; row++) {
        sum += values.get(row);
      }
      if (confusion != null) {
        decision.decide(kernels, outputs, rows, width, decisions);
        Decision.truth(kernels, batch.targets(), rows, target.size(), truth);
        for (int row = 0; row < rows; row++) {
          confusion.add(truth[row], decisions[row]);
        }
      }
      if (listener != null) {
        Buffer predictions = workspace.value(prediction);
        for (int row = 0; row < rows; row++) {
          int decided = confusion == null ? -1 : decisions[row];
          listener.sample(from + row, values.get(row), decided, predictions, row);
        }
      }
    }
    int n = data.size();
    double accuracy = confusion == null ? Double.NaN : confusion.accuracy();
    return new Evaluation(new Score(sum / n, accuracy, n), confusion);
  }
}
