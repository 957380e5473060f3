package ijen.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Plan;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.graph.Workspace;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.nn.Network;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs networks, here and in ONNX Runtime, and compares what comes out.
final class Runs {
  /// How far results may be apart, beside the number's own size.
  static final double TOLERANCE = 1e-5;

  private Runs() {}

  /// What a network makes of samples in evaluation.
  static float[] evaluate(Network network, Theta theta, float[] inputs, int rows) {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.of(Precision.FLOAT, workers);
      Graph g = new Graph();
      Node output = network.build(g, g.input("features", network.input()));
      Plan plan = Plan.of(g, List.of(output), rows, Plan.Purpose.FORWARD, Mode.EVALUATION);
      Workspace workspace = new Workspace(plan, kernels, 0);
      Batch batch = new Batch(Precision.FLOAT, rows, List.of(Form.batched(network.input())));
      batch.begin(rows, 0);
      batch.features().put(0, inputs, 0, inputs.length);
      workspace.forward(theta, batch);
      return workspace.value(output).slice(0, rows * output.shape().size()).toFloats();
    }
  }

  /// A file opened by ONNX Runtime.
  static final class Session implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtSession session;
    private final Shape features;

    Session(Path file, Shape features) throws OrtException {
      this.features = features;
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      session = environment.createSession(file.toString(), options);
    }

    /// What ONNX Runtime makes of samples.
    float[] run(float[] inputs, int rows) throws OrtException {
      long[] shape = new long[1 + features.rank()];
      shape[0] = rows;
      for (int i = 0; i < features.rank(); i++) {
        shape[1 + i] = features.dimension(i);
      }
      try (OnnxTensor input =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs), shape);
          OrtSession.Result result = session.run(Map.of("features", input))) {
        FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] values = new float[output.remaining()];
        output.get(values);
        return values;
      }
    }

    @Override
    public void close() throws OrtException {
      session.close();
      options.close();
    }
  }

  /// What ONNX Runtime makes of samples.
  static float[] ort(Path file, Shape features, float[] inputs, int rows) throws OrtException {
    try (Session session = new Session(file, features)) {
      return session.run(inputs, rows);
    }
  }

  /// Fails where two results are apart; gives the largest distance, beside the number's own size.
  static double compare(String what, float[] values, float[] expected) {
    assertThat(values).as(what).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = Math.abs(values[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      if (!(distance <= TOLERANCE)) { // NaN fails too
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: number %d: expected %s, got %s (seed %d)",
                what,
                i,
                expected[i],
                values[i],
                LayerCases.SEED));
      }
      largest = Math.max(largest, distance);
    }
    return largest;
  }
}
