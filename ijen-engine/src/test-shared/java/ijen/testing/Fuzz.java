package ijen.testing;

import com.sun.management.ThreadMXBean;
import ijen.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Gives a reader many files that were changed at random, and holds it to its promise: each is
/// read, or refused with the one documented exception, soon, and in little memory.
///
/// Little is twice what there is, and a constant that is the reader's own: for its buffers, its
/// messages, and the objects that it makes of a header. What there is are the bytes of the file and
/// those that hold what it says where these are more, see [Sample#holding].
///
/// `-Dijen.rounds` says how many files, `-Dijen.seed` from which seed; each line that is printed
/// has both. A file is a pure function of seed and round.
///
/// @param reader what reads, as it is printed
/// @param refusal the documented exception
/// @param seed the seed, if the property says none
/// @param rounds the number of files, if the property says none
/// @param constant the most bytes allocated beyond twice what there is
public record Fuzz(
    String reader, Class<? extends Exception> refusal, long seed, int rounds, long constant) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// The most processor time for one file.
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  private static final int LONGEST_MESSAGE = 3000; // characters

  /// How many files are read before allocations count: the first use of a class or a message
  /// allocates, which is not the reader's doing.
  private static final int WARM_UP = 500;

  /// Takes seed and rounds from the properties, if they say some.
  public Fuzz {
    seed = Long.getLong("ijen.seed", seed);
    rounds = Integer.getInteger("ijen.rounds", rounds);
  }

  /// A changed file.
  public static final class Sample {
    private final byte[] content;
    private final long held; // bytes that hold what it says beside its own
    private final boolean broken;

    private Sample(byte[] content, long held, boolean broken) {
      this.content = content;
      this.held = held;
      this.broken = broken;
    }

    /// A file that may still be valid.
    public static Sample of(byte[] content) {
      return new Sample(content, 0, false);
    }

    /// The same with so many bytes beside those of the file: its data unpacked, or as numbers what
    /// it has as text.
    public Sample holding(long held) {
      return new Sample(content, held, broken);
    }

    /// The same if `broken` is false, else a file that must be refused.
    public Sample broken(boolean broken) {
      return new Sample(content, held, broken);
    }
  }

  /// What makes a file.
  @FunctionalInterface
  public interface Changing {
    /// The file of a round, from its random numbers.
    Sample file(RandomGenerator random) throws IOException;
  }

  /// What reads a file in memory; `name` is what errors should call it.
  @FunctionalInterface
  public interface Reading {
    /// Reads all of it.
    void read(String name, byte[] content) throws Exception;
  }

  /// What reads a file on the disk.
  @FunctionalInterface
  public interface FileReading {
    /// Reads all of it.
    void read(Path file) throws Exception;
  }

  /// What came of the files.
  public static final class Result {
    private int read;
    private int refused;
    private long most; // bytes allocated for one
    private double share; // of what is allowed
    private long slowest; // nanoseconds of processor time

    /// How many were read.
    public int read() {
      return read;
    }

    /// How many were refused.
    public int refused() {
      return refused;
    }
  }

  /// Lets a reader read files in memory.
  public Result run(Changing changing, Reading reading) throws IOException {
    return all(changing, (name, content) -> measure(name, () -> reading.read(name, content)));
  }

  /// Lets a reader read files in a folder, which is to be empty.
  public Result run(Path folder, Changing changing, FileReading reading) throws IOException {
    Path file = folder.resolve("changed");
    return all(
        changing,
        (name, content) -> {
          Files.deleteIfExists(file); // to cut and rewrite one takes some file systems milliseconds
          Files.write(file, content);
          return measure(file.toString(), () -> reading.read(file));
        });
  }

  @FunctionalInterface
  private interface Once {
    void run() throws Exception;
  }

  @FunctionalInterface
  private interface Measuring {
    Result file(String name, byte[] content) throws IOException;
  }

  private Result measure(String name, Once reading) {
    Result into = new Result();
    long start = THREADS.getCurrentThreadCpuTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Exception failure = null;
    try {
      reading.run();
      into.read++;
    } catch (Exception thrown) {
      failure = thrown;
    }
    into.most = THREADS.getCurrentThreadAllocatedBytes() - before;
    into.slowest = THREADS.getCurrentThreadCpuTime() - start;
    if (failure == null) {
      return into;
    }
    if (!refusal.isInstance(failure)) {
      throw new AssertionError("expected a " + refusal.getSimpleName(), failure);
    }
    String message = String.valueOf(failure.getMessage());
    if (!message.startsWith(name) || message.length() > LONGEST_MESSAGE) {
      throw new AssertionError("expected a message of the file and not long, got " + message);
    }
    into.refused++;
    return into;
  }

  private Result all(Changing changing, Measuring measuring) throws IOException {
    Result all = new Result();
    for (int round = -WARM_UP; round < rounds; round++) {
      RandomGenerator random = RandomStream.of(seed, reader, round).generator();
      Sample sample = changing.file(random);
      String name = "%s round %s of -Dijen.seed=%s".formatted(reader, round, seed);
      Result one;
      try {
        one = measuring.file(name, sample.content);
      } catch (Exception | Error surprise) {
        throw new AssertionError(name + ": " + surprise.getMessage(), surprise);
      }
      if (one.most > allowed(sample)) { // a message that is used for the first time allocates
        one = measuring.file(name, sample.content);
      }
      if (sample.broken && one.read > 0) {
        throw new AssertionError(name + ": expected this broken file to be refused, it was read");
      }
      if (round >= 0) {
        requireLittle(name, sample, one);
        all.read += one.read;
        all.refused += one.refused;
        all.most = Math.max(all.most, one.most);
        all.share = Math.max(all.share, (double) one.most / allowed(sample));
        all.slowest = Math.max(all.slowest, one.slowest);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d changed files, %,d refused, %,d read; at most %,d bytes allocated, %.0f %% of what"
            + " is allowed; at most %d ms (seed %d)%n",
        reader,
        rounds,
        all.refused,
        all.read,
        all.most,
        100 * all.share,
        all.slowest / 1_000_000,
        seed);
    return all;
  }

  private long allowed(Sample sample) {
    return 2 * (sample.content.length + sample.held) + constant;
  }

  private void requireLittle(String name, Sample sample, Result one) {
    if (one.most > allowed(sample)) {
      throw new AssertionError(
          "%s: expected at most %s bytes allocated for %s of the file and %s beside it, got %s"
              .formatted(name, allowed(sample), sample.content.length, sample.held, one.most));
    }
    if (one.slowest > MOST_TIME.toNanos()) {
      throw new AssertionError(
          "%s: expected at most %s of processor time, got %s"
              .formatted(name, MOST_TIME, Duration.ofNanos(one.slowest)));
    }
  }
}
