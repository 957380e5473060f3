package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.store.TrialEntry.Report;
import ijen.store.TrialEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTableTest {
  @TempDir Path folder;

  private RunDatabase database() throws IOException {
    return RunDatabase.open(folder.resolve("runs.db"));
  }

  @Test
  void aSearchIsOpenedAgainWithTheSameSettingsOnly() throws IOException {
    try (RunDatabase database = database()) {
      StudyEntry study = database.studies().open("digits", "lr: 0.1..1, sampler: tpe");
      assertThat(database.studies().open("digits", "lr: 0.1..1, sampler: tpe")).isEqualTo(study);
      assertThatThrownBy(() -> database.studies().open("digits", "lr: 0.1..1, sampler: grid"))
          .hasMessage(
              "study 'digits': is there already, begun with other settings: 'tpe' where 'grid' is"
                  + " given now; give the same, or another name");
      assertThatThrownBy(() -> database.studies().open(" ", ""))
          .hasMessage("study: expected a name, got ' '");
      assertThat(database.studies().find("digits")).hasValue(study);
      assertThat(database.studies().find("other")).isEmpty();
      assertThat(database.studies().list()).containsExactly(study);
    }
  }

  /// As docs/runs.md has it.
  @Test
  void aSearchKeepsATrial() throws IOException {
    Path file = folder.resolve("runs.db");
    List<TrialEntry> trials;
    try (RunDatabase database = RunDatabase.open(file)) {
      StudyTable studies = database.studies();
      studies.open("digits", "lr: 0.001..1"); // the same settings each time, or it is refused
      studies.begin("digits", 0, "lr=0.1");
      studies.report("digits", 0, 1, 0.93);
      studies.end("digits", 0, TrialEntry.State.COMPLETE, 0.95, "", 1.5);
      trials = studies.trials("digits");
    }
    assertThat(trials).hasSize(1);
    assertThat(trials.getFirst().reports()).containsExactly(new Report(1, 0.93));
    assertThat(trials.getFirst().value()).isEqualTo(0.95);
  }

  @Test
  void trialsAreReadAsTheyWereWritten() throws IOException {
    try (RunDatabase database = database()) {
      StudyTable studies = database.studies();
      studies.open("s", "");
      for (int number : new int[] {2, 0, 1, 3}) {
        studies.begin("s", number, "lr=0." + number);
      }
      studies.report("s", 1, 4, 0.25);
      studies.report("s", 1, 1, Double.NaN);
      studies.report("s", 1, 4, 0.5); // again
      studies.end("s", 1, State.COMPLETE, 0.5, "", 1.25);
      studies.end("s", 2, State.FAILED, Double.NaN, "the loss is NaN", 0.5);
      studies.end("s", 3, State.PRUNED, Double.POSITIVE_INFINITY, "", 0.25);
    }
    try (RunDatabase database = database()) {
      List<TrialEntry> trials = database.studies().trials("s");
      assertThat(trials).extracting(TrialEntry::number).containsExactly(0, 1, 2, 3);
      assertThat(trials)
          .extracting(TrialEntry::state)
          .containsExactly(State.RUNNING, State.COMPLETE, State.FAILED, State.PRUNED);
      assertThat(trials)
          .extracting(TrialEntry::value)
          .containsExactly(Double.NaN, 0.5, Double.NaN, Double.POSITIVE_INFINITY);
      assertThat(trials.get(1).reports())
          .containsExactly(new Report(1, Double.NaN), new Report(4, 0.5));
      assertThat(trials.get(1).configuration()).isEqualTo("lr=0.1");
      assertThat(trials.get(1).seconds()).isEqualTo(1.25);
      assertThat(trials.get(1).ended()).isAfterOrEqualTo(trials.get(1).begun());
      assertThat(trials.get(2).message()).isEqualTo("the loss is NaN");
      assertThat(trials.getFirst().ended()).isNull();
      assertThat(database.studies().trials("none")).isEmpty();
    }
  }

  @Test
  void anInterruptedTrialBeginsAnewAndAnEndedOneDoesNot() throws IOException {
    try (RunDatabase database = database()) {
      StudyTable studies = database.studies();
      studies.open("s", "");
      studies.begin("s", 0, "lr=1");
      studies.report("s", 0, 1, 0.5);
      studies.begin("s", 0, "lr=2");
      assertThat(studies.trials("s").getFirst().reports()).isEmpty();
      assertThat(studies.trials("s").getFirst().configuration()).isEqualTo("lr=2");
      studies.report("s", 0, 1, 0.25);
      studies.end("s", 0, State.COMPLETE, 0.25, "", 1);
      String refused = "study 's', trial 0: expected one that has begun and not ended";
      assertThatThrownBy(() -> studies.begin("s", 0, "lr=3")).hasMessage(refused);
      assertThatThrownBy(() -> studies.report("s", 0, 2, 0)).hasMessage(refused);
      assertThatThrownBy(() -> studies.end("s", 0, State.PRUNED, 0, "", 1)).hasMessage(refused);
      assertThatThrownBy(() -> studies.report("s", 7, 2, 0)).hasMessageContaining("trial 7");
      assertThatThrownBy(() -> studies.begin("t", 0, "")).hasMessage("study 't': there is none");
      assertThatThrownBy(() -> studies.end("s", 0, State.RUNNING, 0, "", 1))
          .hasMessage("trial 0: expected an end, got running");
      assertThat(studies.trials("s").getFirst().reports()).containsExactly(new Report(1, 0.25));
    }
  }

  @Test
  void aDeletedSearchLeavesNothing() throws IOException {
    try (RunDatabase database = database()) {
      database.studies().open("s", "");
      database.studies().begin("s", 0, "");
      database.studies().report("s", 0, 1, 0.5);
      assertThat(database.studies().delete("s")).isTrue();
      assertThat(database.studies().delete("s")).isFalse();
      database.studies().open("s", "other settings");
      assertThat(database.studies().trials("s")).isEmpty();
      database.studies().begin("s", 0, "");
      assertThat(database.studies().trials("s").getFirst().reports()).isEmpty();
    }
  }

  /// A search reports after every epoch of every trial: it must not notice. A millisecond is what
  /// is promised; a machine that is busy with other things gets ten.
  @Test
  void aReportTakesLittle() throws IOException {
    try (RunDatabase database = database()) {
      database.studies().open("s", "");
      database.studies().begin("s", 0, "");
      int reports = 1000;
      long start = System.nanoTime();
      for (int step = 0; step < reports; step++) {
        database.studies().report("s", 0, step, 0.5);
      }
      double millis = (System.nanoTime() - start) * 1e-6 / reports;
      System.out.printf("%.3f ms a report%n", millis);
      assertThat(millis).isLessThan(10);
      assertThat(database.studies().trials("s").getFirst().reports()).hasSize(reports);
    }
  }
}
