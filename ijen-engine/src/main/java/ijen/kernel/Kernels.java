package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// Every loop over numbers that Ijen runs: products, activations, losses, reductions, updates.
///
/// Two implementations keep one contract. The SIMD kernels compute in `float`; the reference
/// kernels compute in `double` with plain loops and are the specification. An op is written once,
/// against this interface, and so runs in either.
///
/// **Conventions.** Matrices are row-major and dense. `out` is overwritten unless the method says
/// "adds". Lengths are given as arguments, because a buffer is as long as the largest batch and a
/// call may use less. Element-wise methods allow `out` to be one of the inputs. Arguments are
/// trusted: whoever builds a graph has checked the shapes.
///
/// **The same bits everywhere.** Each output number is accumulated in one order that depends on the
/// shapes alone, never on the number of threads or lanes, nor, for a row of a batch, on how many
/// other rows there are. Products accumulate by fused multiply-add over ascending `k`.
///
/// **Threads.** One object serves one caller at a time (it owns scratch memory); the work inside a
/// call may be split over the [Workers] it was made with. No method allocates once it has seen its
/// largest arguments.
public sealed interface Kernels permits ReferenceKernels, VectorKernels {

  /// SIMD kernels in `float`, splitting large calls over `workers`.
  ///
  /// @throws IllegalStateException naming the flag `--add-modules jdk.incubator.vector`, if the
  ///   module is not there
  static Kernels vector(Workers workers) {
    return new VectorKernels(workers);
  }

  /// Reference kernels in `double`, on the caller's thread.
  static Kernels reference() {
    return new ReferenceKernels();
  }

  /// Kernels of the given precision.
  static Kernels of(Precision precision, Workers workers) {
    return switch (precision) {
      case FLOAT -> vector(workers);
      case DOUBLE -> reference();
    };
  }

  /// How many floats one SIMD instruction of the vector kernels handles, for the record: no result
  /// depends on it.
  static int lanes() {
    return Lanes.COUNT;
  }

  /// The number format of all buffers given to these kernels.
  Precision precision();

  /// A new buffer of zeros in this precision.
  default Buffer allocate(int length) {
    return Buffer.allocate(precision(), length);
  }

  // ---------------------------------------------------------------- products

