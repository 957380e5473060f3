package ijen.report;

import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Plan;
import ijen.graph.Workspace;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Workers;
import ijen.model.Model;
import ijen.nn.Dense;
import ijen.nn.Layer;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.Point;
import ijen.plot.ScatterChart;
import ijen.plot.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an autoencoder makes of samples in its narrowest layer, as points in the plane.
///
/// @param width how many numbers that layer has
/// @param share how much of their variance the plane shows: 1 where there are two
/// @param chart the plane, a group for each class
record LatentSpace(int width, double share, ScatterChart chart) {
  /// So many of the samples are drawn.
  private static final int MOST_POINTS = 2000;

  private static final int ROWS = 200;

  /// Of the samples of `data`, in their classes; empty where no layer is narrow.
  ///
  /// @param data scaled as the model wants them
  static Optional<LatentSpace> of(Model model, Dataset data) {
    int at = narrowest(model.network().layers());
    if (at < 0 || data.classes().isEmpty() || data.size() < 3) {
      return Optional.empty();
    }
    float[][] codes = codes(model, data, at);
    int width = codes[0].length;
    if (width < 2) {
      return Optional.empty();
    }
    boolean plane = width == 2;
    PrincipalDirections directions = PrincipalDirections.of(codes);
    List<Series> groups = new ArrayList<>();
    for (int c = 0; c < data.classes().size(); c++) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < Math.min(codes.length, MOST_POINTS); i++) {
        if (data.label(i) == c) {
          points.add(
              plane
                  ? Point.of(codes[i][0], codes[i][1])
                  : Point.of(directions.along(0, codes[i]), directions.along(1, codes[i])));
        }
      }
      groups.add(new Series(data.classes().get(c), points));
    }
    String what = plane ? "number %d of the code" : "along principal direction %d";
    ScatterChart chart =
        ScatterChart.of(
            "%s test images in the latent space"
                .formatted(Digits.count(Math.min(codes.length, MOST_POINTS))),
            Axis.linear(what.formatted(1)),
            Axis.linear(what.formatted(2)),
            groups);
    return Optional.of(new LatentSpace(width, directions.share(2), chart));
  }

  /// The last layer before the dense layer behind the narrowest one: that and its activation. −1 if
  /// there is none before the output.
  private static int narrowest(List<Layer> layers) {
    int best = -1;
    int fewest = Integer.MAX_VALUE;
    int previous = -1;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Dense) {
        if (previous >= 0 && ((Dense) layers.get(previous)).units() < fewest) {
          fewest = ((Dense) layers.get(previous)).units();
          best = i - 1;
        }
        previous = i;
      }
    }
    return best;
  }

  private static float[][] codes(Model model, Dataset data, int at) {
    Graph g = new Graph();
    Node node = g.input("features", model.network().input());
    Node code = node;
    Map<String, Integer> count = new HashMap<>();
    List<Layer> layers = model.network().layers();
    for (int i = 0; i < layers.size(); i++) { // all of them: they lay θ out
      String kind = layers.get(i).kind();
      node = layers.get(i).apply(g.scope(kind, kind + count.merge(kind, 1, Integer::sum)), node);
      code = i == at ? node : code;
    }
    Kernels kernels = Kernels.of(model.theta().values().precision(), Workers.of(1));
    Plan plan = Plan.of(g, List.of(code), ROWS, Plan.Purpose.FORWARD, Mode.EVALUATION);
    Workspace workspace = new Workspace(plan, kernels, 0);
    Batch batch = new Batch(kernels, ROWS, List.of(Form.batched(model.network().input())));
    int width = code.shape().size();
    float[][] codes = new float[data.size()][width];
    int[] indices = new int[ROWS];
    for (int from = 0; from < data.size(); from += ROWS) {
      int rows = Math.min(ROWS, data.size() - from);
      for (int row = 0; row < rows; row++) {
        indices[row] = from + row;
      }
      batch.begin(rows, 0);
      data.gather(indices, 0, rows, batch);
      workspace.forward(model.theta(), batch);
      Buffer values = workspace.value(code);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < width; i++) {
          codes[from + row][i] = (float) values.get(row * width + i);
        }
      }
    }
    return codes;
  }
}
