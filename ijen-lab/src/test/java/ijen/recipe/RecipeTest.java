package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.optim.Clipped;
import ijen.optim.CoordinateSgd;
import ijen.optim.Optimizers;
import ijen.optim.RmsProp;
import ijen.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
  private static TrainConfig config(String yaml) {
    return Recipe.parse(yaml, "recipe.yaml").config();
  }

  @Test
  void settingsOfAFileBecomeAConfiguration() {
    TrainConfig config =
        config(
            """
            # a comment
            data: moons
            hidden: [16, 8]
            activation: tanh
            dropout: 0.25
            init: normal(0.01)
            optimizer: sgd
            lr: 1e-2
            momentum: .9
            nesterov: true
            weight-decay: 0.0001
            schedule: warmup:100:cosine
            batch: 32
            epochs: 7
            seed: -3
            shuffle: false
            validation: 0.2
            early-stop: 4
            threads: 2
            checkpoint-every: 50
            name: "a label"
            """);
    assertThat(config.describe().toString())
        .isEqualTo(
            "{data=moons, data-seed=1, validation=0.2, reconstruct=false, normalise=none,"
                + " hidden=[16, 8], activation=tanh, dropout=0.25, batch-norm=false, bias=true,"
                + " output=none, init=normal(0.01), loss=cross-entropy, optimizer=sgd, lr=0.01,"
                + " momentum=0.9, nesterov=true, weight-decay=1.0E-4,"
                + " schedule=warmup:100:cosine, reduction=mean, batch=32, epochs=7, seed=-3,"
                + " shuffle=false, early-stop=4, watch-train=false, watch-test=true,"
                + " checkpoint-every=50, threads=2, name=a label}");
  }

  @Test
  void nothingGivenMeansTheDefaults() {
    TrainConfig config = Recipe.empty().config();
    assertThat(config.command()).containsExactly("./ijen", "train");
    assertThat(config.optimizer().learningRate()).isEqualTo(0.1);
    assertThat(config("optimizer: adam").optimizer().learningRate()).isEqualTo(0.001);
    assertThat(config("").describe()).isEqualTo(config.describe());
    assertThat(config("hidden: none").network().hidden()).isEmpty();
    assertThat(config("hidden: []").network().hidden()).isEmpty();
    assertThat(config("hidden: 12").network().hidden()).containsExactly(12);
    assertThat(config("hidden: 12, 13").network().hidden()).containsExactly(12, 13);
  }

  @Test
  void optimizersAreNamedWithTheirSettings() {
    for (String name : Optimizers.names()) {
      TrainConfig config = config("optimizer: " + name);
      assertThat(config.optimizer().name()).isEqualTo(name);
      assertThat(config.describe()).containsEntry("optimizer", name);
      assertThat(config.describe().get("batch"))
          .isEqualTo(config.optimizer().needsAllSamples() ? "all" : (Object) 64);
    }
    TrainConfig config =
        config("optimizer: rmsprop:alpha=0.9,centred=true\nmomentum: 0.5\nclip-norm: 2");
    assertThat(config.optimizer())
        .isEqualTo(
            Clipped.byNorm(RmsProp.of(0.01).withAlpha(0.9).withMomentum(0.5).asCentred(), 2));
    assertThat(config.command())
        .containsExactly(
            "./ijen",
            "train",
            "--optimizer",
            "rmsprop:alpha=0.9,centred=true",
            "--momentum",
            "0.5",
            "--clip-norm",
            "2.0");
    assertThat(config("batch: all").settings().batch()).isEqualTo(TrainSettings.ALL);
    assertThat(config("batch: all").command()).endsWith("--batch", "all");
    // What is random in an optimiser follows the recipe's seed, unless it has one of its own.
    assertThat(config("optimizer: coordinate-sgd\nseed: 5").optimizer())
        .isEqualTo(CoordinateSgd.of(0.1).withSeed(5));
    assertThat(config("optimizer: coordinate-sgd:seed=3\nseed: 5").describe())
        .containsEntry("optimizer", "coordinate-sgd:seed=3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          learning_rate: 1         | 1:1: unknown key 'learning_rate', did you mean 'lr'?
          seed: 1; '  '#;batchsize: 2 | 3:1: unknown key 'batchsize', did you mean 'batch'?
          hiden: 3                 | 1:1: unknown key 'hiden', did you mean 'hidden'?
          weightDecay: 3           | 1:1: unknown key 'weightDecay', did you mean 'weight-decay'?
          lr: fast                 | 1:5: expected a number above 0, got 'fast'
          lr: -1                   | 1:5: expected a number above 0, got '-1'
          lr: .nan                 | 1:5: expected a number above 0, got '.nan'
          lr:                      | 1:4: 'lr': expected a value, got nothing
          lr: [1, 2]               | 1:5: 'lr': expected a single value
          lr: 1;lr: 2              | 2:1: 'lr' is there twice
          batch: 0                 | 1:8: expected a whole number from 1 to 2147483647, got '0'
          batch: 2.5               | 1:8: expected a whole number, got '2.5'
          validation: 1            | 1:13: expected a fraction from 0 to below 1, got '1'
          hidden: [3, 0]           | 1:9: expected the units of each hidden layer, such as 128,64 or 3x40, or 'none', got '3,0'
          activation: rely         | 1:13: expected relu, sigmoid, tanh, softmax, leaky-relu, prelu, elu, selu, gelu, silu, softplus or step, got 'rely', did you mean 'relu'?
          nesterov: maybe          | 1:11: expected true or false, got 'maybe'
          nesterov: true           | 1:11: 'nesterov' needs a momentum above 0, such as 0.9
          optimizer: adam;momentum: 0.9 | 2:11: 'momentum' belongs to sgd, rmsprop, zo-sgd, forward-grad; the optimizer is adam
          optimizer: adma          | 1:12: unknown optimizer 'adma': expected one of sgd, adam, adamw, amsgrad, look-ahead-adam, rmsprop, adagrad, gradient-descent, coordinate-sgd, lbfgs, zo-sgd, zo-conservative, zo-sign, zo-adam, forward-grad
          optimizer: adam:beta3=1  | 1:12: adam: unknown setting 'beta3': expected one of learning-rate, beta1, beta2, epsilon, weight-decay, decay-biases, clip-norm, clip-value
          optimizer: adam:beta1=1  | 1:12: adam: beta1: expected a number in [0, 1), got 1.0
          optimizer: sgd:momentum=0.5;momentum: 0.9 | 2:11: 'momentum' is given twice: the optimizer says 0.5
          optimizer: lbfgs;batch: 64 | 2:8: lbfgs needs all samples in every step: expected all, got 64
          optimizer: lbfgs;clip-norm: 1 | 1:12: clipping by norm: lbfgs chooses its steps by a line search, which needs the true gradient: use it without clipping
          clip-norm: 0             | 1:12: expected a number above 0, got '0'
          reduction: total         | 1:12: expected mean or sum, got 'total'
          output: sigmod           | 1:9: expected relu, sigmoid, tanh, softmax, leaky-relu, prelu, elu, selu, gelu, silu, softplus or step, got 'sigmod', did you mean 'sigmoid'?
          pool: 1                  | 1:7: expected a fraction between 0 and 1, got '1'
          normalise: shift:half    | 1:12: expected one of none, range, centre, standardise, shift:-0.5, got 'shift:half'
          reconstruct: true;loss: cross-entropy | 2:7: 'reconstruct' compares numbers with numbers: expected a loss of their differences, such as mean-squared-error, got cross-entropy
          measure-every: 0         | 1:16: expected a whole number from 1 to 2147483647, got '0'
          loss: half-logistic;measured-loss: huber | 2:16: expected a loss that reads a network's output as half-logistic does, got huber:delta=1.0
          loss: half-logistic;measured-loss: binary-cross-entropy | 2:16: 'measured-loss' needs the training set measured, too, since batches are scored by the loss trained by: give 'watch-train' too
          early-stop: 3            | 1:13: early stopping needs samples to stop by: give 'validation' too, such as 0.1
          checkpoint-every: often  | 1:19: expected a number of steps (500) or of seconds (30s) above 0, got 'often'
          data: mnits              | 1:7: no data set is called 'mnits', did you mean 'mnist'? There are: digits, mnist, fashion-mnist, moons, circles, spirals, xor
          - 1                      | 1:1: expected settings, such as 'lr: 0.1', one a line
          """)
  void mistakesAreNamedWithTheirPlace(String yaml, String expected) {
    String text = yaml.replace(";", "\n").replace("'  '#", "  #");
    assertThatThrownBy(() -> config(text))
        .isInstanceOf(RecipeException.class)
        .hasMessage("recipe.yaml:" + expected);
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> config("data: 'open\nlr: 1"))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith("recipe.yaml:2:6: not YAML: ");
  }

  @Test
  void theCommandLineCountsMoreThanTheFile() {
    Recipe file = Recipe.parse("lr: 0.5\nepochs: 3", "recipe.yaml");
    TrainConfig config = Recipe.empty().with(Setting.LR, "0.25", "--lr").over(file).config();
    assertThat(config.optimizer().learningRate()).isEqualTo(0.25);
    assertThat(config.epochs()).isEqualTo(3);
    assertThatThrownBy(() -> file.with(Setting.LR, "x", "--lr").config())
        .hasMessage("--lr: expected a number above 0, got 'x'");
  }

  @Test
  void aFileThatIsMissingOrHugeIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Recipe.read(folder.resolve("none.yaml")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("none.yaml: there is no such file");
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, new byte[Recipe.MOST_BYTES + 1]);
    assertThatThrownBy(() -> Recipe.read(huge))
        .hasMessageContaining("expected a recipe of at most");
  }

  @Test
  void garbageIsRefusedWithoutAnyOtherFailure() {
    long seed = Long.getLong("ijen.seed", 20261121);
    Random random = new Random(seed);
    String letters = "lr: hidn[]{}\n\t'\"#&*!|>-?,.0123456789e%@`\u0000\ud83d";
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "lr: 0.1\n" : "");
      int length = random.nextInt(40);
      for (int k = 0; k < length; k++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        config(text.toString());
      } catch (RecipeException expected) {
        assertThat(expected).hasMessageStartingWith("recipe.yaml");
        refused++;
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + ", text " + i + ": '" + text + "'", other);
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }

  @Test
  void theRecipesOfTheProjectAreValid() throws IOException {
    List<Path> recipes;
    try (var files = Files.list(Path.of("..", "recipes"))) {
      recipes = files.sorted().toList();
    }
    assertThat(recipes).hasSizeGreaterThanOrEqualTo(2);
    for (Path recipe : recipes) {
      if (recipe.toString().endsWith("-search.yaml")) {
        assertThat(SearchPlan.read(recipe).shared().epochs()).isPositive();
        continue;
      }
      for (Variant variant : Study.read(recipe).variants()) {
        assertThat(variant.recipe().config().epochs()).isPositive();
      }
    }
  }
}