  /// Matrix product `out = A·B`, or `out += A·B` if `add`.
  ///
  /// **Shapes:** `out` is `[m, n]`; A is `[m, k]`, stored as `[k, m]` if `transposeA`; B is `[k,
  /// n]`, stored as `[n, k]` if `transposeB`. The accumulation of one output starts from its old
  /// value (if `add`) or from zero and goes over ascending `k`. `out` must not overlap A or B.
  void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean add);

  /// A step of gradient descent for a matrix whose gradient is a product: `θ ← θ − rate·(A·B +
  /// decay·θ)`.
  ///
  /// A, B and the sizes are those of [#gemm]; the bits are those of [#gemm] and [UpdateKernels#sgd]
  /// after one another, but the gradient is used up tile by tile. `room` is as long as `theta`, and
  /// its content afterwards is not defined; none of the buffers may overlap. `decay` is the same
  /// for all of `theta`.
  void gemmDescend(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer room,
      Buffer theta,
      double rate,
      Decay decay);

  /// Affine map of each row, and an activation in the same go: `y = f(x·Wᵀ + b)`.
  ///
  /// **Shapes:** `x` `[rows, in]`, `weight` `[out, in]`, `bias` `[out]` or none, `y` `[rows, out]`.
  /// Each sum begins at its bias, without one at zero, and goes over ascending `in`: the bits are
  /// those of [#fillRows], [#gemm] and the activation after one another. `y` must not overlap the
  /// others.
  void affine(
      int rows,
      int out,
      int in,
      Buffer x,
      Buffer weight,
      @Nullable Buffer bias,
      Pointwise f,
      Buffer y);

  /// The way back through the activation and the bias of [#affine], for an f whose derivative is
  /// not made of its input: `delta = d∘f′` and, if wanted, `biasGradient[c] = Σ_r delta[r,c]` over
  /// ascending rows.
  ///
  /// **Shapes:** all `[rows, columns]`, but `biasGradient` `[columns]`. `delta` may be `d`. With
  /// [Pointwise#NONE] `y` is not read.
  void affineDelta(
      Pointwise f,
      Buffer y,
      Buffer d,
      Buffer delta,
      @Nullable Buffer biasGradient,
      int rows,
      int columns);

  // ------------------------------------------------- element by element, and by rows

  /// `out[i] = x[i]`; nothing to do where `out` is `x`.
  void copy(Buffer x, Buffer out, int n);

  /// `out[i] = value`.
  void fill(Buffer out, int n, double value);

  /// `out[r,c] = a[r,c] + b[r,c]` over `rows × columns`.
  ///
  /// `strideA` and `strideB` are the distances between rows: `columns`, or 0 to use the same row of
  /// `columns` numbers for every row of `out`.
  void add(Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns);

  /// `out[r,c] = a[r,c] − b[r,c]`, strides as in [#add].
  void subtract(Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns);

  /// `out[r,c] = a[r,c]·b[r,c]`, strides as in [#add].
  void multiply(Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns);

  /// `out[i] = a[i] / b[i]`.
  void divide(Buffer a, Buffer b, Buffer out, int n);

  /// `out[i] = factor·x[i]`.
  void scale(Buffer x, double factor, Buffer out, int n);

  /// Adds: `out[i] += factor·x[i]`.
  void addScaled(Buffer x, double factor, Buffer out, int n);

  /// Adds: `out[i] += factor·sign x[i]`, where the sign of 0 is 0; NaN stays NaN.
  void addSign(Buffer x, double factor, Buffer out, int n);

  /// `out[r,c] = factor·d[r]·x[r,c]`: each row times a number of its own.
  void scaleRows(Buffer d, Buffer x, double factor, Buffer out, int rows, int columns);

  /// `out[r,c] = factor·d[r]`: each row filled with a number of its own.
  void spreadRows(Buffer d, double factor, Buffer out, int rows, int columns);

  /// `out[r,c] = row[c]`: the same row everywhere.
  void fillRows(Buffer row, Buffer out, int rows, int columns);

  /// `out[r] = factor·Σ_c x[r,c]`.
  void sumRows(Buffer x, double factor, Buffer out, int rows, int columns);

  /// `out[r] = factor·Σ_c a[r,c]·b[r,c]`.
  void dotRows(Buffer a, Buffer b, double factor, Buffer out, int rows, int columns);

  /// `out[r] = √(epsilon² + Σ_c x[r,c]²)`.
  void normRows(Buffer x, double epsilon, Buffer out, int rows, int columns);

  /// `out[c] = Σ_r x[r,c]`, over ascending rows.
  void sumColumns(Buffer x, Buffer out, int rows, int columns);

  // ------------------------------------------------------------- activations

  /// `y = f(x)`. At infinities it is the limit, and NaN stays NaN.
  void apply(Pointwise f, Buffer x, Buffer y, int n);

  /// `out = d∘f′`. Of `x` and `y = f(x)` it reads only what f says, [Pointwise#readsInput] and
  /// [Pointwise#readsOutput]; the other may hold anything.
  void gradient(Pointwise f, Buffer x, Buffer y, Buffer d, Buffer out, int n);

  /// `out = positive·d` where `x > 0`, else `slope·d`, with a slope for each channel: with x as d a
  /// parametric ReLU, with other d its derivatives.
  ///
  /// **Shapes:** `x`, `d`, `out` `[rows, channels, inner]`, `slopes` `[channels]`.
  void rectify(
      Buffer x,
      Buffer slopes,
      double positive,
      Buffer d,
      Buffer out,
      int rows,
      int channels,
      int inner);

  /// Row-wise `y[r,c] = e^{x[r,c] − max_r} / Σ_j e^{x[r,j] − max_r}`.
  void softmax(Buffer x, Buffer y, int rows, int columns);

  /// Row-wise `out = y∘(d − ⟨y, d⟩)`, the (symmetric) softmax Jacobian times `d`; `y` is the output
  /// of [#softmax].
  void softmaxGradient(Buffer y, Buffer d, Buffer out, int rows, int columns);

  // ------------------------------------------------------------------ losses

  /// Losses and their gradients.
  LossKernels losses();

  // -------------------------------------------------------------- random numbers

  /// Random numbers made where they are used.
  RandomKernels randoms();

  // -------------------------------------------------------------- reductions

  /// `Σ x[i]`, accumulated in double.
  double sum(Buffer x, int n);

  /// `Σ x[i]·y[i]`, accumulated in double.
  double dot(Buffer x, Buffer y, int n);

  /// `out[r]`: the column, from 0, of the largest number of row `r`; the first of equals; a NaN
  /// counts as largest, so that a diverged network is seen.
  void argmaxRows(Buffer x, int rows, int columns, int[] out);

  // ------------------------------------------------------- rows of another kind

  /// A loop over the rows `from` to `to − 1` of something.
  @FunctionalInterface
  interface Rows {
    /// Does these rows.
    void run(int from, int to);
  }

  /// Runs `loop` over the rows 0 … rows − 1: all at once, or in several parts at the same time
  /// where `work`, the cost of all rows in additions, is worth it.
  ///
  /// The loop must not use these kernels. If it fails, so does this call, by the first part's
  /// failure.
  void forRows(Rows loop, int rows, long work);

  // ------------------------------------------------------------------- groups

  /// Convolution, pooling, upsampling.
  ImageKernels images();

  /// Normalisations.
  NormKernels norms();

  /// Rows of tables.
  TableKernels tables();

  /// The steps of optimisers.
  UpdateKernels updates();
}
