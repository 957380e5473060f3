package ijen.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Turns Ctrl-C into a wish to stop: the training sees it after its step, writes its checkpoint,
/// and only then does the program end. A second Ctrl-C ends it at once.
final class StopSignal implements BooleanSupplier, AutoCloseable {
  /// How long to wait for the last words, in milliseconds.
  private static final long PATIENCE = 60_000;

  /// The JVM ends with this code after Ctrl-C.
  static final int STOPPED = 130;

  private final CountDownLatch said = new CountDownLatch(1);
  private final Terminal terminal;
  private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stop);
  private volatile boolean wanted;

  StopSignal(Terminal terminal) {
    this.terminal = terminal;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      wanted = true;
    }
  }

  /// Whether to stop.
  @Override
  public boolean getAsBoolean() {
    return wanted;
  }

  private void stop() {
    wanted = true;
    terminal.note((terminal.interactive() ? "\r\u001b[K" : "") + "stopping after this step …");
    try {
      for (long waited = 0;
          waited < PATIENCE && !said.await(50, TimeUnit.MILLISECONDS);
          waited += 50) {
        if (isAskedAgain()) {
          Runtime.getRuntime().halt(STOPPED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The JVM handles each signal in a thread of that name; while one ends the program, the next one
  /// waits.
  private static boolean isAskedAgain() {
    return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("SIG(INT|TERM) handler"))
            .count()
        > 1;
  }

  /// The last words have been said: the program may end.
  @Override
  public void close() {
    said.countDown();
    if (!wanted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        return; // the signal came just now
      }
    }
  }
}
