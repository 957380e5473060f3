package ijen.optim;

import ijen.format.AtomicFile;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Shape;
import ijen.graph.Statistics;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The numbers from which a zeroth-order training is rebuilt, bit for bit, without its data: one a
/// step, or as many as there were directions.
///
/// A step along random directions depends on seeds, which are functions of the step, and on the
/// slopes that were measured; a log has the slopes. Replaying it runs the optimiser's own steps,
/// only that a slope is read where it would be measured: the operations on θ are the same, in the
/// same order, also those that go forth and back in place. An estimator that comes back exactly
/// needs one pass over θ for each direction, one that works in place three; neither runs the
/// network.
///
/// **File.** Text. A head names format, optimiser, settings, numbers of θ and the SHA-256 of the
/// start; then a line for each step: its number, the factor of the schedule, and the slopes, in
/// Java's hexadecimal notation, which is exact. A line without its end, as a killed program may
/// leave it, does not count.
///
/// **Not rebuilt** is what a [HybridEstimator] finds by back-propagation, which is therefore
/// refused, and the running statistics of normalisation layers, which are means of what the layers
/// saw of the data. A network that has them needs data after its replay, to settle them anew; its
/// parameters are those of the training, bit for bit, its statistics are near them.
///
/// Not thread-safe.
public final class ZerothOrderLog implements AutoCloseable {
  private static final String FORMAT = "ijen zeroth-order log 1";
  private static final String STEPS = "steps";

  private final Path file;
  private final StringBuilder line = new StringBuilder();
  private @Nullable BufferedWriter out;

  private final double[] numbers; // of the line that is replayed
  private int next;

  private ZerothOrderLog(Path file, @Nullable BufferedWriter out, double[] numbers) {
    this.file = file;
    this.out = out;
    this.numbers = numbers;
  }

  /// Begins a new log, of a training of `optimizer` from `start`.
  ///
  /// @throws IOException if it cannot be written, or is there already: a log is never overwritten
  /// @throws IllegalArgumentException if the optimiser's steps cannot be rebuilt from numbers
  public static ZerothOrderLog create(Path file, Optimizer optimizer, Theta start)
      throws IOException {
    String head = head(optimizer, start);
    BufferedWriter out =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    out.write(head);
    return new ZerothOrderLog(file, out, new double[0]);
  }

