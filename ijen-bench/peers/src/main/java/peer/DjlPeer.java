package peer;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/// Deep Java Library on its PyTorch engine: images as one float array in memory, an order drawn
/// anew each epoch, batches taken by index, the loss read in every step.
///
/// Its weight decay cannot be limited to weights and shrinks biases too.
final class DjlPeer {
  private final Job job;
  private final boolean decides;
  private final Loss loss;

  private DjlPeer(Job job) {
    this.job = job;
    this.decides = job.is("loss", "cross-entropy");
    this.loss = decides ? Loss.softmaxCrossEntropyLoss() : new L2Loss("squared-error", 1f);
  }

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", job.word("threads"));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getInstance();
    String version = Engine.getDjlVersion() + ", PyTorch " + engine.getVersion();
    if (job.is("probe", "1")) {
      Report.begin(version, product());
      return;
    }
    Report.begin(version, 0);
    engine.setRandomSeed(job.whole("seed"));
    new DjlPeer(job).run();
  }

  private void run() throws Exception {
    try (Model model = Model.newInstance("peer")) {
      model.setBlock(network());
      try (Trainer trainer =
          model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer()))) {
        trainer.initialize(new Shape(1, job.layers()[0]));
        NDManager memory = trainer.getManager();
        NDArray x = images(memory, "train");
        NDArray y = decides ? labels(memory, "train") : x;
        int epochs = job.whole("warmup") + job.whole("epochs");
        for (int epoch = 0; epoch < epochs; epoch++) {
          long start = System.nanoTime();
          double mean = epoch(trainer, x, y);
          Report.epoch(epoch, (System.nanoTime() - start) * 1e-9, mean);
        }
        Report.test(test(trainer));
      }
    }
  }

  private SequentialBlock network() {
    int[] layers = job.layers();
    boolean normalised = job.is("kind", "normalised");
    SequentialBlock network = new SequentialBlock();
    if (job.is("kind", "convolutional")) {
      int side = (int) Math.sqrt(layers[0]);
      network.add(x -> new NDList(x.singletonOrThrow().reshape(-1, 1, side, side)));
      convolution(network, 6, 2);
      convolution(network, 16, 0);
      network.add(Blocks.batchFlattenBlock());
    }
    for (int i = 1; i < layers.length; i++) {
      network.add(Linear.builder().setUnits(layers[i]).build());
      if (i < layers.length - 1) {
        if (normalised) {
          network.add(BatchNorm.builder().build());
        }
        network.add(Activation.reluBlock());
        if (normalised) {
          network.add(Dropout.builder().optRate((float) job.number("dropout")).build());
        }
      }
    }
    if (!decides) {
      network.add(Activation.sigmoidBlock());
    }
    network.setInitializer( // N(0, 2/fan-in)
        new XavierInitializer(
            XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2f),
        Parameter.Type.WEIGHT);
    return network;
  }

  private static void convolution(SequentialBlock network, int outputs, int padding) {
    network
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(5, 5))
                .optPadding(new Shape(padding, padding))
                .setFilters(outputs)
                .build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
  }

  private Optimizer optimizer() {
    Tracker rate = Tracker.fixed((float) job.number("rate"));
    if (job.is("optimizer", "adam")) {
      return Optimizer.adam().optLearningRateTracker(rate).build();
    }
    Optimizer.OptimizerBuilder<?> sgd = Optimizer.sgd().setLearningRateTracker(rate);
    float decay = (float) job.number("decay");
    if (decay > 0) {
      sgd.optWeightDecays(decay);
    }
    float momentum = (float) job.number("momentum");
    if (momentum > 0) {
      ((ai.djl.training.optimizer.Sgd.Builder) sgd).optMomentum(momentum);
    }
    return ((ai.djl.training.optimizer.Sgd.Builder) sgd).build();
  }

  /// The mean loss of an epoch.
  private double epoch(Trainer trainer, NDArray x, NDArray y) {
    int n = (int) x.getShape().get(0);
    int batch = job.whole("batch");
    double total = 0;
    try (NDManager epochMemory = trainer.getManager().newSubManager()) {
      NDArray order = epochMemory.randomPermutation(n);
      for (int from = 0; from < n; from += batch) {
        int to = Math.min(from + batch, n);
        try (NDManager memory = epochMemory.newSubManager()) {
          NDArray indices = order.get(memory, new NDIndex(from + ":" + to));
          NDArray xs = x.get(indices);
          xs.attach(memory);
          NDArray ys = decides ? y.get(indices) : xs;
          ys.attach(memory);
          total += step(trainer, new NDList(xs), new NDList(ys)) * (to - from);
        }
      }
    }
    return total / n;
  }

  private double step(Trainer trainer, NDList x, NDList y) {
    double value;
    try (GradientCollector collector = trainer.newGradientCollector()) {
      NDArray mean = loss.evaluate(y, trainer.forward(x, y));
      collector.backward(mean);
      value = mean.getFloat();
    }
    trainer.step();
    return value;
  }

  private double test(Trainer trainer) throws Exception {
    try (NDManager memory = trainer.getManager().newSubManager()) {
      NDArray x = images(memory, "test");
      NDArray output = trainer.evaluate(new NDList(x)).singletonOrThrow();
      NDArray mean =
          decides
              ? output
                  .argMax(1)
                  .eq(labels(memory, "test").toType(DataType.INT64, false))
                  .toType(DataType.FLOAT32, false)
                  .mean()
              : output.sub(x).square().mean();
      return mean.getFloat();
    }
  }

  private NDArray images(NDManager memory, String part) throws Exception {
    byte[] pixels = job.bytes(part, "images");
    float[] values = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      values[i] = (pixels[i] & 255) / 255f;
    }
    int width = job.layers()[0];
    return memory.create(values, new Shape(pixels.length / width, width));
  }

  private NDArray labels(NDManager memory, String part) throws Exception {
    byte[] bytes = job.bytes(part, "labels");
    int[] labels = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      labels[i] = bytes[i] & 255;
    }
    return memory.create(labels);
  }

  private static double product() {
    try (NDManager memory = NDManager.newBaseManager()) {
      int n = 512;
      NDArray a = memory.randomNormal(new Shape(n, n));
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 10; i++) {
        long start = System.nanoTime();
        a.matMul(a).getFloat(0, 0);
        best = Math.min(best, (System.nanoTime() - start) * 1e-9);
      }
      return 2.0 * n * n * n / best * 1e-9;
    }
  }
}
