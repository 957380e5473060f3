package ijen.model;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Plan;
import ijen.graph.Workspace;
import ijen.kernel.Kernels;
import ijen.kernel.Workers;
import java.util.List;
import java.util.stream.IntStream;

/// Asks a [Model] about one sample at a time, on the caller's thread.
///
/// Not thread-safe: make one for each thread; they may share the model.
public final class Predictor {
  /// The answer for one sample.
  ///
  /// @param decision the class decided for; −1 where nothing is decided
  /// @param values the probability of each class, or the network's output
  public record Prediction(int decision, List<Double> values) {}

  private final Model model;
  private final Kernels kernels;
  private final Node output;
  private final Node prediction;
  private final Workspace workspace;
  private final Batch batch;

  Predictor(Model model) {
    this.model = model;
    this.kernels = Kernels.of(model.theta().values().precision(), Workers.of(1));
    Graph g = new Graph();
    this.output = model.network().build(g, g.input("features", model.network().input()));
    this.prediction = model.loss().prediction(g, output);
    this.workspace =
        new Workspace(
            Plan.of(g, List.of(output, prediction), 1, Plan.Purpose.FORWARD, Mode.EVALUATION),
            kernels,
            0);
    this.batch = new Batch(kernels.precision(), 1, List.of(Form.batched(model.network().input())));
  }

  /// The answer for one sample.
  ///
  /// @param features its numbers as the data have them; what training scaled is scaled here
  /// @throws IllegalArgumentException if there are more or fewer than the network takes
  public Prediction predict(float[] features) {
    int expected = model.network().input().size();
    if (features.length != expected) {
      throw new IllegalArgumentException(
          "predict: expected "
              + expected
              + " numbers "
              + model.features()
              + ", got "
              + features.length);
    }
    batch.begin(1, 0);
    batch.features().put(0, features, 0, expected);
    model.scaling().apply(batch.features(), 0, expected);
    workspace.forward(model.theta(), batch);
    int width = output.shape().size();
    int classes = model.loss().decision().classes(output.shape(), model.classes().size());
    int[] decision = {-1};
    if (classes > 0) {
      model.loss().decision().decide(kernels, workspace.value(output), 1, width, decision);
    }
    List<Double> values =
        IntStream.range(0, width).mapToObj(i -> workspace.value(prediction).get(i)).toList();
    return new Prediction(decision[0], values);
  }

  /// The answer for a grey image of the size of the training images, as bytes from 0 (black) to
  /// 255.
  public Prediction predictImage(byte[] pixels) {
    float[] features = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      features[i] = (pixels[i] & 255) / 255f;
    }
    return predict(features);
  }
}
