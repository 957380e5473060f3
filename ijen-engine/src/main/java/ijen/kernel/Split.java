package ijen.kernel;

/// The operands of one kernel call, and its division among the workers.
///
/// One object serves all calls of one [VectorKernels], so that a call allocates nothing: the caller
/// sets the operands, names the loop ([Part]) and says over what it runs. Small calls stay on the
/// caller's thread, because a barrier costs more than they do.
final class Split implements Workers.Task {
  /// A loop over the numbers, rows or columns `from` to `to − 1` of the operands, with memory of
  /// its own for intermediate results.
  @FunctionalInterface
  interface Part {
    void run(Split operands, float[] scratch, int from, int to);
  }

  /// A sum over the numbers `from` to `to − 1` of the operands.
  @FunctionalInterface
  interface Sum {
    double of(Split operands, int from, int to);
  }

  /// Additions below which a call is not split: they take a few times as long as the barrier.
  static final int WORTHWHILE = 64 * 1024;

  /// Borders between parts of element-wise work: whole cache lines.
  private static final int LINE = 16;

  /// Numbers that [#sum] adds up before it combines: a constant, so that threads do not change the
  /// sum.
  static final int CHUNK = 8 * 1024;

  private static final Buffer NONE = Buffer.of(new float[0]);

  /// Numbers of scratch memory for each thread: small enough for the first-level cache.
  private static final int SCRATCH = 1024;

  private final Workers workers;
  private final float[][] scratch;

  Buffer a = NONE;
  Buffer b = NONE;
  Buffer c = NONE;
  Buffer d = NONE;
  Buffer e = NONE;
  int strideA;
  int strideB;
  int rows;
  int columns;
  double factor;
  long seed;
  long stream;

  private Sum sum = (operands, from, to) -> 0;
  private int total;
  private double[] partials = {};

  private Part part = (operands, scratch, from, to) -> {};
  private int count;
  private int multiple;

  Split(Workers workers) {
    this.workers = workers;
    this.scratch = new float[workers.threads()][SCRATCH];
  }

  Split of(Buffer a, Buffer b) {
    this.a = a;
    this.b = b;
    return this;
  }

  Split of(Buffer a, Buffer b, Buffer c) {
    this.c = c;
    return of(a, b);
  }

  Split of(Buffer a, Buffer b, Buffer c, Buffer d) {
    this.d = d;
    return of(a, b, c);
  }

  Split of(Buffer a, Buffer b, Buffer c, Buffer d, Buffer e) {
    this.e = e;
    return of(a, b, c, d);
  }

  Split strides(int strideA, int strideB) {
    this.strideA = strideA;
    this.strideB = strideB;
    return this;
  }

  Split factor(double factor) {
    this.factor = factor;
    return this;
  }

  Split random(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
    return this;
  }

  /// The caller's memory for intermediate results.
  float[] scratch() {
    return scratch[0];
  }

  /// Runs `part` over `n` numbers.
  void elements(Part part, int n) {
    elements(part, n, 1);
  }

  /// Runs `part` over `n` numbers that cost `cost` additions each.
  void elements(Part part, int n, int cost) {
    run(part, n, LINE, (long) n * cost);
  }

  /// Runs `part` over the rows of a matrix.
  void rows(Part part, int rows, int columns) {
    rows(part, rows, columns, 1);
  }

  /// Runs `part` over the rows of a matrix of numbers that cost `cost` additions each.
  void rows(Part part, int rows, int columns, int cost) {
    this.rows = rows;
    this.columns = columns;
    run(part, rows, 1, (long) rows * columns * cost);
  }

  /// Runs `part` over the columns of a matrix.
  void columns(Part part, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    run(part, columns, LINE, (long) rows * columns);
  }

  /// Adds up what `sum` says of each chunk of `n` numbers, in order.
  double sum(Sum sum, int n) {
    int chunks = Math.ceilDiv(n, CHUNK);
    if (partials.length < chunks) {
      partials = new double[chunks];
    }
    this.sum = sum;
    this.total = n;
    run(CHUNKS, chunks, 1, n);
    double result = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      result += partials[chunk];
    }
    return result;
  }

  private static final Part CHUNKS =
      (s, scratch, from, to) -> {
        for (int chunk = from; chunk < to; chunk++) {
          int at = chunk * CHUNK;
          s.partials[chunk] = s.sum.of(s, at, Math.min(s.total - at, CHUNK) + at);
        }
      };

  private void run(Part part, int count, int multiple, long work) {
    if (work < WORTHWHILE || workers.active() == 1) {
      part.run(this, scratch[0], 0, count);
    } else {
      this.part = part;
      this.count = count;
      this.multiple = multiple;
      workers.run(this);
    }
  }

  @Override
  public void run(int part, int parts) {
    int from = border(part, parts);
    int to = border(part + 1, parts);
    if (from < to) {
      this.part.run(this, scratch[part], from, to);
    }
  }

  private int border(int part, int parts) {
    if (part == parts) {
      return count;
    }
    int even = (int) ((long) count * part / parts);
    return even - even % multiple;
  }
}
