package ijen.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Table;
import ijen.format.Tables;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Broken tables: each is read, or refused with a [FormatException], quickly and in little memory.
class CsvFuzzTest {
  /// The first line, which is looked at as a whole, and the library's buffer.
  private static final long SLACK = 512 << 10;

  private static final Fuzz FUZZ = new Fuzz("CSV", FormatException.class, 31, 5_000, SLACK);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void brokenTablesAreRefusedOrRead() throws IOException {
    Fuzz.Result result =
        FUZZ.run(
            CsvFuzzTest::changed,
            (name, content) -> {
              CsvOptions options = CsvOptions.seen();
              options = content.length % 2 == 0 ? options : options.withMissing();
              assertThat(CsvFile.read(name, content, options).rows()).isPositive();
            });
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 4);
    assertThat(result.read()).isPositive();
  }

  /// Large tables of each kind allocate at most twice what there is, too: a number is 2 bytes or
  /// more as text and 4 in memory, a category 4, a column and a different text 256 each.
  @Test
  void largeTablesTakeLittleMemory() throws IOException {
    int rows = 200_000;
    StringBuilder bytes = new StringBuilder("a,b\n");
    StringBuilder floats = new StringBuilder("a,b\n1,2\n");
    StringBuilder few = new StringBuilder("a,b\n");
    StringBuilder many = new StringBuilder("a,b\n");
    for (int row = 0; row < rows; row++) {
      bytes.append(row % 10).append(",1\n");
      floats.append("1,").append(row < rows / 2 ? 2 : .5).append('\n');
      few.append("xyz".charAt(row % 3)).append(',').append(row % 2 == 0 ? "l\n" : "r\n");
      many.append(row < 60_000 ? "t" + row : "u").append(",1\n");
    }
    StringBuilder wide = new StringBuilder("c0");
    for (int column = 1; column < 100_000; column++) {
      wide.append(",c").append(column);
    }
    wide.append('\n').append("1,".repeat(99_999)).append("1\n");
    requireLittle("bytes", bytes, 2L * rows, 2);
    requireLittle("floats", floats, 8L * rows, 2);
    requireLittle("few words", few, 8L * rows, 7);
    requireLittle("many words", many, 8L * rows, 60_003);
    requireLittle("many columns", wide, 100_000, 100_000);
  }

  private static void requireLittle(
      String name, StringBuilder text, long numbers, long columnsAndTexts) throws IOException {
    byte[] content = text.toString().getBytes(UTF_8);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Table table = CsvFile.read(name, content, CsvOptions.seen());
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(table.columns()).hasSizeGreaterThan(1);
    assertThat(allocated)
        .as(name)
        .isLessThan(2 * (content.length + numbers + 256 * columnsAndTexts) + SLACK);
  }

  /// A changed table, plain or gzipped.
  private static Fuzz.Sample changed(RandomGenerator random) throws IOException {
    byte[] good = table(random).getBytes(UTF_8);
    byte[] bent =
        switch (random.nextInt(5)) {
          case 0, 1 -> Changes.any(good, random);
          case 2, 3 -> Changes.characters(good, "\",;\n\r\t?eE+-. \0xN", random);
          default -> Changes.noise(good, random);
        };
    return Tables.sample(bent, random);
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
