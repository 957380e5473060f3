package ijen.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static void row(TableBuilder builder, long line, String... values)
      throws FormatException {
    builder.begin(line);
    for (String value : values) {
      builder.value(value.toCharArray(), 0, value.length(), false);
    }
    builder.end();
  }

  private static final List<Table.Column> MIXED =
      List.of(
          Table.Column.numbers("a"),
          Table.Column.categories("colour", List.of()),
          Table.Column.numbers("b"),
          Table.Column.categories("size", List.of("small", "large")));

  @Test
  void keepsNumbersAndCategories() throws FormatException {
    TableBuilder builder = new TableBuilder("t.csv", MIXED, false);
    row(builder, 2, "1", "red", "255", "large");
    row(builder, 3, " 2 ", "blue", "0", "small");
    row(builder, 4, "3", "red", "7", "large");
    Table table = builder.table();
    assertThat(table).hasToString("t.csv, 3 rows of 4 columns");
    assertThat(table.numbers()).hasToString("U8 [3, 2]");
    assertThat(table.numbers().ints()).containsExactly(1, 255, 2, 0, 3, 7);
    assertThat(table.number(1, 2)).isZero();
    assertThat(table.number(0, 2)).isEqualTo(255);
    assertThat(table.columns().get(1).categories()).containsExactly("blue", "red");
    assertThat(table.columns().get(3).categories()).containsExactly("small", "large");
    assertThat(new int[] {table.category(0, 1), table.category(1, 1), table.category(2, 1)})
        .containsExactly(1, 0, 1);
    assertThat(new int[] {table.category(0, 3), table.category(1, 3)}).containsExactly(1, 0);
    assertThat(table.column("b")).isEqualTo(2);
    assertThatThrownBy(() -> table.column("c"))
        .hasMessage("t.csv: expected a column 'c', got [a, colour, b, size]");
    assertThatThrownBy(() -> table.number(0, 1))
        .hasMessage("t.csv: expected 'colour' to hold numbers");
    assertThatThrownBy(() -> table.category(0, 0))
        .hasMessage("t.csv: expected 'a' to hold categories");
    assertThatThrownBy(() -> table.number(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.category(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void numbersTakeAByteUntilOneDoesNotFit() throws FormatException {
    for (float odd : new float[] {-1, 256, 0.5f, Float.MIN_VALUE}) {
      for (int place : new int[] {0, 40_000, 99_999}) {
        TableBuilder builder = new TableBuilder("t", List.of(Table.Column.numbers("n")), false);
        for (int i = 0; i < 100_000; i++) {
          row(builder, i + 1, i == place ? Float.toString(odd) : Integer.toString(i % 256));
        }
        Table table = builder.table();
        assertThat(table.numbers()).hasToString("F32 [100000, 1]");
        float[] numbers = table.numbers().floats();
        for (int i = 0; i < numbers.length; i++) {
          float expected = i == place ? odd : i % 256;
          if (numbers[i] != expected || table.number(i, 0) != expected) {
            throw new AssertionError("number " + i + " is " + numbers[i]);
          }
        }
      }
    }
  }

  @Test
  void categoriesThatAreNumbersAreInTheOrderOfTheirSize() throws FormatException {
    TableBuilder builder =
        new TableBuilder("t", List.of(Table.Column.categories("n", List.of())), false);
    for (String value : List.of("10", "9", "-1", "2")) {
      row(builder, 1, value);
    }
    Table table = builder.table();
    assertThat(table.columns().getFirst().categories()).containsExactly("-1", "2", "9", "10");
    assertThat(table.category(0, 0)).isEqualTo(3);
  }

  @Test
  void whatIsMissingIsRefusedOrKept() throws FormatException {
    for (String missing : List.of("", "?")) {
      TableBuilder strict = new TableBuilder("t", MIXED, false);
      assertThatThrownBy(() -> row(strict, 7, "1", missing, "2", "small"))
          .hasMessage(
              "t: line 7: column 2 ('colour'): expected a value, got '"
                  + missing
                  + "': fill it in, or read with missing values");
    }
    TableBuilder strict = new TableBuilder("t", MIXED, false);
    assertThatThrownBy(() -> row(strict, 7, "NA", "red", "2", "small"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("t: line 7: column 1 ('a'): expected a value, got 'NA'");
    TableBuilder kind = new TableBuilder("t", MIXED, true);
    row(kind, 1, "", "?", "NaN", "?");
    row(kind, 2, "?", "red", "nan", "large");
    Table table = kind.table();
    assertThat(table.number(0, 0)).isNaN();
    assertThat(table.number(1, 2)).isNaN();
    assertThat(table.category(0, 1)).isEqualTo(-1);
    assertThat(table.category(0, 3)).isEqualTo(-1);
    assertThat(table.category(1, 1)).isZero();
    assertThat(table.columns().get(1).categories()).containsExactly("red");
  }

  @Test
  void refusesWhatDoesNotFit() throws FormatException {
    TableBuilder builder = new TableBuilder("t", MIXED, false);
    assertThatThrownBy(() -> row(builder, 2, "1", "red", "2"))
        .hasMessage("t: line 2: expected 4 values, got 3");
    assertThatThrownBy(() -> row(builder, 3, "1", "red", "2", "small", "x"))
        .hasMessage("t: line 3: expected 4 values, got more");
    assertThatThrownBy(() -> row(builder, 4, "one", "red", "2", "small"))
        .hasMessage(
            "t: line 4: column 1 ('a'): expected a number, got 'one'; if the column holds"
                + " categories, say that it does");
    assertThatThrownBy(() -> row(builder, 5, "1e40", "red", "2", "small"))
        .hasMessage(
            "t: line 5: column 1 ('a'): expected a number that a float can hold, got '1e40'");
    assertThatThrownBy(() -> row(builder, 6, "1", "red", "2", "huge"))
        .hasMessage("t: line 6: column 4 ('size'): expected one of [small, large], got 'huge'");
    assertThatThrownBy(new TableBuilder("t", MIXED, false)::table)
        .hasMessage("t: expected one or more rows of values, got none");
    assertThatThrownBy(() -> new TableBuilder("t", List.of(), false))
        .hasMessage("t: expected 1 to 200000 columns, got 0");
    List<Table.Column> twins = List.of(Table.Column.numbers("a"), Table.Column.numbers("a"));
    assertThatThrownBy(() -> new TableBuilder("t", twins, false))
        .hasMessage("t: column 2: expected a name of its own, got 'a' again");
    TableBuilder many =
        new TableBuilder("t", List.of(Table.Column.categories("id", List.of())), false);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i <= Table.MOST_CATEGORIES; i++) {
                row(many, i, "id" + i);
              }
            })
        .hasMessage(
            "t: line 100000: expected at most 100000 different texts in all columns of categories,"
                + " got more");
  }

  @Test
  void isMadeOfOnesOwnNumbers() {
    Table table =
        Table.of("own", List.of("x", "y"), new float[] {1, 2, 3.5f, 4})
            .withCategories("label", List.of("no", "yes"), new int[] {1, 0});
    assertThat(table.columns()).extracting(Table.Column::name).containsExactly("label", "x", "y");
    assertThat(table.number(1, 1)).isEqualTo(3.5f);
    assertThat(table.category(0, 0)).isEqualTo(1);
    assertThatThrownBy(() -> Table.of("own", List.of("x", "y"), new float[3]))
        .hasMessage("own: expected one or more rows of 2 numbers, got 3 numbers");
    assertThatThrownBy(() -> table.withCategories("l", List.of("a"), new int[] {0, 1}))
        .hasMessage("own: expected categories from 0 to 0 for 'l', got 1");
    assertThatThrownBy(() -> table.withCategories("l", List.of("a"), new int[1]))
        .hasMessage("own: expected 2 categories for 'l', got 1");
  }
}
