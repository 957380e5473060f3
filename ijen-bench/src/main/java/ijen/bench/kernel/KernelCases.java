package ijen.bench.kernel;

import ijen.bench.kernel.KernelCase.Call;
import ijen.bench.kernel.KernelCase.Preparation;
import ijen.data.Batches;
import ijen.data.ByteImages;
import ijen.graph.Batch;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.ByteScale;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import ijen.kernel.LossKernels;
import ijen.kernel.Pointwise;
import ijen.kernel.Precision;
import java.util.ArrayList;
import java.util.List;

/// The list of all that is measured; to measure another kernel, add a line here.
///
/// Bytes are counted as an algorithm sees them: every array that it needs read once, every array
/// that it makes written once.
final class KernelCases {
  private static final int[] SQUARES = {96, 192, 384, 768, 1024};

  /// Layers as batch, inputs, outputs: those of the workloads that `./ijen bench` trains.
  private static final int[][] LAYERS = {
    {1, 784, 10},
    {16, 784, 40},
    {16, 40, 40},
    {16, 40, 10},
    {100, 784, 10},
    {128, 784, 128},
    {128, 128, 64},
    {128, 64, 128},
    {128, 128, 784},
    {256, 784, 256},
    {256, 256, 256},
    {256, 256, 10},
    {256, 784, 512},
  };

  /// Layers at which what a step really calls is measured beside the bare products.
  private static final int[][] FUSED = {{16, 784, 40}, {128, 784, 128}, {256, 784, 256}};

  /// The inputs of a first layer, whose gradient nobody wants.
  private static final int IMAGE = 784;

  private static final int[] SIZES = {1 << 10, 1 << 16, 1 << 20};

  private static final int CLASSES = 10;
  private static final int COLUMNS = 256;
  private static final int PIXELS = 32 * 32;

  /// More bytes than caches hold, as in a data set.
  private static final int IMAGES = 1 << 16;

  /// A few roundings of `float`.
  static final double ROUNDINGS = 2e-6;

  /// For each addition of a sum of numbers up to 1.
  static final double ADDITION = 0x1p-22;

  private final List<KernelCase> cases = new ArrayList<>();

  private KernelCases() {}

  /// All cases, group by group.
  static List<KernelCase> all() {
    KernelCases list = new KernelCases();
    list.products();
    for (int size : SIZES) {
      list.elements(size);
    }
    for (int size : SIZES) {
      list.gathering(size);
    }
    for (int size : SIZES) {
      list.updates(size);
    }
    list.cases.addAll(DividedWork.cases());
    return List.copyOf(list.cases);
  }

