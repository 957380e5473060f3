package ijen.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  private enum Colour {
    RED
  }

  @Test
  void readsEveryKindOfValueInOrder() {
    Map<String, @Nullable Object> map =
        Json.object(
                """
                {"z": 1, "a": -2.5e-3, "text": "ä\\u00e9\\n\\uD83C\\uDF0B", "yes": true,
                 "no": false, "nothing": null, "list": [1, [], {}], "big": 9223372036854775807}
                """,
                "x")
            .asMap();
    assertThat(map.keySet())
        .containsExactly("z", "a", "text", "yes", "no", "nothing", "list", "big");
    assertThat(map.get("z")).isEqualTo(1L);
    assertThat(map.get("a")).isEqualTo(-2.5e-3);
    assertThat(map.get("text")).isEqualTo("äé\n🌋");
    assertThat(map.get("yes")).isEqualTo(true);
    assertThat(map.get("no")).isEqualTo(false);
    assertThat(map.get("nothing")).isNull();
    assertThat(map.get("list")).isEqualTo(List.of(1L, List.of(), Map.of()));
    assertThat(map.get("big")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.parse("7")).isEqualTo(7L);
    assertThat(Json.parse(" null ")).isNull();
  }

  @Test
  void writesOnOneLine() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", 0.1f);
    map.put("d", 1e-300);
    map.put("whole", 2.0);
    map.put("text", "quote \" back \\ line\nend\u0001 🌋 é");
    map.put("enum", Colour.RED);
    map.put("path", Path.of("a").resolve("b.txt"));
    map.put("list", List.of((byte) 1, (short) 2, 3L, BigInteger.TWO.pow(70)));
    map.put("arrays", List.of(new int[] {1}, new long[] {2}, new float[] {0.3f}, new double[] {4}));
    map.put("objects", new Object[] {"x", true});
    map.put("nothing", null);
    map.put("odd", Arrays.asList(Double.NaN, Float.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    map.put("keys", Map.of(Colour.RED, 1));
    assertThat(Json.line(map))
        .isEqualTo(
            "{\"z\":1,\"a\":0.1,\"d\":1.0E-300,\"whole\":2.0,"
                + "\"text\":\"quote \\\" back \\\\ line\\nend\\u0001 🌋 é\","
                + "\"enum\":\"RED\",\"path\":\"a/b.txt\",\"list\":[1,2,3,1180591620717411303424],"
                + "\"arrays\":[[1],[2],[0.3],[4.0]],\"objects\":[\"x\",true],\"nothing\":null,"
                + "\"odd\":[\"NaN\",\"Infinity\",\"-Infinity\"],\"keys\":{\"RED\":1}}");
  }

  @Test
  void writesIndented() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("row", List.of(1, 2, 3));
    map.put("rows", List.of(List.of(1, 2), List.of()));
    map.put("paths", List.of(Path.of("x"), Path.of("y")));
    map.put("inner", Map.of("b", Map.of()));
    assertThat(Json.pretty(map))
        .isEqualTo(
            """
            {
              "a": 1,
              "row": [1, 2, 3],
              "rows": [
                [1, 2],
                []
              ],
              "paths": ["x", "y"],
              "inner": {
                "b": {}
              }
            }
            """);
    assertThat(Json.parse(Json.pretty(map))).isEqualTo(Json.parse(Json.line(map)));
    Iterator<Integer> iterator = List.of(1, 2).iterator();
    Iterable<Integer> once = () -> iterator;
    assertThat(Json.pretty(once)).isEqualTo("[1, 2]\n");
  }

  @Test
  void isTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Json.line(List.of(1234567, 0.5, 1e10f))).isEqualTo("[1234567,0.5,1.0E10]");
      assertThatThrownBy(() -> Json.parse("[1,\n x]")).hasMessageStartingWith("JSON:2:");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyFloatAndDoubleComesBackBitForBit() {
    long seed = Long.getLong("ijen.seed", 7);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      float f = Float.intBitsToFloat(random.nextInt());
      JsonObject object =
          Json.object(Json.line(Map.of("d", d, "f", f)), "round trip, -Dijen.seed=" + seed);
      assertThat(Double.doubleToLongBits(object.number("d")))
          .as("seed %d, number %d", seed, i)
          .isEqualTo(Double.doubleToLongBits(d));
      assertThat(Float.floatToIntBits((float) object.number("f")))
          .as("seed %d, number %d", seed, i)
          .isEqualTo(Float.floatToIntBits(f));
    }
    assertThat(Json.line(-0.0)).isEqualTo("-0.0");
    assertThat((Double) Json.parse("-0.0")).isEqualTo(-0.0);
  }

  @Test
  void generatedValuesComeBack() {
    long seed = Long.getLong("ijen.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      Object value = generate(random, 5);
      assertThat(Json.parse(Json.line(value))).as("seed %d, value %d", seed, i).isEqualTo(value);
      assertThat(Json.parse(Json.pretty(value))).as("seed %d, value %d", seed, i).isEqualTo(value);
      assertThat(Json.line(value)).doesNotContain("\n");
    }
  }

  private static @Nullable Object generate(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
      case 4 -> text(random);
      case 5 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(generate(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(text(random), generate(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int bound = random.nextInt(4) == 0 ? Character.MAX_CODE_POINT : 128;
      int c = random.nextInt(bound);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return text.toString();
  }

  @Test
  void errorsNameSourceLineAndColumn() {
    assertThatThrownBy(() -> Json.parse("{\"a\": 1,\n \"b\": }", "run.json"))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("run.json:2:7: Unexpected character ('}'");
    assertThatThrownBy(() -> Json.parse("{\n", "run.json"))
        .hasMessage("run.json:2:1: Unexpected end-of-input: expected close marker for Object");
    assertThatThrownBy(() -> Json.parse("{\"a\": 1,\n \"a\": 2}", "run.json"))
        .hasMessage("run.json:2:2: expected each key once, got \"a\" again");
    assertThatThrownBy(() -> Json.parse("[1, 2", "x")).hasMessageStartingWith("x:1:");
    assertThatThrownBy(() -> Json.parse("", "x")).hasMessageContaining("got an empty text");
    assertThatThrownBy(() -> Json.parse("1 2", "x"))
        .hasMessage("x:1:3: expected the end after the first value, got more");
    assertThatThrownBy(() -> Json.parse("[NaN]", "x")).hasMessageStartingWith("x:1:");
    assertThatThrownBy(() -> Json.parse("[1,]", "x")).hasMessageStartingWith("x:1:");
    assertThatThrownBy(() -> Json.parse("{'a':1}", "x")).hasMessageStartingWith("x:1:");
    assertThatThrownBy(() -> Json.parse("// no\n1", "x")).hasMessageStartingWith("x:1:");
    assertThatThrownBy(() -> Json.parse("[\"\\uD83C\"]", "x"))
        .hasMessage("x:1:2: expected a text, got one with half a surrogate pair");
    assertThatThrownBy(() -> Json.parse("9223372036854775808", "x"))
        .hasMessage("x:1:1: expected a whole number of at most 64 bits, got 9223372036854775808");
    assertThatThrownBy(() -> Json.parse("[1e999]", "x"))
        .hasMessage("x:1:2: expected a number within the range of a double, got 1e999");
  }

  @Test
  void limitsHold() {
    String deepest = "[".repeat(Json.MOST_DEPTH) + "]".repeat(Json.MOST_DEPTH);
    assertThat(Json.line(Json.parse(deepest))).isEqualTo(deepest);
    assertThatThrownBy(() -> Json.parse("[" + deepest + "]"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("expected at most 200 arrays and objects inside each other");
    for (String opening : List.of("[", "{\"a\":", "[{\"a\":")) {
      assertThatThrownBy(() -> Json.parse(opening.repeat(1_000_000)))
          .isInstanceOf(JsonException.class)
          .hasMessageContaining("inside each other");
    }
    assertThatThrownBy(() -> Json.parse("7".repeat(1_000_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("(1000)");
    assertThatThrownBy(() -> Json.parse("[" + "0,".repeat(Json.MOST_TOKENS) + "0]"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 5000000 names and values");
    assertThatThrownBy(() -> Json.parse(" ".repeat(Json.MOST_CHARACTERS + 1), "x"))
        .hasMessage("x: expected at most 67108864 characters of JSON, got 67108865");
    String longText = "x".repeat(10_000_000);
    assertThat(Json.parse(Json.line(longText))).isEqualTo(longText);
  }

  @Test
  void whatIsNotJsonIsNotWritten() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> Json.line(itself))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does one contain itself?");
    assertThatThrownBy(() -> Json.line(Map.of("x", new Thread())))
        .hasMessageContaining("got a java.lang.Thread");
    assertThatThrownBy(() -> Json.line(Map.of(1, 2))).hasMessageContaining("as keys, got 1");
    assertThatThrownBy(() -> Json.line("ab\uD83C"))
        .hasMessage("JSON: expected a text, got one with half a surrogate pair at character 2");
    assertThatThrownBy(() -> Json.line("\uDF0B\uD83C")).hasMessageContaining("character 0");
  }

  @Test
  void readsFiles(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.json");
    Files.writeString(file, "\uFEFF{\"grüße\": 1}");
    assertThat(Json.object(file).integer("grüße")).isEqualTo(1);
    Files.write(file, "{\"a\": \"gr\u00fc\u00dfe\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Json.parse(file))
        .isInstanceOf(JsonException.class)
        .hasMessage(file + ": byte 9: expected UTF-8");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Json.parse(file)).hasMessageContaining("got an empty text");
    Files.writeString(file, "[1]");
    assertThatThrownBy(() -> Json.object(file))
        .hasMessage(file + ": expected an object, got an array");
    assertThatThrownBy(() -> Json.parse(folder.resolve("none.json")))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  @Test
  void mutatedTextsAreReadOrRefusedCleanly() {
    long seed = Long.getLong("ijen.seed", 5);
    SplittableRandom random = new SplittableRandom(seed);
    String original =
        Json.pretty(
            Map.of("a", List.of(1, 2.5, "x\ny"), "b", Map.of("c", true), "é", List.of(List.of())));
    String pieces = "{}[]\",:\\u0eE+-.truefalsnN \n\uD83C\u0000";
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(original);
      for (int k = random.nextInt(1, 5); k > 0; k--) {
        int at = random.nextInt(Math.max(1, text.length()));
        switch (random.nextInt(4)) {
          case 0 -> text.replace(at, at + 1, "" + pieces.charAt(random.nextInt(pieces.length())));
          case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
          case 2 -> text.delete(at, at + 1);
          default -> text.setLength(random.nextInt(10) == 0 ? at : text.length());
        }
      }
      try {
        Json.parse(text.toString());
        read++;
      } catch (JsonException expected) {
        assertThat(expected.getMessage()).as("seed %d, text %d", seed, i).startsWith("JSON:");
        refused++;
      }
    }
    assertThat(read).as("seed %d", seed).isGreaterThan(100);
    assertThat(refused).as("seed %d", seed).isGreaterThan(10_000);
  }
}
