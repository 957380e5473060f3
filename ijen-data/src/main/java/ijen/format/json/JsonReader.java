package ijen.format.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;

/// Builds the value of one text from the tokens of a streaming parser.
final class JsonReader {
  private static final int MOST_DIGITS = 1000;

  /// The limits that this class checks itself, with better words, are a step wider here.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // No table of names that outlives a text: its size would depend on what was read before.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.MOST_DEPTH + 1)
                  .maxNumberLength(MOST_DIGITS)
                  .maxStringLength(Json.MOST_CHARACTERS)
                  .maxNameLength(Json.MOST_CHARACTERS)
                  .build())
          .build();

  private final JsonParser parser;
  private final String source;
  private int depth;
  private int tokens;

  private JsonReader(JsonParser parser, String source) {
    this.parser = parser;
    this.source = source;
  }

  static @Nullable Object read(String text, String source) {
    if (text.length() > Json.MOST_CHARACTERS) {
      throw new JsonException(
          source
              + ": expected at most "
              + Json.MOST_CHARACTERS
              + " characters of JSON, got "
              + text.length());
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return new JsonReader(parser, source).document();
    } catch (JacksonException e) {
      throw new JsonException(at(source, e.getLocation()) + plain(e.getOriginalMessage()), e);
    }
  }

  /// A message without the names of Jackson's own settings.
  private static String plain(String message) {
    return message.replaceAll(", from `[^`]*`| \\(start marker at \\[[^]]*\\]\\)", "");
  }

  private @Nullable Object document() {
    if (parser.nextToken() == null) {
      throw wrong("expected a value, got an empty text");
    }
    Object value = value();
    if (parser.nextToken() != null) {
      throw wrong("expected the end after the first value, got more");
    }
    return value;
  }

  /// The value that begins at the current token. It calls itself at most [Json#MOST_DEPTH] times.
  private @Nullable Object value() {
    count();
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw wrong("expected a value, got " + parser.currentToken());
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      count();
      String key = text(parser.currentName());
      if (map.containsKey(key)) {
        throw wrong("expected each key once, got " + JsonObject.quote(key) + " again");
      }
      parser.nextToken();
      map.put(key, value());
    }
    depth--;
    return map;
  }

  private List<@Nullable Object> array() {
    enter();
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    depth--;
    return list;
  }

  /// A text that can be written again.
  private String text(String text) {
    if (JsonWriter.halfPair(text) >= 0) {
      throw wrong("expected a text, got one with half a surrogate pair");
    }
    return text;
  }

  private Long whole() {
    try {
      return parser.getLongValue();
    } catch (InputCoercionException tooLarge) {
      throw wrong(
          "expected a whole number of at most 64 bits, got "
              + JsonObject.shorten(parser.getString()));
    }
  }

  private Double number() {
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw wrong(
          "expected a number within the range of a double, got "
              + JsonObject.shorten(parser.getString()));
    }
    return value;
  }

  private void enter() {
    if (++depth > Json.MOST_DEPTH) {
      throw wrong("expected at most " + Json.MOST_DEPTH + " arrays and objects inside each other");
    }
  }

  private void count() {
    if (++tokens > Json.MOST_TOKENS) {
      throw wrong("expected at most " + Json.MOST_TOKENS + " names and values");
    }
  }

  private JsonException wrong(String problem) {
    return new JsonException(at(source, parser.currentTokenLocation()) + problem);
  }

  private static String at(String source, @Nullable TokenStreamLocation place) {
    return place == null || place.getLineNr() < 1
        ? source + ": "
        : source + ":" + place.getLineNr() + ":" + place.getColumnNr() + ": ";
  }
}
