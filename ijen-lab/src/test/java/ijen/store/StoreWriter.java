package ijen.store;

import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A process that writes into a database of runs until it is killed, and says what it has done: a
/// number after each report that is written, and `M` and a number after each time that it has
/// replaced the metrics of its run by so many.
final class StoreWriter {
  static final String STUDY = "search";

  private StoreWriter() {}

  static String run(int writer) {
    return "20261121-093000-writer-" + writer;
  }

  static double value(int writer, int step) {
    return writer + step * 1e-6;
  }

  /// Writes until it is killed.
  ///
  /// @param arguments the folder of runs, and which writer this is
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    RunStore store = RunStore.at(Path.of(arguments[0]));
    int writer = Integer.parseInt(arguments[1]);
    RunFolder folder = store.folder(run(writer));
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      StudyTable studies = database.studies();
      studies.open(STUDY, "settings");
      studies.begin(STUDY, writer, "writer " + writer);
      for (int step = 1; ; step++) {
        studies.report(STUDY, writer, step, value(writer, step));
        out.println(step);
        if (step % 5 == 0) {
          int rows = 10 * (step / 5);
          RunTable.Content content = RunIndex.read(run(writer), folder);
          List<MetricEntry> metrics =
              IntStream.rangeClosed(1, rows)
                  .mapToObj(at -> new MetricEntry(at, at, "test", "loss", rows))
                  .toList();
          database
              .runs()
              .put(
                  List.of(new RunTable.Content(content.entry(), metrics, content.fingerprint())),
                  List.of());
          out.println("M" + rows);
        }
      }
    }
  }
}
