package ijen.format.arff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.FormatException;
import ijen.format.Tables;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Broken tables: each is read, or refused with a [FormatException], quickly and in little memory.
class ArffFuzzTest {
  /// Buffers, and the first piece of the numbers.
  private static final long SLACK = 256 << 10;

  private static final Fuzz FUZZ = new Fuzz("ARFF", FormatException.class, 37, 5_000, SLACK);

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void brokenTablesAreRefusedOrRead() throws IOException {
    Fuzz.Result result =
        FUZZ.run(
            ArffFuzzTest::changed,
            (name, content) -> {
              boolean missing = content.length % 2 == 0;
              assertThat(ArffFile.read(name, content, missing).rows()).isPositive();
            });
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 4);
    assertThat(result.read()).isPositive();
  }

  /// A changed table, plain or gzipped.
  private static Fuzz.Sample changed(RandomGenerator random) throws IOException {
    byte[] good = table(random).getBytes(UTF_8);
    byte[] bent =
        switch (random.nextInt(5)) {
          case 0, 1 -> Changes.any(good, random);
          case 2, 3 -> Changes.characters(good, "'\"{},\n\r\t?%@\\e-. \0", random);
          default -> Changes.noise(good, random);
        };
    return Tables.sample(bent, random);
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
