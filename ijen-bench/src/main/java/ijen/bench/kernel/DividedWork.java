package ijen.bench.kernel;

import ijen.bench.kernel.KernelCase.Call;
import ijen.bench.kernel.KernelCase.Preparation;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Pointwise;
import ijen.kernel.Workers;
import java.util.ArrayList;
import java.util.List;

/// What the workers' barrier costs, and from which size on it is worth it.
///
/// Kernels decide by themselves whether to split a call. Here the same work is divided by hand,
/// whatever its size, so that one thread and more can be compared at every size.
final class DividedWork {
  /// The table of work at several sizes.
  static final String GROUP = "divided work";

  private static final int WIDTH = 64;

  private final List<Kernels> kernels = new ArrayList<>(); // one thread's each
  private final Workers workers;
  private final int rows;

  private DividedWork(Operands operands, int rows) {
    this.workers = operands.workers();
    this.rows = rows;
    for (int part = 0; part < workers.threads(); part++) {
      kernels.add(operands.kernels(Workers.of(1))); // these have no thread that would need an end
    }
  }

  static List<KernelCase> cases() {
    List<KernelCase> cases = new ArrayList<>();
    cases.add(
        new KernelCase("barrier", "empty task", "", Cost.none(), true, 0, DividedWork::barrier));
    for (int n = 1 << 10; n <= 1 << 18; n *= 4) {
      int numbers = n;
      add(cases, "relu", n + " numbers", KernelCases.ROUNDINGS, o -> relu(o, numbers));
    }
    for (int m = 4; m <= 64; m *= 2) {
      int rows = m;
      String shape = m * WIDTH * WIDTH + " multiply-adds";
      add(cases, "product", shape, KernelCases.ADDITION * WIDTH, o -> product(o, rows));
    }
    return cases;
  }

  private static void add(
      List<KernelCase> cases, String kernel, String shape, double tolerance, Preparation call) {
    cases.add(new KernelCase(GROUP, kernel, shape, Cost.none(), true, tolerance, call));
  }

  /// A task that does nothing but leave a mark that it ran.
  private static Call barrier(Operands o) {
    int distance = 32; // in cache lines of their own
    Buffer marks = o.zeros(o.workers().threads() * distance);
    Workers workers = o.workers();
    Workers.Task task = (part, parts) -> marks.set(part * distance, parts);
    return Call.of(() -> workers.run(task), marks);
  }

  private static Call relu(Operands o, int n) {
    DividedWork work = new DividedWork(o, n);
    Buffer x = o.uniform(n, -8, 8);
    Buffer y = o.zeros(n);
    List<Buffer> xs = work.slices(x, 1);
    List<Buffer> ys = work.slices(y, 1);
    Workers.Task task =
        (part, parts) -> {
          Buffer mine = xs.get(part);
          work.kernels.get(part).apply(Pointwise.RELU, mine, ys.get(part), mine.length());
        };
    return Call.of(() -> work.workers.run(task), y);
  }

  private static Call product(Operands o, int m) {
    DividedWork work = new DividedWork(o, m);
    Buffer b = o.matrix(WIDTH, WIDTH, false);
    List<Buffer> lefts = work.slices(o.matrix(m, WIDTH, false), WIDTH);
    Buffer out = o.zeros(m * WIDTH);
    List<Buffer> outs = work.slices(out, WIDTH);
    Workers.Task task =
        (part, parts) -> {
          Buffer a = lefts.get(part);
          int rows = a.length() / WIDTH;
          work.kernels
              .get(part)
              .gemm(false, false, rows, WIDTH, WIDTH, a, b, outs.get(part), false);
        };
    return Call.of(() -> work.workers.run(task), out);
  }

  /// Each thread's rows.
  private List<Buffer> slices(Buffer whole, int columns) {
    List<Buffer> slices = new ArrayList<>();
    int parts = workers.threads();
    for (int part = 0; part < parts; part++) {
      int from = rows * part / parts;
      int to = rows * (part + 1) / parts;
      slices.add(whole.slice(from * columns, (to - from) * columns));
    }
    return slices;
  }
}
