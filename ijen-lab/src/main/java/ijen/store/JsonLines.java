package ijen.store;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a file of JSON objects, one a line, without ever holding more than one of them.
final class JsonLines implements Closeable {
  private final Path file;
  private final InputStream in;
  private int number;

  JsonLines(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file of JSON lines, got a folder");
    }
    this.file = file;
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /// The next line; empty at the end of the file. Blank lines are passed over.
  Optional<JsonObject> next() throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int b = in.read();
      if (b < 0) {
        return Optional.empty();
      }
      number++;
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() == Json.MOST_CHARACTERS) {
          throw new JsonException(
              place() + ": expected at most " + Json.MOST_CHARACTERS + " bytes, got a longer line");
        }
        line.write(b);
      }
      String text = text(line.toByteArray());
      if (!text.isBlank()) {
        return Optional.of(Json.object(text, place()));
      }
    }
  }

  private String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException(place() + ": expected UTF-8", e);
    }
  }

  /// Where the line that was read last is: `runs.jsonl line 7`.
  String place() {
    return file + " line " + number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
