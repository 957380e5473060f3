package ijen.format.arff;

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
class ArffFuzzTest {
  private static final long SEED = Long.getLong("ijen.seed", 37);
  private static final int ROUNDS = Integer.getInteger("ijen.rounds", 5000);

  /// What reading `n` bytes may allocate: `GROWTH · n + SLACK`. A text that is no number costs an
  /// object, others nothing but their place.
  private static final long GROWTH = 64;

  private static final long SLACK = 2 << 20;

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
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        Table table = ArffFile.read(name, content, round % 2 == 0);
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
        Locale.ROOT, "ARFF: %d broken tables refused, %d read (seed %d)%n", refused, read, SEED);
    assertThat(refused).isGreaterThan(ROUNDS / 4);
    assertThat(read).isPositive();
  }

  /// Reaches every message once: linking a message's first use allocates, and is not the reader's
  /// doing.
  private static void warmUp() throws IOException {
    for (int round = 0; round < 300; round++) {
      try {
        ArffFile.read("warm-up", changed(-1 - round), true);
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
        String special = "'\"{},\n\r\t?%@\\e-. \0";
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
      default -> {
        int from = random.nextInt(good.length);
        byte[] noise = new byte[good.length - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bent, from, noise.length);
      }
    }
    return bent;
  }

  private static String table(RandomGenerator random) {
    int columns = 1 + random.nextInt(6);
    StringBuilder text = new StringBuilder("% comment\n@relation 'a b'\n");
    int[] kinds = new int[columns];
    for (int i = 0; i < columns; i++) {
      kinds[i] = random.nextInt(3);
      String type = kinds[i] == 0 ? "REAL" : kinds[i] == 1 ? "{a,'b c',0}" : "string";
      text.append("@attribute 'n ").append(i).append("' ").append(type).append('\n');
    }
    text.append("@data\n");
    for (int row = 1 + random.nextInt(20); row > 0; row--) {
      boolean sparse = random.nextInt(4) == 0;
      text.append(sparse ? "{" : "");
      for (int i = 0; i < columns; i++) {
        text.append(i == 0 ? "" : ",").append(sparse ? i + " " : "");
        text.append(
            switch (kinds[i]) {
              case 0 -> Float.toString(random.nextFloat());
              case 1 -> random.nextBoolean() ? "a" : "'b c'";
              default -> "\"t " + random.nextInt(3) + "\"";
            });
      }
      text.append(sparse ? "}\n" : "\n");
    }
    return text.toString();
  }
}