  /// The case of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  static KernelCase named(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("kernel benchmarks: no case '" + name + "'"));
  }

  private void products() {
    for (int n : SQUARES) {
      product("square", n + "x" + n + "x" + n, false, false, n, n, n);
    }
    for (int[] layer : LAYERS) {
      int batch = layer[0];
      int in = layer[1];
      int out = layer[2];
      String shape = batch + "x" + in + "x" + out;
      product("forward", shape, false, true, batch, out, in);
      if (in != IMAGE) {
        product("dX", shape, false, false, batch, in, out);
      }
      product("dW", shape, true, false, out, in, batch);
    }
    for (int[] layer : FUSED) {
      fused(layer[0], layer[1], layer[2]);
    }
  }

  private void product(String kernel, String shape, boolean ta, boolean tb, int m, int n, int k) {
    Preparation call =
        o -> {
          // The textbook loops run along k, and are many times faster if the operands do so too.
          boolean textbook = o.precision() == Precision.DOUBLE;
          boolean a = !textbook && ta;
          boolean b = textbook || tb;
          Buffer left = o.matrix(m, k, a);
          Buffer right = o.matrix(k, n, b);
          Buffer out = o.zeros(m * n);
          Kernels kernels = o.kernels();
          return Call.of(() -> kernels.gemm(a, b, m, n, k, left, right, out, false), out);
        };
    Cost cost = Cost.multiplyAdds((double) m * n * k);
    cases.add(new KernelCase("products", kernel, shape, cost, true, ADDITION * k, call));
  }

  /// Products that do more on their way out: bias and ReLU, or the step of gradient descent.
  private void fused(int batch, int in, int out) {
    Preparation forward =
        o -> {
          Buffer x = o.matrix(batch, in, false);
          Buffer weight = o.matrix(out, in, false);
          Buffer bias = o.uniform(out, -1, 1);
          Buffer y = o.zeros(batch * out);
          Kernels kernels = o.kernels();
          return Call.of(
              () -> kernels.affine(batch, out, in, x, weight, bias, Pointwise.RELU, y), y);
        };
    Preparation descent =
        o -> {
          Buffer d = o.matrix(batch, out, false);
          Buffer x = o.matrix(batch, in, false);
          Buffer theta = o.matrix(out, in, false);
          Buffer room = o.zeros(out * in);
          Decay decay = Decay.none();
          Kernels kernels = o.kernels();
          return Call.of(
              () ->
                  kernels.gemmDescend(true, false, out, in, batch, d, x, room, theta, 1e-3, decay),
              theta);
        };
    String shape = batch + "x" + in + "x" + out;
    Cost cost = Cost.multiplyAdds((double) batch * in * out);
    cases.add(new KernelCase("products", "affine", shape, cost, true, ADDITION * in, forward));
    cases.add(new KernelCase("products", "descend", shape, cost, true, ADDITION * batch, descent));
  }

  /// A call on operands of one length, which all are part of the answer.
  @FunctionalInterface
  private interface Pass {
    void run(Kernels kernels, Buffer[] operands);
  }

  private void elements(int n) {
    pass("relu", n, 1, 2, 2, -8, (k, b) -> k.apply(Pointwise.RELU, b[0], b[1], n));
    pass("sigmoid", n, 1, 2, 2, -8, (k, b) -> k.apply(Pointwise.SIGMOID, b[0], b[1], n));
    pass("tanh", n, 1, 2, 2, -8, (k, b) -> k.apply(Pointwise.TANH, b[0], b[1], n));
    pass("erf", n, 1, 2, 2, -8, (k, b) -> k.apply(Pointwise.ERF, b[0], b[1], n));
    pass("exp", n, 1, 2, 2, -8, (k, b) -> k.apply(Pointwise.EXP, b[0], b[1], n));
    pass("log", n, 1, 2, 2, 1e-3, (k, b) -> k.apply(Pointwise.LOG, b[0], b[1], n));
    int rows = n / CLASSES;
    pass("softmax", rows, CLASSES, 2, 2, -8, (k, b) -> k.softmax(b[0], b[1], rows, CLASSES));
    crossEntropy(rows);
    sumColumns(n / COLUMNS);
    pass("dropoutMask", n, 1, 1, 1, -8, (k, b) -> k.randoms().dropoutMask(b[0], n, 0.8, 1, 2));
  }

  private void updates(int n) {
    Decay decay = Decay.of(new int[] {n}, new double[] {1e-3});
    pass("addNormals", n, 1, 1, 2, -8, (k, b) -> k.randoms().addNormals(b[0], n, 1e-3, 1, 2, 0));
    pass("sgd", n, 1, 2, 3, -8, (k, b) -> k.updates().sgd(b[0], b[1], n, 0.01, decay));
    pass(
        "momentum",
        n,
        1,
        3,
        5,
        -8,
        (k, b) -> k.updates().momentum(b[0], b[1], b[2], n, 0.01, 0.9, false, decay));
    pass(
        "adam",
        n,
        1,
        4,
        7,
        0.1, // a mean of squares is not negative
        (k, b) ->
            k.updates().adam(b[0], b[1], b[2], b[3], n, 1e-3, 0.9, 0.999, 1e-8, 0.1, 1e-3, decay));
    pass(
        "amsgrad",
        n,
        1,
        5,
        9,
        0.1,
        (k, b) ->
            k.updates()
                .amsgrad(
                    b[0], b[1], b[2], b[3], b[4], n, 1e-3, 0.9, 0.999, 1e-8, 0.1, 1e-3, decay));
    pass(
        "rmsProp",
        n,
        1,
        3,
        5,
        0.1,
        (k, b) -> k.updates().rmsProp(b[0], b[1], b[2], null, null, n, 1e-3, 0.99, 1e-8, 0, decay));
    pass(
        "adagrad",
        n,
        1,
        3,
        5,
        0.1,
        (k, b) -> k.updates().adagrad(b[0], b[1], b[2], n, 1e-3, 1e-10, decay));
  }

  /// @param operands how many arrays there are
  /// @param arrays how many arrays are read, and how many are written, together
  /// @param least where the operands' numbers begin; they end at 8
  private void pass(
      String kernel, int rows, int columns, int operands, int arrays, double least, Pass pass) {
    int n = rows * columns;
    Preparation call =
        o -> {
          Buffer[] buffers = new Buffer[operands];
          for (int i = 0; i < operands; i++) {
            buffers[i] = o.uniform(n, least, 8);
          }
          Kernels kernels = o.kernels();
          return Call.of(() -> pass.run(kernels, buffers), buffers);
        };
    double bytes = 4.0 * arrays * n;
    double workingSet = 4.0 * operands * n;
    boolean update = arrays > operands; // some are both read and written
    String group = update ? "updates" : "elements";
    Cost cost = update ? Cost.updating(bytes, workingSet) : Cost.copying(bytes, workingSet);
    String shape = columns == 1 ? "" + rows : rows + "x" + columns;
    cases.add(new KernelCase(group, kernel, shape, cost, true, ROUNDINGS, call));
  }

  private void crossEntropy(int rows) {
    int n = rows * CLASSES;
    Preparation call =
        o -> {
          Buffer logits = o.uniform(n, -8, 8);
          Buffer labels = o.labels(rows, CLASSES);
          Buffer delta = o.zeros(n);
          Buffer loss = o.zeros(rows);
          LossKernels losses = o.kernels().losses();
          return Call.of(
              () -> losses.crossEntropy(logits, labels, 0, delta, loss, rows, CLASSES),
              delta,
              loss);
        };
    double bytes = 4.0 * (2 * n + 2 * rows);
    Cost cost = Cost.copying(bytes, bytes);
    String shape = rows + "x" + CLASSES;
    cases.add(new KernelCase("elements", "crossEntropy", shape, cost, true, ROUNDINGS, call));
  }

  private void sumColumns(int rows) {
    Preparation call =
        o -> {
          Buffer x = o.uniform(rows * COLUMNS, -1, 1);
          Buffer out = o.zeros(COLUMNS);
          Kernels kernels = o.kernels();
          return Call.of(() -> kernels.sumColumns(x, out, rows, COLUMNS), out);
        };
    double bytes = 4.0 * (rows + 1) * COLUMNS;
    Cost cost = Cost.copying(bytes, bytes);
    double tolerance = ADDITION * rows;
    String shape = rows + "x" + COLUMNS;
    cases.add(new KernelCase("elements", "sumColumns", shape, cost, true, tolerance, call));
  }

  /// Bytes to numbers: the same again and again, and images of a shuffled data set.
  private void gathering(int n) {
    Preparation bytes =
        o -> {
          byte[] source = o.bytes(n);
          ByteScale scale = ByteScale.of(1 / 255.0, 0);
          Buffer out = o.zeros(n);
          return Call.of(() -> out.putBytes(0, source, 0, n, scale), out);
        };
    Cost near = Cost.copying(5.0 * n, 5.0 * n);
    cases.add(new KernelCase("elements", "putBytes", "" + n, near, false, 0, bytes));

    int rows = n / PIXELS;
    Preparation images =
        o -> {
          byte[] pixels = o.bytes(IMAGES * PIXELS);
          ByteImages set =
              ByteImages.of("noise", Shape.of(PIXELS), pixels, new int[IMAGES], List.of("noise"));
          Batches batches = Batches.of(set, rows, true, 1, false);
          Batch batch = batches.allocate(o.precision());
          int[] step = {0};
          Runnable load =
              () -> {
                batches.load(0, step[0], 0, batch);
                step[0] = (step[0] + 1) % batches.stepsPerEpoch();
              };
          return Call.of(load, batch.features());
        };
    Cost far = Cost.copying(5.0 * n, (double) IMAGES * PIXELS);
    String shape = rows + "x" + PIXELS;
    cases.add(new KernelCase("elements", "gather", shape, far, false, 0, images));
  }
}