  /// Goes on with a log after its first `steps` steps; what stands behind them is dropped.
  ///
  /// @param start the training's start, not where it goes on
  /// @throws IOException if the file cannot be read or written, is no log of this training, or has
  ///   fewer steps
  public static ZerothOrderLog resume(Path file, Optimizer optimizer, Theta start, long steps)
      throws IOException {
    StringBuilder kept = new StringBuilder(head(optimizer, start));
    try (BufferedReader in = open(file, optimizer, start)) {
      for (long step = 1; step <= steps; step++) {
        String words = lineOf(in);
        if (words == null) {
          throw new IOException("%s: expected %d steps, got %d".formatted(file, steps, step - 1));
        }
        kept.append(words).append('\n');
      }
    }
    AtomicFile.write(file, out -> out.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
    return new ZerothOrderLog(
        file,
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
        new double[0]);
  }

  private static String head(Optimizer optimizer, Theta start) {
    if (ZerothOrder.estimator(optimizer) instanceof HybridEstimator) {
      throw new IllegalArgumentException(
          optimizer.name()
              + ": hybrid steps depend on gradients, which a log of slopes does not have");
    }
    StringBuilder head = new StringBuilder(FORMAT + "\noptimizer " + optimizer.name() + "\n");
    optimizer
        .settings()
        .forEach((name, value) -> head.append(name).append(' ').append(value).append('\n'));
    return head.append("numbers ")
        .append(start.size())
        .append(' ')
        .append(start.values().precision())
        .append("\nstart ")
        .append(start.sha256())
        .append('\n')
        .append(STEPS)
        .append('\n')
        .toString();
  }

  /// Writes down the steps that are taken with `state` from now on.
  public void record(OptimizerState state) {
    state.companion(Probe.class).attach(this);
  }

  /// Writes all whole steps to the file.
  public void flush() {
    endLine();
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the rest and closes the file.
  @Override
  public void close() throws IOException {
    endLine();
    if (out != null) {
      out.close();
      out = null;
    }
  }

  private void endLine() {
    if (line.isEmpty()) {
      return;
    }
    try {
      if (out == null) {
        throw new IOException(file + ": a step was taken after the log was closed");
      }
      out.append(line.append('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.setLength(0);
  }

  /// Whether steps are replayed.
  boolean isRead() {
    return numbers.length > 0;
  }

  /// A step begins.
  void begin(long step, double rateFactor) {
    if (!isRead()) {
      endLine();
      line.append(step).append(' ').append(Double.toHexString(rateFactor));
    }
  }

  /// A number of the step: written down, or read in place of the one that is not measured.
  double number(double measured) {
    if (!isRead()) {
      line.append(' ').append(Double.toHexString(measured));
      return measured;
    }
    if (next == numbers.length) {
      throw new TooFew();
    }
    return numbers[next++];
  }

  /// Takes all steps of a log again: `theta`, the start, becomes the training's end, bit for bit,
  /// on any number of threads.
  ///
  /// @return the number of steps
  /// @throws IOException if the file cannot be read, is no log of this optimiser from this start,
  ///   or is damaged, naming the step; what `theta` then holds is of no use
  /// @throws IllegalArgumentException if the network has running statistics, which a log does not
  ///   have
  public static long replay(Path file, Optimizer optimizer, Theta theta, Kernels kernels)
      throws IOException {
    Statistics statistics = theta.parameters().statistics();
    if (statistics.count() > 0) {
      throw new IllegalArgumentException(
          file
              + ": a log rebuilds parameters, but not running statistics such as '"
              + statistics.iterator().next().name()
              + "', which depend on data: replay it with a settling");
    }
    return steps(file, optimizer, theta, kernels);
  }

  /// The same for a network with running statistics: `settling` is given the training's end, with
  /// the start's statistics, and moves these by data, in rounds of [Objective#value] and
  /// [Objective#settle] with batches of an objective in training mode. With the momentum m of the
  /// layers, n rounds leave (1 − m)ⁿ of the start: of 100 with m = 0.1, 3 in 100,000.
  ///
  /// @return the number of steps
  /// @throws IOException as above
  public static long replay(
      Path file, Optimizer optimizer, Theta theta, Kernels kernels, Consumer<Theta> settling)
      throws IOException {
    long steps = steps(file, optimizer, theta, kernels);
    settling.accept(theta);
    return steps;
  }

  private static long steps(Path file, Optimizer optimizer, Theta theta, Kernels kernels)
      throws IOException {
    OptimizerState state = optimizer.state(theta.parameters(), kernels);
    Batch none = new Batch(kernels.precision(), 1, List.of(Form.batched(Shape.scalar())));
    Objective silent = new Silent(theta.parameters());
    try (BufferedReader in = open(file, optimizer, theta)) {
      for (long step = 1; ; step++) {
        String words = lineOf(in);
        if (words == null) {
          return step - 1;
        }
        double[] numbers = parse(file, words, step);
        ZerothOrderLog log = new ZerothOrderLog(file, null, numbers);
        log.next = 1;
        state.companion(Probe.class).attach(log);
        state.rateFactor(numbers[0]);
        try {
          optimizer.step(silent, theta, none, state);
        } catch (TooFew e) {
          throw new IOException("%s: step %d has too few numbers".formatted(file, step), e);
        }
        if (log.next < numbers.length) {
          throw new IOException("%s: step %d has too many numbers".formatted(file, step));
        }
      }
    }
  }

  /// Reads the head, which has to be that of this training.
  private static BufferedReader open(Path file, Optimizer optimizer, Theta start)
      throws IOException {
    String head = head(optimizer, start);
    BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      for (String expected : head.lines().toList()) {
        String got = lineOf(in);
        if (!expected.equals(got)) {
          throw new IOException(
              "%s: expected '%s', got '%s'".formatted(file, expected, got == null ? "" : got));
        }
      }
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /// The next line, null if there is none that has an end.
  private static @Nullable String lineOf(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      line.append((char) c);
    }
    return null;
  }

  private static double[] parse(Path file, String line, long step) throws IOException {
    String[] words = line.split(" ", -1);
    double[] numbers = new double[words.length - 1];
    try {
      if (words.length > 1 && Long.parseLong(words[0]) == step) {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = Double.parseDouble(words[i + 1]);
        }
        return numbers;
      }
    } catch (NumberFormatException e) {
      throw new IOException("%s: step %d is damaged: '%s'".formatted(file, step, line), e);
    }
    throw new IOException("%s: expected step %d, got '%s'".formatted(file, step, line));
  }

  /// A step asks for more numbers than its line has.
  private static final class TooFew extends RuntimeException {}

  /// Stands where a training has its objective, and is asked nothing.
  private record Silent(Parameters parameters) implements Objective {
    @Override
    public double value(Theta theta, Batch batch) {
      throw asked();
    }

    @Override
    public double gradient(Theta theta, Batch batch, Gradient into) {
      throw asked();
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      throw asked();
    }

    private static UnsupportedOperationException asked() {
      return new UnsupportedOperationException("a replayed step measures nothing");
    }
  }
}
