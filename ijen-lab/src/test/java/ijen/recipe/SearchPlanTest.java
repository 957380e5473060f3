package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.tune.Configuration;
import ijen.tune.Dimension;
import ijen.tune.Goal;
import ijen.tune.HyperbandPruner;
import ijen.tune.NoPruner;
import ijen.tune.PercentilePruner;
import ijen.tune.RandomSampler;
import ijen.tune.Search;
import ijen.tune.TpeSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchPlanTest {
  private static final String WHOLE =
      """
      title: Digits
      question: Which one?
      source: nowhere
      data: digits
      train-size: 400
      validation: 0.25
      hidden: "{layers}x{units}"
      seed: 3
      early-stop: 2
      search:
        trials: 30
        sampler: tpe:multivariate=true
        pruner: median
        minimise: best validation loss
        lag: 4
        published: 0.3
        space:
          layers: {from: 1, to: 3}
          units: {from: 8, to: 64, log: true}
          optimizer: {values: [sgd, adam]}
          lr: {from: 1e-4, to: 0.1, log: true}
          momentum: {from: 0.0, to: 0.9, step: 0.1, when: {optimizer: sgd}}
          dropout: [0, 0.2]
          epochs: [3, 9]
        retrain: {epochs: 20, published: 0.9}
      """;

  /// A search among whose lines one is replaced.
  private static final String SMALL =
      """
      data: digits
      validation: 0.2
      hidden: "{units}"
      search:
        trials: 5
        space:
          units: [4, 8]
          lr: [0.1, 0.2]
      """;

  private static SearchPlan read(String text) {
    return SearchPlan.parse(text, "folder/search.yaml");
  }

  private static Configuration configuration(String json) {
    return Configuration.parse(json);
  }

  @Test
  void aFileSaysWhatIsSearchedAndHow() {
    SearchPlan plan = read(WHOLE);
    assertThat(plan.name()).isEqualTo("search");
    assertThat(plan.title()).isEqualTo("Digits");
    assertThat(plan.question()).isEqualTo("Which one?");
    assertThat(plan.source()).isEqualTo("nowhere");
    assertThat(plan.published()).contains(0.3);
    assertThat(plan.measure().toString()).isEqualTo("best validation loss");
    assertThat(plan.rules())
        .isEqualTo(new SearchPlan.Rules(30, "tpe:multivariate=true", "median", 4));
    assertThat(plan.space().dimensions())
        .containsExactly(
            Dimension.whole("layers", 1, 3),
            Dimension.whole("units", 8, 64).inLog(),
            Dimension.choice("optimizer", "sgd", "adam"),
            Dimension.real("lr", 1e-4, 0.1).inLog(),
            Dimension.real("momentum", 0, 0.9).inSteps(0.1).when("optimizer", "sgd"),
            Dimension.choice("dropout", 0, 0.2),
            Dimension.choice("epochs", 3, 9));
    assertThat(plan.space().dimensions().stream().map(SearchPlan::values))
        .containsExactly(
            "1 to 3",
            "8 to 64, in the logarithm",
            "sgd, adam",
            "0.0001 to 0.1, in the logarithm",
            "0.0 to 0.9 in steps of 0.1, when optimizer is sgd",
            "0, 0.2",
            "3, 9");
    Search search = plan.search();
    assertThat(search.sampler()).isEqualTo(TpeSampler.of(3).withMultivariate(true));
    assertThat(search.pruner()).isEqualTo(PercentilePruner.median());
    assertThat(search.goal()).isEqualTo(Goal.MINIMISE);
    assertThat(search.trials()).isEqualTo(30);
    assertThat(search.lag()).isEqualTo(4);
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    SearchPlan plan = read(SMALL.replace("  trials: 5\n", ""));
    assertThat(plan.rules()).isEqualTo(new SearchPlan.Rules(50, "random", "none", 8));
    assertThat(plan.measure().toString()).isEqualTo("validation accuracy");
    assertThat(plan.search().sampler()).isEqualTo(new RandomSampler(1));
    assertThat(plan.search().pruner()).isEqualTo(new NoPruner());
    assertThat(plan.search().goal()).isEqualTo(Goal.MAXIMISE);
    assertThat(plan.published()).isEmpty();
    assertThat(plan.space().size()).isEqualTo(OptionalLong.of(4));
  }

  @Test
  void aConfigurationBecomesSettings() {
    SearchPlan plan = read(WHOLE);
    TrainConfig sgd =
        plan.recipe(
                configuration(
                    """
                    {"layers":"2","units":"17","optimizer":"sgd","lr":"0.05","momentum":"0.3",
                     "dropout":"0.2","epochs":"9"}
                    """))
            .config();
    assertThat(sgd.network().hidden()).containsExactly(17, 17);
    assertThat(sgd.network().dropout()).isEqualTo(0.2);
    assertThat(sgd.optimizer().learningRate()).isEqualTo(0.05);
    assertThat(sgd.describe()).containsEntry("optimizer", "sgd").containsEntry("momentum", 0.3);
    assertThat(sgd.epochs()).isEqualTo(9);
    assertThat(sgd.seed()).isEqualTo(3);
    assertThat(sgd.data().validation()).isEqualTo(0.25);
    TrainConfig adam =
        plan.recipe(
                configuration(
                    """
                    {"layers":"1","units":"8","optimizer":"adam","lr":"0.001","dropout":"0",
                     "epochs":"3"}
                    """))
            .config();
    assertThat(adam.describe()).containsEntry("optimizer", "adam").doesNotContainKey("momentum");
  }

  @Test
  void theBestIsRetrainedOnAllSamplesForALengthOfItsOwn() {
    Configuration best =
        configuration(
            """
            {"layers":"2","units":"17","optimizer":"adam","lr":"0.05","dropout":"0","epochs":"9"}
            """);
    TrainConfig retrained = read(WHOLE).retraining(best, 7).config();
    assertThat(retrained.data().validation()).isZero();
    assertThat(retrained.epochs()).isEqualTo(20);
    assertThat(retrained.settings().earlyStopping()).isNull();
    assertThat(read(WHOLE).retraining().published()).contains(0.9);
    String same = WHOLE.replace("retrain: {epochs: 20, published: 0.9}", "retrain: {}");
    assertThat(read(same).retraining(best, 7).config().epochs())
        .as("as long as early stopping let the trial go on")
        .isEqualTo(7);
    assertThat(read(same.replace("early-stop: 2\n", "")).retraining(best, 7).config().epochs())
        .isEqualTo(9);
  }

  @Test
  void hyperbandKnowsTheLongestTrial() {
    SearchPlan plan = read(WHOLE.replace("pruner: median", "pruner: hyperband"));
    assertThat(plan.search().pruner()).isEqualTo(HyperbandPruner.of(3, 9));
  }

  @Test
  void rulesAndSettingsCanBeOthers() {
    SearchPlan plan = read(WHOLE);
    SearchPlan.Rules rules = new SearchPlan.Rules(7, "sobol", "asha:factor=2", 1);
    assertThat(plan.with(rules).rules()).isEqualTo(rules);
    assertThatThrownBy(() -> plan.with(new SearchPlan.Rules(7, "grid", "none", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    SearchPlan.Rules wrong = new SearchPlan.Rules(7, "tpee", "none", 1);
    assertThatThrownBy(() -> plan.with(wrong))
        .hasMessage("sampler: expected one of random, grid, sobol, tpe, got 'tpee'");

    SearchPlan other = plan.with(List.of("batch=16", "training.seed=4"), "--set");
    assertThat(other.shared().seed()).isEqualTo(4);
    assertThat(other.describe()).isNotEqualTo(plan.describe());
    assertThat(plan.with(List.of("seed=3"), "--set").describe()).isEqualTo(plan.describe());
    assertThatThrownBy(() -> plan.with(List.of("lr=0.1"), "--set"))
        .hasMessage("--set: 'lr' is searched, and has no one value");
    assertThatThrownBy(() -> plan.with(List.of("batch=x"), "--set"))
        .hasMessageStartingWith("--set batch: expected a whole number");
    assertThatThrownBy(() -> plan.with(List.of("validation=0"), "--set"))
        .isInstanceOf(RecipeException.class);
  }

  /// All but what the number of trials and names say tells one search from another.
  @Test
  void aSearchIsTheSameWhateverItIsCalledAndHoweverLongItIs() {
    SearchPlan plan = read(WHOLE);
    String more =
        WHOLE
            .replace("trials: 30", "trials: 31")
            .replace("title: Digits", "title: Other")
            .replace("published: 0.3", "published: 0.4")
            .replace("epochs: 20", "epochs: 21");
    assertThat(read(more).describe()).isEqualTo(plan.describe());
    for (String change :
        List.of(
            "lag: 4→lag: 5",
            "median→none",
            "multivariate=true→multivariate=false",
            "best validation→validation",
            "to: 64, log: true→to: 64",
            "step: 0.1, when→step: 0.3, when",
            "seed: 3→seed: 4")) {
      String[] both = change.split("→", -1);
      assertThat(WHOLE).contains(both[0]);
      String changed = WHOLE.replace(both[0], both[1]);
      assertThat(read(changed).describe()).as(change).isNotEqualTo(plan.describe());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          data: digits → dta: digits → 1:1: unknown key 'dta', did you mean 'data'?
          validation: 0.2 → validation: 0 → 5:3: 'validation accuracy' is not measured: no samples are held out: give 'validation' too, such as 0.1
          validation: 0.2 → lr: 0.1 → 8:5: 'lr' is searched, and given at folder/search.yaml:2:5, too: leave one of them out
          hidden: "{units}" → hidden: 8 → 7:5: 'units' is no setting: expected '{units}' in one, or a setting's name, did you mean 'hidden'?
          hidden: "{units}" → hidden: "{unit}" → 7:5: 'units' is no setting: expected '{units}' in one, or a setting's name, did you mean 'hidden'?
          hidden: "{units}" → hidden: "{units},{unit}" → 3:9: '{unit}' is no dimension of the space: expected one of units, lr, did you mean 'units'?
          hidden: "{units}" → hidden: "{units}{lr}" → 8:5: 'lr' is a setting, and cannot stand in braces, too
          hidden: "{units}" → hidden: "{units}y" → 3:9: expected the units of each hidden layer, such as 128,64 or 3x40, or 'none', got '4y': in the trial {units=4, lr=0.1}
          search: → searches: → 1:1: there is no search in it: expected 'search' with a 'space'; './ijen reproduce' and './ijen train' carry out other recipes
          trials: 5 → trials: 0 → 5:11: 'trials': expected a whole number from 1 to 2147483647, got '0'
          trials: 5 → trails: 5 → 5:3: unknown key 'trails', did you mean 'trials'?
          trials: 5 → sampler: rand → 5:12: sampler: expected one of random, grid, sobol, tpe, got 'rand'
          trials: 5 → sampler: random:seed=3 → 5:12: sampler random: expected no settings, got 'seed'
          trials: 5 → sampler: tpe:startup=x → 5:12: sampler tpe: expected a whole number for 'startup', got 'x'
          trials: 5 → pruner: medium → 5:11: pruner: expected one of none, median, percentile, asha, hyperband, got 'medium'
          trials: 5 → lag: 0 → 5:8: 'lag': expected a whole number from 1 to 2147483647, got '0'
          trials: 5 → maximise: test accuracy → 5:13: 'maximise': expected 'validation accuracy', or the best of all epochs, 'best validation accuracy', got 'test accuracy'
          trials: 5 → minimise: validation accuracy → 5:13: 'minimise': expected 'validation loss', or the best of all epochs, 'best validation loss', got 'validation accuracy'
          trials: 5 → retrain: {epoch: 3} → 5:13: unknown key 'epoch', did you mean 'epochs'?
          trials: 5 → retrain: {epochs: none} → 5:21: expected a whole number, got 'none': in the trial {units=4, lr=0.1}
          units: [4, 8] → units: 4 → 7:12: 'units': expected a list of values, or 'from' and 'to'
          units: [4, 8] → units: [4, 4] → 7:5: choice 'units': expected one value or more, all different, got [4, 4]
          units: [4, 8] → units: [4, ~] → 7:16: expected a value
          units: [4, 8] → units: [4, -8] → 3:9: expected the units of each hidden layer, such as 128,64 or 3x40, or 'none', got '-8': in the trial {units=-8, lr=0.1}
          units: [4, 8] → units: {from: 8} → 7:12: expected 'to', too
          units: [4, 8] → units: {from: 8, to: x} → 7:26: 'to': expected a number, got 'x'
          units: [4, 8] → units: {from: 8, to: 4} → 7:5: whole 'units': expected bounds within ±2^53, the lower not above the upper, got 8 to 4
          units: [4, 8] → units: {from: 8, too: 4} → 7:22: unknown key 'too', did you mean 'to'?
          units: [4, 8] → units: {values: [4], to: 4} → 7:26: unknown key 'to': expected one of values, when
          units: [4, 8] → units: {values: [4], when: 4} → 7:32: expected a dimension and its values
          units: [4, 8] → units: {values: [4], when: {lr: 4, x: 3}} → 7:32: 'when': expected one dimension and its values
          units: [4, 8] → units: {values: [4], when: {lr: 0.1}} → 7:5: 'units' when 'lr': expected a choice or whole number before it, got none of that name among []
          lr: [0.1, 0.2] → lr: [0.1, -1] → 8:5: expected a number above 0, got '-1': in the trial {units=4, lr=-1}
          lr: [0.1, 0.2] → lr: [0.1, 0.2, 0.1] → 8:5: choice 'lr': expected one value or more, all different, got [0.1, 0.2, 0.1]
          lr: [0.1, 0.2] → seed: [1, 2] → 8:5: 'seed' cannot be searched: trials that differ in it cannot be compared
          lr: [0.1, 0.2] → validation: [0.1, 0.2] → 8:5: 'validation' is searched, and given at folder/search.yaml:2:13, too: leave one of them out
          lr: [0.1, 0.2] → momentm: [0.1, 0.2] → 8:5: 'momentm' is no setting: expected '{momentm}' in one, or a setting's name, did you mean 'momentum'?
          lr: [0.1, 0.2] → lr: {values: [0.1], when: {units: 9}} → 7:5: 'lr' when choice 'units': expected one of [4, 8], got '9'
          """)
  void mistakesAreToldWithTheirPlace(String from, String to, String message) {
    assertThat(SMALL).contains(from);
    assertThatThrownBy(() -> read(SMALL.replace(from, to)))
        .isInstanceOf(RecipeException.class)
        .hasMessage("folder/search.yaml:" + message);
  }

  @Test
  void conditionsLeaveNoBracesOpen() {
    String text =
        SMALL
            .replace("lr: [0.1, 0.2]", "lr: [0.1, 0.2]\n    batch: [8]\n")
            .replace("units: [4, 8]", "kind: [a, b]\n    units: {values: [4, 8], when: {kind: a}}")
            .replace("\"{units}\"", "\"{units}\"\nname: \"{kind}\"");
    assertThatThrownBy(() -> read(text))
        .hasMessage(
            "folder/search.yaml:3:9: '{units}' has no value in the trial {kind=b, lr=0.1,"
                + " batch=8}");
  }

  /// Of dimensions that hang on others that hang on others, each value is tried, too.
  @Test
  void conditionsUponConditionsAreFollowed() {
    String text =
        """
        data: digits
        validation: 0.2
        search:
          space:
            optimizer: [adam, sgd]
            momentum: {values: [0, 0.5], when: {optimizer: sgd}}
            nesterov: {values: [false, true], when: {momentum: 0.5}}
            schedule: {values: [constant, wrong], when: {nesterov: true}}
        """;
    assertThatThrownBy(() -> read(text))
        .hasMessageStartingWith("folder/search.yaml:8:5: unknown schedule 'wrong'")
        .hasMessageEndingWith(
            "in the trial {optimizer=sgd, momentum=0.5, nesterov=true, schedule=wrong}");
    assertThat(read(text.replace("wrong", "cosine")).examples())
        .contains(
            new Configuration(
                new java.util.TreeMap<>(
                    Map.of(
                        "optimizer",
                        "sgd",
                        "momentum",
                        "0.5",
                        "nesterov",
                        "true",
                        "schedule",
                        "cosine"))));
  }

  /// What goes together with nothing else in a large space is found before anything is trained.
  @Test
  void pairsThatDoNotGoTogetherAreFound() {
    String text =
        SMALL.replace(
            "lr: [0.1, 0.2]",
            "lr: {from: 0.001, to: 0.1}\n    optimizer: [sgd, adam]\n    momentum: [0, 0.5]");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("momentum")
        .hasMessageContaining("optimizer=adam, momentum=0");
  }

  @Test
  void filesWithoutASearchAndSearchesElsewhereAreTold() {
    assertThatThrownBy(() -> read("data: digits\nlr: 0.1\n"))
        .hasMessage(
            "folder/search.yaml:1:1: there is no search in it: expected 'search' with a 'space';"
                + " './ijen reproduce' and './ijen train' carry out other recipes");
    assertThatThrownBy(() -> read(""))
        .hasMessageStartingWith("folder/search.yaml:1:1: there is no search in it");
    assertThatThrownBy(() -> read("- 3"))
        .hasMessageStartingWith("folder/search.yaml:1:1: expected");
    assertThatThrownBy(() -> read("search: {trials: 3}"))
        .hasMessage("folder/search.yaml:1:9: expected 'space', too");
    assertThatThrownBy(() -> read("validation: 0.1\nsearch: {space: {}}"))
        .hasMessage("folder/search.yaml:2:17: space: expected one dimension or more, got none");
    String told =
        "folder/search.yaml:4:1: this is a search: './ijen tune folder/search.yaml' carries it out";
    assertThatThrownBy(() -> Study.parse(SMALL, "folder/search.yaml")).hasMessage(told);
    assertThatThrownBy(() -> SearchPlan.refuse("fashion-search"))
        .hasMessage(
            "fashion-search: this is a search: './ijen tune fashion-search' carries it out");
    SearchPlan.refuse("mnist-softmax");
    assertThatThrownBy(() -> Recipe.parse(SMALL, "folder/search.yaml")).hasMessageContaining(told);
  }

  static List<String> names() {
    return SearchPlan.shelf();
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachOfTheShelfSaysWhatIsAskedAndPublished(String name) {
    SearchPlan plan = SearchPlan.ofShelf(name).orElseThrow();
    assertThat(plan.name()).isEqualTo(name);
    assertThat(plan.title()).isNotBlank();
    assertThat(plan.question()).endsWith("?");
    assertThat(plan.source()).matches("S[0-4].*");
    assertThat(plan.published()).isPresent();
    assertThat(plan.retraining().published()).isPresent();
    assertThat(plan.shared().data().validation()).isEqualTo(0.2);
    assertThat(plan.retraining(plan.examples().getFirst(), 1).config().epochs()).isEqualTo(50);
    assertThat(Study.shelf()).doesNotContain(name);
  }

  /// The published best of the first is one of its configurations, as is that of the second.
  @Test
  void thePublishedBestLieInTheirSpaces() {
    assertThat(SearchPlan.ofShelf("no-such")).isEqualTo(Optional.empty());
    SearchPlan first = SearchPlan.ofShelf("fashion-search").orElseThrow();
    assertThat(first.space().size()).isEqualTo(OptionalLong.of(5 * 5 * 7 * 10 * 5 * 3));
    Configuration best =
        configuration(
            """
            {"layers":"3","units":"40","lr":"0.01","batch":"16","weight-decay":"0.001",
             "epochs":"25"}
            """);
    first.space().check(best);
    Map<String, Object> tuned =
        Study.ofShelf("fashion-mlp-tuned")
            .orElseThrow()
            .variant("tuned")
            .recipe()
            .config()
            .describe();
    assertThat(first.retraining(best, 25).config().describe()).isEqualTo(tuned);
    SearchPlan second = SearchPlan.ofShelf("fashion-search-enhanced").orElseThrow();
    assertThat(second.space().size()).isEqualTo(OptionalLong.of(3 * 3 * 3 * 3 * 3 * 4 * 2 * 4 * 2));
    Configuration enhanced =
        configuration(
            """
            {"layers":"4","units":"256","batch":"32","lr":"0.001","weight-decay":"0.0001",
             "dropout":"0.2","batch-norm":"true","activation":"relu","epochs":"40"}
            """);
    second.space().check(enhanced);
    assertThat(second.retraining(enhanced, 40).config().describe())
        .isEqualTo(
            Study.ofShelf("fashion-mlp-enhanced")
                .orElseThrow()
                .variant("short")
                .recipe()
                .config()
                .describe());
  }

  @Test
  void theSmallOneForBeginnersIsRead() throws IOException {
    SearchPlan plan = SearchPlan.read(Path.of("..", "recipes", "digits-search.yaml"));
    assertThat(plan.name()).isEqualTo("digits-search");
    assertThat(plan.search().trials()).isEqualTo(24);
  }
}
