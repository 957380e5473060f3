package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.Json;
import ijen.optim.Optimizers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainConfigTest {
  @Test
  void whatIsWrittenReadsBackTheSame() {
    long seed = Long.getLong("ijen.seed", 7);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      TrainConfig config = Recipe.parse(randomRecipe(random), "random").config();
      String json = Json.pretty(config.describe());
      TrainConfig again = Recipe.parse(json, "config.json").config();
      assertThat(again.describe()).as("seed %d, recipe %d", seed, i).isEqualTo(config.describe());
      assertThat(fromCommand(config.command()).describe())
          .as("seed %d, recipe %d: %s", seed, i, config.command())
          .isEqualTo(config.describe());
    }
  }

  private static String randomRecipe(Random random) {
    StringBuilder recipe = new StringBuilder();
    boolean adam = random.nextBoolean();
    add(recipe, random, "data: " + List.of("digits", "moons", "xor").get(random.nextInt(3)));
    add(recipe, random, "hidden: [" + (1 + random.nextInt(300)) + ", 7]");
    add(recipe, random, "dropout: " + random.nextInt(10) / 10.0);
    add(recipe, random, "init: normal(" + random.nextDouble() + ")");
    add(recipe, random, "schedule: step:3:" + (0.1 + random.nextInt(9) / 10.0));
    add(recipe, random, "lr: " + (1e-9 + random.nextDouble()));
    add(recipe, random, "seed: " + random.nextLong());
    add(recipe, random, "shuffle: " + random.nextBoolean());
    add(recipe, random, "watch-test: " + random.nextBoolean());
    add(recipe, random, "train-size: " + (1 + random.nextInt(1000)));
    add(recipe, random, "noise: " + random.nextDouble());
    add(recipe, random, "validation: 0.5\nearly-stop: 3");
    add(recipe, random, "pool: 0.8");
    add(recipe, random, "classes: low=0|1-9");
    add(recipe, random, "normalise: shift:-0.5");
    add(recipe, random, "batch-norm: true");
    add(recipe, random, "bias: false");
    add(recipe, random, "output: sigmoid");
    boolean draws = random.nextBoolean();
    recipe.append(draws ? "reconstruct: true\nloss: huber:delta=2\n" : "");
    add(recipe, random, "reduction: sum");
    if (random.nextBoolean()) {
      recipe.append("watch-train: true\n");
      add(recipe, random, "measured-loss: " + (draws ? "l2-norm" : "cross-entropy:smoothing=0.5"));
    }
    add(recipe, random, "measure-every: " + (1 + random.nextInt(99)));
    add(recipe, random, "checkpoint-every: " + (random.nextBoolean() ? "1.5s" : "12"));
    add(recipe, random, "name: \"it's 50 % + ä\"");
    if (adam) {
      List<String> names = Optimizers.names();
      add(recipe, random, "optimizer: " + names.get(random.nextInt(names.size())));
    } else {
      add(recipe, random, "momentum: 0.5\nnesterov: " + random.nextBoolean());
      add(recipe, random, "weight-decay: 0.01\ndecay-biases: " + random.nextBoolean());
    }
    return recipe.toString();
  }

  private static void add(StringBuilder recipe, Random random, String line) {
    if (random.nextBoolean()) {
      recipe.append(line).append('\n');
    }
  }

  private static TrainConfig fromCommand(List<String> words) {
    Recipe recipe = Recipe.empty();
    for (int i = 2; i < words.size(); i++) {
      String option = words.get(i);
      for (Setting setting : Setting.values()) {
        if (setting.option().equals(option)) {
          String text =
              setting.isSwitch()
                  ? Boolean.toString(!setting.fallback().equals("true"))
                  : words.get(++i);
          recipe = recipe.with(setting, text, option);
        }
      }
    }
    return recipe.config();
  }

  @Test
  void theTitleSaysWhatIsTrained() {
    assertThat(Recipe.empty().config().title()).isEqualTo("digits, 128 relu");
    assertThat(Recipe.parse("hidden: none", "r").config().title()).isEqualTo("digits, linear");
    assertThat(Recipe.parse("name: mine", "r").config().title()).isEqualTo("mine");
  }
}
