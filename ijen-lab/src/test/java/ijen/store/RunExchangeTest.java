package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.json.JsonException;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import ijen.store.RunImport.Imported;
import ijen.store.TrialEntry.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [RunExport] and [RunImport].
class RunExchangeTest {
  private static final String ONE = "20261121-093000-one";
  private static final String OF_STUDY = "studies/20261121-093002-depth/20261121-093003-deep";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("runs.jsonl");
  }

  private RunStore from() {
    return RunStore.at(folder.resolve("from"));
  }

  private RunStore to() {
    return RunStore.at(folder.resolve("to"));
  }

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(to().root());
    RunFolder one = StoreFiles.run(from(), ONE, 0.1, 0.9);
    Files.writeString(one.environmentFile(), "{\"jdk\": \"25\"}");
    Files.delete(StoreFiles.run(from(), OF_STUDY, 0.2, 0.8).resultFile());
    try (RunDatabase database = RunDatabase.open(from().databaseFile())) {
      new RunIndex(from(), database).refresh();
      database.runs().tag(ONE, List.of("paper", "best"));
      database.runs().note(ONE, "figure 3\nand \"4\"");
      database.studies().open("search", "{\"sampler\": \"tpe\"}");
      for (int number : new int[] {0, 1, 3}) {
        database.studies().begin("search", number, "lr=0." + number);
        database.studies().report("search", number, 1, number == 1 ? Double.NaN : 0.5);
      }
      database.studies().end("search", 0, State.COMPLETE, 0.5, "", 1.5);
      database.studies().end("search", 1, State.FAILED, Double.NaN, "no number", 0.5);
      RunExport.Written written = RunExport.write(from(), database, file());
      assertThat(written).isEqualTo(new RunExport.Written(2, 1, 3, List.of()));
    }
  }

  private Imported read(boolean passOver) throws IOException {
    return read(file(), passOver);
  }

  private Imported read(Path file, boolean passOver) throws IOException {
    try (RunDatabase database = RunDatabase.open(to().databaseFile())) {
      return RunImport.read(to(), database, file, passOver);
    }
  }

  /// What a store has: entries, metrics, searches and trials.
  private static List<Object> content(RunStore store) throws IOException {
    List<Object> content = new ArrayList<>();
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      for (RunEntry run : new RunIndex(store, database).refresh()) {
        content.add(run);
        content.add(database.runs().metrics(run.id()));
      }
      for (StudyEntry study : database.studies().list()) {
        content.add(study);
        content.addAll(database.studies().trials(study.name()));
      }
    }
    return content;
  }

  @Test
  void whatIsExportedIsImported() throws IOException {
    assertThat(read(false)).isEqualTo(new Imported(2, 1, 3, 0, List.of()));
    assertThat(content(to())).isEqualTo(content(from())).hasSizeGreaterThan(6);
    RunFolder one = to().folder(ONE);
    assertThat(one.readConfig().asMap()).isEqualTo(from().folder(ONE).readConfig().asMap());
    assertThat(one.readEnvironment().orElseThrow().string("jdk")).isEqualTo("25");
    assertThat(one.readResult()).isEqualTo(from().folder(ONE).readResult());
    assertThat(one.readEpochs()).isEqualTo(from().folder(ONE).readEpochs());
    assertThat(to().folder(OF_STUDY).resultFile()).doesNotExist();

    Path again = folder.resolve("again.jsonl");
    try (RunDatabase database = RunDatabase.open(to().databaseFile())) {
      RunExport.write(to(), database, again);
    }
    assertThat(again).hasSameTextualContentAs(file());
  }

  @Test
  void whatAKilledImportLeftIsRemovedADayLater() throws IOException {
    Path old = Files.createDirectories(to().root().resolve(".import-1").resolve(ONE));
    Path fresh = Files.createDirectory(to().root().resolve(".import-2"));
    Instant then = Instant.now().minus(25, ChronoUnit.HOURS);
    Files.setLastModifiedTime(old.resolveSibling(""), FileTime.from(then));
    read(false);
    assertThat(old.resolveSibling("")).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> read(folder, false))
        .hasMessage(folder + ": expected a file of JSON lines, got a folder");
  }

  @Test
  void importedTwiceChangesNothing() throws IOException {
    read(false);
    try (RunDatabase database = RunDatabase.open(to().databaseFile())) {
      database.runs().untag(ONE, List.of("best"));
      database.runs().tag(ONE, List.of("own"));
    }
    assertThat(read(false)).isEqualTo(new Imported(0, 0, 0, 3, List.of()));
    try (RunDatabase database = RunDatabase.open(to().databaseFile())) {
      assertThat(database.runs().find(ONE).orElseThrow().tags())
          .containsExactly("best", "own", "paper");
    }
  }

  @Test
  void otherContentIsRefusedOrPassedOver() throws IOException {
    StoreFiles.run(to(), ONE, 0.5, 0.1);
    List<Object> before = content(to());
    assertThatThrownBy(() -> read(false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "run "
                + ONE
                + ": is there already with other content; nothing was imported. --skip-existing"
                + " imports the rest");
    assertThat(content(to())).isEqualTo(before);
    assertThat(read(true)).isEqualTo(new Imported(1, 1, 3, 0, List.of("run " + ONE)));
    assertThat(RunValues.of(RunIndex.entry(to().folder(ONE))).get("lr")).hasValue("0.5");

    try (RunDatabase database = RunDatabase.open(to().databaseFile())) {
      database.studies().end("search", 3, State.PRUNED, Double.NaN, "", 1);
    }
    assertThat(read(true).passed()).containsExactly("run " + ONE, "study 'search'");
  }

  /// One wrong line, and nothing of the file is there.
  @Test
  void aWrongLineIsNamedAndNothingIsImported() throws IOException {
    List<String> lines = Files.readAllLines(file());
    String run = lines.get(1);
    String study = lines.get(3);
    String trial = lines.get(4);
    wrong(2, run.replace("\"id\"", "\"name\""), "line 2: 'name': expected only the keys [id, ");
    wrong(2, run.replace(ONE, "../../elsewhere"), "line 2: 'id': expected a run's name, such as");
    wrong(2, run.replace(ONE, "studies/x/20261121-093000-y"), "line 2: 'id': expected a run's");
    wrong(2, run.replace("\"epoch\":2", "\"epoch\":0"), "line 2: 'metrics[1].epoch': expected");
    wrong(2, run.replace("finished", "done"), "line 2: 'result.status': expected 'finished'");
    wrong(2, run.replace("\"best\"", "\"two words\""), "line 2: 'tags': expected words of at most");
    wrong(2, run.substring(0, run.length() / 2), "line 2:1:");
    wrong(3, run, "line 3: 'id': expected each run once");
    wrong(1, "{\"kind\":\"other\"}", "line 1: 'kind': expected 'ijen-runs'");
    wrong(1, "{\"kind\":\"ijen-runs\",\"version\":2}", "line 1: 'version': expected 1, got 2");
    wrong(4, study.replace("T", " "), "line 4: 'created': expected a time such as");
    wrong(4, study.replace("search", "other"), "line 5: 'study': expected the name of a study in");
    wrong(5, trial.replace("complete", "over"), "line 5: 'state': expected running, complete");
    wrong(5, trial.replace("complete", "running"), "line 5: 'ended': expected a time if");
    wrong(6, trial, "line 6: 'number': expected numbers that rise from line to line");
    wrong(5, trial.replace("[1,0.5]", "[1]"), "line 5: 'reports': expected arrays of a step and");
    wrong(2, "{\"kind\":\"pet\"}", "line 2: 'kind': expected one of [run, study, trial]");
    wrong(2, "[]", "line 2: expected an object, got an array");
    wrong(2, "{\"kind\":\"\u00ff\"}", "line 2: 'kind': expected one of");
    Files.write(file(), new byte[] {'{', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> read(false)).hasMessageEndingWith("line 1: expected UTF-8");
    Files.writeString(file(), "");
    assertThatThrownBy(() -> read(false)).hasMessageEndingWith("expected runs, got an empty file");
    assertThat(content(to())).isEmpty();
  }

  private void wrong(int line, String text, String message) throws IOException {
    List<String> original = Files.readAllLines(file());
    List<String> lines = new ArrayList<>(original);
    lines.set(line - 1, text);
    Files.write(file(), lines);
    assertThatThrownBy(() -> read(false))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(file() + " " + message);
    Files.write(file(), original);
    assertThat(content(to())).isEmpty();
    try (Stream<Path> left = Files.list(to().root())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.startsWith("runs.db"));
    }
  }

  /// The folder cannot be moved to its place: what was moved before it goes back.
  @Test
  void aFailureInTheEndTakesEverythingBack() throws IOException {
    Files.writeString(to().root().resolve("studies"), "in the way");
    assertThatThrownBy(() -> read(false)).isInstanceOf(IOException.class);
    assertThat(content(to())).isEmpty();
    assertThat(to().folder(ONE).path()).doesNotExist();
    assertThat(to().root().resolve("studies")).hasContent("in the way");
  }
}
