package ijen.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Table;
import ijen.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Broken tables: each is read, or refused with a [FormatException], quickly and in little memory.
class CsvFuzzTest {
  private static final long SEED = Long.getLong("ijen.seed", 31);
  private static final int ROUNDS = Integer.getInteger("ijen.rounds", 5000);

  /// What reading `n` bytes may allocate: `GROWTH · n + SLACK`. A text that is no number costs an
  /// object, others nothing but their place.
  private static final long GROWTH = 64;

  private static final long SLACK = 2 << 20; // buffers of readers and of the first line

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @Timeout(3600)
  void brokenTablesAreRefusedOrRead() throws IOException {
    warmUp();
    int refused = 0;
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = changed(round);
      String name = "round " + round + " seed " + SEED;
      CsvOptions options = round % 2 == 0 ? CsvOptions.seen() : CsvOptions.seen().withMissing();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        Table table = CsvFile.read(name, content, options);
        assertThat(table.rows()).as(name).isPositive();
        read++;
      } catch (FormatException wrong) {
        assertThat(wrong).hasMessageStartingWith(name + ": ");
        refused++;
      } catch (IOException | RuntimeException | Error wrong) {
        throw new AssertionError(
            name + ": expected a FormatException for " + new String(content, UTF_8), wrong);
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated for %s of %d bytes", name, content.length)
          .isLessThan(GROWTH * content.length + SLACK);
    }
    System.out.printf(
        Locale.ROOT, "CSV: %d broken tables refused, %d read (seed %d)%n", refused, read, SEED);
    assertThat(refused).isGreaterThan(ROUNDS / 4);
    assertThat(read).isPositive();
  }

  /// Reaches every message once: linking a message's first use allocates, and is not the reader's
  /// doing.
  private static void warmUp() throws IOException {
    for (int round = 0; round < 300; round++) {
      try {
        CsvFile.read("warm-up", changed(-1 - round), CsvOptions.seen().withMissing());
      } catch (FormatException wrong) {
        assertThat(wrong).hasMessageStartingWith("warm-up: ");
      }
    }
  }

  private static byte[] changed(int round) {
    RandomGenerator random = RandomStream.of(SEED, "broken", round).generator();
    byte[] good = table(random).getBytes(UTF_8);
    byte[] bent = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> bent = Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        String special = "\",;\n\r\t?eE+-. \0xN";
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          bent[random.nextInt(bent.length)] =
              (byte) special.charAt(random.nextInt(special.length()));
        }
      }
      case 3 -> {
        int from = random.nextInt(good.length);
        int to = from + random.nextInt(good.length - from);
        bent = Arrays.copyOf(good, good.length - (to - from));
        System.arraycopy(good, to, bent, from, good.length - to);
      }
      default -> random.nextBytes(bent);
    }
    return bent;
  }

  private static String table(RandomGenerator random) {
    int columns = 1 + random.nextInt(8);
    int rows = 1 + random.nextInt(20);
    char separator = ",;\t".charAt(random.nextInt(3));
    StringBuilder text = new StringBuilder();
    boolean[] words = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      words[i] = random.nextInt(4) == 0;
      text.append(i == 0 ? "" : separator).append("name").append(i);
    }
    for (int row = 0; row < rows; row++) {
      text.append('\n');
      for (int i = 0; i < columns; i++) {
        text.append(i == 0 ? "" : separator);
        text.append(
            words[i]
                ? "\"word " + random.nextInt(3) + "\""
                : random.nextBoolean() ? random.nextInt(256) : random.nextFloat());
      }
    }
    return text.append('\n').toString();
  }
}
