package ijen.bench.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.bench.tuning.RaceResult.Entrant;
import ijen.bench.tuning.RaceResult.Mark;
import ijen.data.DataException;
import ijen.data.Options;
import ijen.recipe.SearchPlan;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RaceTest {
  private static final Options OFFLINE = Options.defaults().withOffline(true);
  private static final SearchPlan PLAN =
      SearchPlan.parse(
          """
          data: digits
          train-size: 200
          validation: 0.25
          epochs: 4
          search:
            maximise: validation accuracy
            space:
              hidden: [4, 8, 16]
              lr: {from: 0.001, to: 0.5, log: true}
          """,
          "tiny.yaml");
  private static final Strategy RANDOM = Strategy.parse("random");
  private static final Strategy HALVING = Strategy.parse("tpe:startup=4/asha:factor=2");

  @TempDir Path folder;

  @Test
  void aStrategyIsASamplerAndAPruner() {
    assertThat(RANDOM).isEqualTo(new Strategy("random", "none")).hasToString("random");
    assertThat(HALVING)
        .isEqualTo(new Strategy("tpe:startup=4", "asha:factor=2"))
        .hasToString("tpe:startup=4/asha:factor=2");
    assertThatThrownBy(() -> Strategy.parse("tbe").over(PLAN, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tpe");
  }

  @Test
  @Timeout(60)
  void allHaveTheSameTimeAndItGoesOnWhereItWas() throws IOException {
    Race race = new Race(PLAN, List.of(RANDOM, HALVING), 2, 3, 2);
    List<String> told = new ArrayList<>();
    RunStore store = RunStore.at(folder);
    RaceResult result = race.run(store, choice -> choice.open(OFFLINE), told::add);
    assertThat(result.entrants().keySet()).containsExactly(RANDOM, HALVING);
    assertThat(told).hasSize(4);
    for (List<Entrant> searches : result.entrants().values()) {
      assertThat(searches).hasSize(2);
      for (Entrant search : searches) {
        assertThat(search.trials()).isPositive();
        assertThat(search.epochs()).isLessThanOrEqualTo(4L * search.trials());
        assertThat(search.marks()).extracting(Mark::second).isSorted();
        assertThat(search.marks()).extracting(Mark::best).isSorted().doesNotHaveDuplicates();
        assertThat(search.marks().getLast().second()).isLessThanOrEqualTo(3);
      }
    }
    assertThat(result.entrants().get(RANDOM)).allMatch(search -> search.pruned() == 0);
    assertThat(result.entrants().get(HALVING)).anyMatch(search -> search.pruned() > 0);

    RaceResult again =
        race.run(
            store,
            choice -> {
              throw new DataException("its time is over: nothing is trained");
            },
            told::add);
    assertThat(again.entrants()).isEqualTo(result.entrants());
  }

  @Test
  void theTableSaysWhoWasHowGoodWhen() {
    Map<Strategy, List<Entrant>> entrants = new LinkedHashMap<>();
    entrants.put(
        RANDOM,
        List.of(
            new Entrant(10, 0, 40, List.of(new Mark(5, 0.5), new Mark(90, 0.8))),
            new Entrant(12, 0, 48, List.of(new Mark(20, 0.7))),
            new Entrant(14, 0, 56, List.of(new Mark(30, 0.6), new Mark(60, 0.75)))));
    entrants.put(
        HALVING,
        List.of(
            new Entrant(30, 20, 60, List.of(new Mark(10, 0.6), new Mark(40, 0.85))),
            new Entrant(31, 21, 62, List.of(new Mark(15, 0.71), new Mark(70, 0.8))),
            new Entrant(32, 22, 64, List.of(new Mark(50, 0.7)))));
    RaceResult result = new RaceResult(PLAN, entrants, 100, 2);
    assertThat(result.markdown())
        .startsWith("Best validation accuracy of `tiny`: 3 searches of each strategy, 100 s each")
        // at 25 s one of them has come to nothing yet
        .contains("| random | 12 | 0 | 48 | - | 0.6000 | 0.7500 ± 0.0500 |  | 60 s |\n")
        // 0.05, 0.1 and −0.05 better; as good after 40 s, after 15 s, and never
        .contains(
            "| tpe:startup=4/asha:factor=2 | 31 | 21 | 62 | - | 0.7100 | 0.7833 ± 0.0764 |"
                + " 0.0333 (−0.1564 to 0.2231) | 40 s |\n");
    assertThat(result.figure().draw().title()).isEqualTo("Best so far, over time");
    assertThat(result.json()).containsEntry("search", "tiny").containsEntry("seconds", 100.0);
  }
}
