package ijen.format.json;

/// Says that a text is not JSON, or that its content is not what was asked for.
///
/// The message begins with the source and the place, a line and column (`run.json:3:14: …`) or a
/// key (`run.json: 'model.layers[2].units': …`).
public final class JsonException extends RuntimeException {
  /// @param message what was expected, what is there, and where
  public JsonException(String message) {
    super(message);
  }

  /// @param message what was expected, what is there, and where
  public JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
