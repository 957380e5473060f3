package ijen.format.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.FormatException;
import ijen.format.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final CsvOptions SEEN = CsvOptions.seen();

  @TempDir Path folder;

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = CsvFileTest.class.getResourceAsStream("/ijen/format/csv/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static Table read(String text) throws IOException {
    return read(text, SEEN);
  }

  private static Table read(String text, CsvOptions options) throws IOException {
    return CsvFile.read("t.csv", text.getBytes(UTF_8), options);
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Table.Column::name).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"comma.csv", "crlf.csv", "semicolon.csv", "tab.tsv", "quoted.csv", "bare.csv"})
  void readsWhatPythonWrites(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, fixture(name));
    Table table = CsvFile.read(file);
    assertThat(names(table))
        .containsExactlyElementsOf(
            name.equals("bare.csv")
                ? List.of("column1", "column2", "column3", "column4")
                : List.of("width", "height ü", "species", "y"));
    assertThat(table.numbers().floats())
        .containsExactly(5.1f, 3.5f, -2e-3f, 4.9f, 3, 0, 4.7f, 255, 100, -0.5f, 0.25f, 16777216);
    assertThat(table.columns().get(2).categories())
        .containsExactly(
            // Python leaves spaces without quotes; then they do not count.
            name.equals("quoted.csv")
                ? new String[] {" spaces ", "line\nfeed", "say \"hi\"", "two, three"}
                : new String[] {"line\nfeed", "say \"hi\"", "spaces", "two, three"});
    assertThat(table.columns().get(2).categories().get(table.category(0, 2)))
        .isEqualTo("say \"hi\"");
  }

  @Test
  void imagesTakeAByteAPixel() throws IOException {
    Path file = folder.resolve("images"); // what it is, is seen from the content
    Files.write(file, fixture("images.csv.gz"));
    Table table = CsvFile.read(file);
    assertThat(table.numbers()).hasToString("U8 [12, 785]");
    assertThat(names(table)).startsWith("label", "pixel0").endsWith("pixel783").hasSize(785);
    for (int row = 0; row < 12; row++) {
      assertThat(table.number(row, 0)).isEqualTo(row % 10);
      for (int i = 0; i < 784; i++) {
        assertThat(table.number(row, i + 1)).isEqualTo((row * 784 + i) * 7 % 256);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2                | a        | 1",
        "1,2;3,4                | column1  | 2",
        "a,b;c,d                | a        | 1",
        "a,1;2,3                | a        | 1",
        "a,1;b,3                | column1  | 2",
        "0,1,2;7,8,9            | 0        | 1",
        "0,1;7,8                | column1  | 2",
        "',a;0,5;1,6'           | column1  | 2",
        "7                      | column1  | 1",
        "2020,2021,name;1,2,x   | column1  | 2",
        "2020,2021,name;1,2,3   | 2020     | 1"
      })
  void seesAHeader(String text, String firstName, int rows) throws IOException {
    Table table = read(text.replace(';', '\n'));
    assertThat(names(table).getFirst()).isEqualTo(firstName);
    assertThat(table.rows()).isEqualTo(rows);
  }

  @Test
  void aHeaderCanBeSaidToBeThereOrNot() throws IOException {
    CsvOptions without = SEEN.withHeader(CsvOptions.Header.ABSENT);
    assertThat(read("a,b\nc,d\n", without).rows()).isEqualTo(2);
    CsvOptions with = SEEN.withHeader(CsvOptions.Header.PRESENT);
    assertThat(names(read("1,2\n3,4\n", with))).containsExactly("1", "2");
  }

  @Test
  void columnsCanBeSaidToHoldCategories() throws IOException {
    Table table = read("label,x\n10,1\n9,2\n10,3\n", SEEN.withNominal("label"));
    assertThat(table.columns().getFirst().categories()).containsExactly("9", "10");
    assertThat(table.category(0, 0)).isEqualTo(1);
    assertThatThrownBy(() -> read("label,x\n1,1\n", SEEN.withNominal("class")))
        .isInstanceOf(FormatException.class)
        .hasMessage("t.csv: expected a column 'class', as was asked for, got [label, x]");
  }

  @Test
  void separatorsAreSeenOutsideOfQuotesOrGiven() throws IOException {
    assertThat(names(read("\"a,b,c\";d\n1;2\n"))).containsExactly("a,b,c", "d");
    assertThat(names(read("a|b\n1|2\n", SEEN.withSeparator('|')))).containsExactly("a", "b");
    assertThat(names(read("x\n1\n2\n"))).containsExactly("x");
  }

  @Test
  void emptyLinesMayStandAtTheEnd() throws IOException {
    assertThat(read("a,b\n1,2\n\n\n").rows()).isEqualTo(1);
    assertThat(read("a,b\r\n1,2").rows()).isEqualTo(1);
    assertThatThrownBy(() -> read("a,b\n1,2\n\n3,4\n"))
        .hasMessage("t.csv: line 3: expected values, got none");
  }

  @Test
  void missingValuesAreRefusedOrKept() throws IOException {
    assertThatThrownBy(() -> read("a,b\n1,2\n,4\n"))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "t.csv: line 3: column 1 ('a'): expected a value, got '': fill it in, or read with"
                + " missing values");
    Table table = read("a,b,c\n1,2,x\n,NA,?\nNaN,4,y\n", SEEN.withMissing());
    assertThat(table.number(1, 0)).isNaN();
    assertThat(table.number(1, 1)).isNaN();
    assertThat(table.category(1, 2)).isEqualTo(-1);
    assertThat(table.columns().get(2).categories()).containsExactly("x", "y");
    assertThat(read("a,b\n,1\n2,3\n", SEEN.withMissing()).number(0, 0)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2;3          | line 3: expected 2 values, got 1",
        "a,b;1,2;3,4,5      | line 3: expected 2 values, got more",
        "a,b;1,2;3,x        | line 3: column 2 ('b'): expected a number, got 'x'; if the column"
            + " holds categories, say that it does",
        "a,b;1,2;3,1e99     | line 3: column 2 ('b'): expected a number that a float can hold, got"
            + " '1e99'",
        "a,b;1,2;3,0x1p3    | line 3: column 2 ('b'): expected a number, got '0x1p3'; if the column"
            + " holds categories, say that it does",
        "a,a;1,2            | column 2: expected a name of its own, got 'a' again",
        "a,b                | expected rows of values after the line with the names of the columns,"
            + " got none"
      })
  void namesLineAndColumnOfAProblem(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')))
        .isInstanceOf(FormatException.class)
        .hasMessage("t.csv: " + problem);
  }

  @Test
  void refusesWhatIsNoCsv() throws IOException {
    assertThatThrownBy(() -> read("")).hasMessage("t.csv: expected a table, got an empty file");
    assertThatThrownBy(() -> read("a,b\n1,\"2\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("t.csv: expected CSV: ")
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("a,b\n1,\"2\"3\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("t.csv: expected CSV: ")
        .hasMessageContaining("line 2");
    assertThatThrownBy(
            () -> CsvFile.read("t.csv", new byte[] {'a', '\n', '1', '\n', (byte) 0xC3}, SEEN))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("t.csv: expected text in UTF-8");
    assertThatThrownBy(() -> read("a,b\n1," + "9".repeat(200_000) + "\n"))
        .isInstanceOf(FormatException.class);
    byte[] zipped = zip("a,b\n1,2\n");
    zipped[zipped.length - 5] ^= 1;
    assertThatThrownBy(() -> CsvFile.read("t.csv", zipped, SEEN))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("compressed byte");
    assertThatThrownBy(() -> CsvFile.read(folder)).hasMessageContaining("no ordinary file");
    assertThatThrownBy(() -> SEEN.withSeparator('"')).hasMessageStartingWith("separator: ");
  }

  private static byte[] zip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.csv", "t.csv.gz"})
  void whatIsWrittenIsReadAgain(String name) throws IOException {
    Table table =
        Table.of(
                "own",
                List.of("x, \"y\"", "z"),
                new float[] {
                  1, 0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 16777216, Float.NaN, -3
                })
            .withCategories("label", List.of(" a ", "b,c", "", "?"), new int[] {0, 1, 2, 3});
    Path file = folder.resolve(name);
    CsvFile.write(file, table);
    byte[] first = Files.readAllBytes(file);
    CsvFile.write(file, table);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    Table again = CsvFile.read(file, SEEN.withMissing().withNominal("label"));
    assertThat(names(again)).isEqualTo(names(table));
    assertThat(again.numbers().bytes()).isEqualTo(table.numbers().bytes());
    for (int row = 0; row < 4; row++) {
      assertThat(again.columns().getFirst().categories().get(again.category(row, 0)))
          .isEqualTo(table.columns().getFirst().categories().get(row));
    }
    if (name.equals("t.csv")) {
      assertThat(file)
          .hasContent(
              """
              label,"x, ""y\""",z
              " a ",1,0.1
              "b,c",-0.0,1.4E-45
              "",3.4028235E38,16777216
              "?",NaN,-3
              """);
    }
  }
}
