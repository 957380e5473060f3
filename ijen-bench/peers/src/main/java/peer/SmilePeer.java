package peer;

import java.io.IOException;
import java.util.Random;
import smile.classification.LogisticRegression;
import smile.classification.MLP;
import smile.math.MathEx;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.OutputFunction;
import smile.util.IntSet;
import smile.util.function.TimeFunction;

/// Smile's own multilayer perceptron, and for a network without hidden layers its online logistic
/// regression.
///
/// Both compute in `double` from rows that are arrays of their own, and neither tells the loss of a
/// step. Layers begin as Smile likes. The logistic regression begins at zero, has a row of weights
/// for all classes but one, and takes one sample at a time.
final class SmilePeer {
  private static final String VERSION = "6.2.5";

  private final Job job;
  private final double[][] x;
  private final int[] y;

  private SmilePeer(Job job) throws IOException {
    this.job = job;
    this.x = images("train");
    this.y = labels("train");
  }

  /// A model that learns from samples, each given by its number.
  private interface Learner {
    void learn(int[] order, int from, int to);

    int decide(double[] sample);
  }

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", job.word("threads"));
    if (job.is("probe", "1")) {
      try (MLP once =
          new MLP(Layer.input(2), Layer.rectifier(2), Layer.mle(2, OutputFunction.SOFTMAX))) {
        once.update(new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1}); // loads what it loads
      }
      Report.begin(VERSION, 0);
      return;
    }
    Report.begin(VERSION, 0);
    MathEx.setSeed(job.whole("seed"));
    new SmilePeer(job).run();
  }

  private void run() throws IOException {
    Learner learner = job.layers().length == 2 ? regression() : perceptron();
    int[] order = new int[y.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Random random = new Random(job.whole("seed"));
    int batch = job.whole("batch");
    int epochs = job.whole("warmup") + job.whole("epochs");
    for (int epoch = 0; epoch < epochs; epoch++) {
      long start = System.nanoTime();
      Job.shuffle(order, random);
      for (int from = 0; from < order.length; from += batch) {
        learner.learn(order, from, Math.min(from + batch, order.length));
      }
      Report.epoch(epoch, (System.nanoTime() - start) * 1e-9, Double.NaN);
    }
    double[][] samples = images("test");
    int[] truth = labels("test");
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      right += learner.decide(samples[i]) == truth[i] ? 1 : 0;
    }
    Report.test((double) right / truth.length);
  }

  private Learner perceptron() {
    int[] layers = job.layers();
    LayerBuilder[] builders = new LayerBuilder[layers.length];
    builders[0] = Layer.input(layers[0]);
    for (int i = 1; i < layers.length - 1; i++) {
      builders[i] = Layer.rectifier(layers[i]);
    }
    builders[layers.length - 1] = Layer.mle(layers[layers.length - 1], OutputFunction.SOFTMAX);
    MLP network = new MLP(builders);
    network.setLearningRate(TimeFunction.constant(job.number("rate")));
    if (job.number("decay") > 0) {
      network.setWeightDecay(job.number("decay"));
    }
    return new Learner() {
      @Override
      public void learn(int[] order, int from, int to) {
        double[][] xs = new double[to - from][];
        int[] ys = new int[to - from];
        for (int i = from; i < to; i++) {
          xs[i - from] = x[order[i]];
          ys[i - from] = y[order[i]];
        }
        network.update(xs, ys);
      }

      @Override
      public int decide(double[] sample) {
        return network.predict(sample);
      }
    };
  }

  private Learner regression() {
    int classes = job.layers()[1];
    double[][] weights = new double[classes - 1][job.layers()[0] + 1];
    var model = new LogisticRegression.Multinomial(weights, 0, 0, IntSet.of(classes));
    model.setLearningRate(job.number("rate"));
    return new Learner() {
      @Override
      public void learn(int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
          model.update(x[order[i]], y[order[i]]);
        }
      }

      @Override
      public int decide(double[] sample) {
        return model.predict(sample);
      }
    };
  }

  private double[][] images(String part) throws IOException {
    byte[] pixels = job.bytes(part, "images");
    int width = job.layers()[0];
    double[][] rows = new double[pixels.length / width][width];
    for (int i = 0; i < pixels.length; i++) {
      rows[i / width][i % width] = (pixels[i] & 255) / 255.0;
    }
    return rows;
  }

  private int[] labels(String part) throws IOException {
    byte[] bytes = job.bytes(part, "labels");
    int[] labels = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      labels[i] = bytes[i] & 255;
    }
    return labels;
  }
}
