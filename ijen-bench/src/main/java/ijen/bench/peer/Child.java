package ijen.bench.peer;

import ijen.format.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs one process of a participant, from its start to its end.
///
/// A child that says nothing that ends it is ended when the patience is over, and so is one that
/// still runs when this JVM ends: that child alone, and what it started itself.
public final class Child {
  private Child() {}

  /// A participant's process did not do what it was asked for. The message says what it said last.
  public static final class FailedException extends Exception {
    FailedException(String message) {
      super(message);
    }
  }

  /// Starts `command` with further words and variables (an empty one is taken away) and reads its
  /// answer.
  ///
  /// @param epochs how many epochs it has to tell
  public static Answer run(
      List<String> command,
      List<String> words,
      Map<String, String> environment,
      int epochs,
      Duration patience)
      throws FailedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    environment.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    try {
      return converse(builder.start(), epochs, patience);
    } catch (IOException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }

  private static Answer converse(Process process, int epochs, Duration patience)
      throws IOException, FailedException {
    AtomicBoolean late = new AtomicBoolean();
    Thread end = new Thread(() -> kill(process), "child-end");
    Thread watch =
        Thread.ofVirtual().name("child-watch").start(() -> watch(process, patience, late));
    Runtime.getRuntime().addShutdownHook(end);
    AnswerReader reader = new AnswerReader();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().close();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.accept(line, CpuTime.now());
      }
      int code = process.waitFor();
      if (late.get()) {
        throw new FailedException(
            "did not end within %d s and was ended%s"
                .formatted(patience.toSeconds(), said(reader)));
      }
      if (code != 0) {
        throw new FailedException("ended with exit code %d%s".formatted(code, said(reader)));
      }
      return reader.answer(epochs);
    } catch (JsonException e) {
      throw new FailedException(e.getMessage() + said(reader));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("was interrupted");
    } finally {
      kill(process);
      watch.interrupt();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException endingAlready) {
        // then the hook runs just now, and kills what is dead
      }
    }
  }

  private static void watch(Process process, Duration patience, AtomicBoolean late) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        kill(process);
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String said(AnswerReader reader) {
    return reader.noise().isEmpty() ? "" : "; it last said: " + reader.noise();
  }
}
