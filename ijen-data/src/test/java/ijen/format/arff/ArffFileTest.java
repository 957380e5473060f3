package ijen.format.arff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.FormatException;
import ijen.format.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArffFileTest {
  /// As OpenML serves its sets, with what the format allows beside.
  private static final String IRIS =
      """
      % 1. Title: Iris plants
      %
      @RELATION 'iris plants'

      @ATTRIBUTE sepallength\tREAL
      @attribute 'petal width' numeric [0, 10]
      @Attribute "it's\\t\\"x\\"" integer
      @ATTRIBUTE colour string
      @ATTRIBUTE class {Iris-setosa, 'Iris versicolor' ,"Iris,virginica"}

      @DATA
      5.1,3.5,1,red,Iris-setosa
      % a comment between rows

      4.9 , 3 ,2, 'dark blue' , 'Iris versicolor'
      -4.7,1e2,255,red,"Iris,virginica"
      %
      """;

  @TempDir Path folder;

  private static Table read(String text) throws IOException {
    return ArffFile.read("t.arff", text.getBytes(UTF_8), false);
  }

  private static String table(String types, String rows) {
    StringBuilder text = new StringBuilder("@relation t\n");
    String[] each = types.split("/", -1);
    for (int i = 0; i < each.length; i++) {
      text.append("@attribute a").append(i).append(' ').append(each[i]).append('\n');
    }
    return text.append("@data\n").append(rows).toString();
  }

  @Test
  void readsHeaderAndRows() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Path file = folder.resolve("iris");
      Files.writeString(file, IRIS.replace("\n", end));
      Table table = ArffFile.read(file);
      assertThat(table.columns())
          .containsExactly(
              Table.Column.numbers("sepallength"),
              Table.Column.numbers("petal width"),
              Table.Column.numbers("it's\t\"x\""),
              Table.Column.categories("colour", List.of("dark blue", "red")),
              Table.Column.categories(
                  "class", List.of("Iris-setosa", "Iris versicolor", "Iris,virginica")));
      assertThat(table.numbers().floats())
          .containsExactly(5.1f, 3.5f, 1, 4.9f, 3, 2, -4.7f, 100, 255);
      for (int row = 0; row < 3; row++) {
        assertThat(table.category(row, 4)).isEqualTo(row);
      }
      assertThat(table.category(1, 3)).isZero();
    }
  }

  @Test
  void categoriesKeepTheOrderOfTheList() throws IOException {
    Table table = read(table("{b,a,10,9}", "9\na\nb\n10\n"));
    assertThat(table.columns().getFirst().categories()).containsExactly("b", "a", "10", "9");
    assertThat(table.category(0, 0)).isEqualTo(3);
    assertThat(table.category(2, 0)).isZero();
  }

  @Test
  void imagesTakeAByteAPixel() throws IOException {
    StringBuilder text = new StringBuilder("@RELATION mnist_784\n");
    for (int i = 1; i <= 784; i++) {
      text.append("@ATTRIBUTE pixel").append(i).append(" real\n");
    }
    text.append("@ATTRIBUTE class {0,1,2,3,4,5,6,7,8,9}\n@DATA\n");
    for (int row = 0; row < 20; row++) {
      for (int i = 0; i < 784; i++) {
        text.append((row * 784 + i) * 11 % 256).append(',');
      }
      text.append(row % 10).append('\n');
    }
    Table table = read(text.toString());
    assertThat(table.numbers()).hasToString("U8 [20, 784]");
    byte[] pixels = table.numbers().bytes();
    for (int i = 0; i < pixels.length; i++) {
      if ((pixels[i] & 255) != i * 11 % 256) {
        throw new AssertionError("pixel " + i + " is " + pixels[i]);
      }
    }
    assertThat(table.category(13, 784)).isEqualTo(3);
  }

  @Test
  void sparseRowsHaveZerosAndFirstCategories() throws IOException {
    Table table =
        read(table("numeric/{no,yes}/real/{x,y}", "{}\n{1 yes, 2 -1.5}\n{ 0 7 ,3 'y' }\n"));
    assertThat(table.numbers().floats()).containsExactly(0, 0, 0, -1.5f, 7, 0);
    assertThat(table.category(0, 1)).isZero();
    assertThat(table.category(1, 1)).isEqualTo(1);
    assertThat(table.category(2, 3)).isEqualTo(1);
  }

  @Test
  void missingValuesAreRefusedOrKept() throws IOException {
    String text = table("numeric/{no,yes}", "1,no\n?,yes\n3,?\n");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "t.arff: line 6: column 1 ('a0'): expected a value, got '?': fill it in, or read with"
                + " missing values");
    Table table = ArffFile.read("t.arff", text.getBytes(UTF_8), true);
    assertThat(table.number(1, 0)).isNaN();
    assertThat(table.category(2, 1)).isEqualTo(-1);
    Table quoted = read(table("{'?',b}", "'?'\n"));
    assertThat(quoted.category(0, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numeric       | 1;2,3         | line 5: expected 1 values, got more",
        "real/real     | 1,2;3         | line 6: expected 2 values, got 1",
        "real/real     | 1,2;3,x       | line 6: column 2 ('a1'): expected a number, got 'x'; if"
            + " the column holds categories, say that it does",
        "{a,b}         | c             | line 4: column 1 ('a0'): expected one of [a, b], got 'c'",
        "{a b}         | a             | line 2: expected ',' or '}' after a name of 'a0', got 'b'",
        "{a,           | a             | line 2: expected a name of 'a0', got the end of the line",
        "date          | 2020-01-01    | line 2: attribute 'a0': expected the type numeric, real,"
            + " integer, string or {…}, got 'date'",
        "relational    | 1             | line 2: attribute 'a0': expected the type numeric, real,"
            + " integer, string or {…}, got 'relational'",
        "real/real     | {1 2, 0 3}    | line 5: expected the numbers of columns, rising, 2 to 1,"
            + " got '0'",
        "real/real     | {2 2}         | line 5: expected the numbers of columns, rising, 0 to 1,"
            + " got '2'",
        "real/real     | {-1 2}        | line 5: expected the numbers of columns, rising, 0 to 1,"
            + " got '-1'",
        "real/real     | {0 2          | line 5: expected ',' or '}' after a value, got the end of"
            + " the file",
        "real/real     | 1,2,{5}       | line 5: expected values only, got '{': rows with a weight"
            + " are not known here",
        "real/real     | 1 2           | line 5: expected ',' or the end of the line after a value,"
            + " got '2'",
        "string        | \"abc         | line 4: expected the quote that closes 'abc'"
      })
  void namesLineAndColumnOfAProblem(String types, String rows, String problem) {
    assertThatThrownBy(() -> read(table(types, rows.replace(';', '\n'))))
        .isInstanceOf(FormatException.class)
        .hasMessage("t.arff: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2                                   | line 1: expected @relation, @attribute or"
            + " @data, got 'a': this is no ARFF file",
        "@relation t;@attribute a real             | line 2: expected @data, the file ends",
        "@relation t;@data;1                       | line 3: expected an @attribute before @data,"
            + " got none",
        "@relation t;@attribute a real;@data       | expected one or more rows of values, got none",
        "@attribute a real;@data;1                 | line 1: expected @relation before the first"
            + " @attribute",
        "@relation t;@attribute a;@data            | line 2: expected the type of 'a', got the end"
            + " of the line",
        "@relation t;@attribute a real;@attribute a real;@data;1,1 | column 2: expected a name of"
            + " its own, got 'a' again",
        "@relation t;@end                          | line 2: expected @relation, @attribute or"
            + " @data, got '@end'"
      })
  void refusesABrokenHeader(String text, String problem) {
    assertThatThrownBy(() -> read(text.replace(';', '\n')))
        .isInstanceOf(FormatException.class)
        .hasMessage("t.arff: " + problem);
  }

  @Test
  void refusesLongWordsAndTablesMadeOfNothing() {
    assertThatThrownBy(() -> read(table("string", "a".repeat(ArffFile.MOST_WORD + 1))))
        .hasMessageEndingWith("expected words of at most 65536 characters, got a longer one");
    StringBuilder wide = new StringBuilder("@relation t\n");
    for (int i = 0; i < 2000; i++) {
      wide.append("@attribute a").append(i).append(" real\n");
    }
    wide.append("@data\n").append("{}\n".repeat(100_000));
    assertThatThrownBy(() -> read(wide.toString()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("rows that leave out zeros would make a table of ");
  }
}
