package ijen.cli;

import ijen.recipe.DataChoice;
import ijen.recipe.Recipe;
import ijen.recipe.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// Every [Setting] as an option; what is given becomes a [Recipe].
final class RecipeOptions {
  private final Map<Setting, String> given = new EnumMap<>(Setting.class);

  /// Adds the options for all settings to a command.
  void addTo(CommandSpec command) {
    addTo(command, List.of(Setting.values()), true);
  }

  /// Adds the options for some settings to a command where they have no defaults of their own.
  void addTo(CommandSpec command, List<Setting> settings) {
    addTo(command, settings, false);
  }

  /// Adds the options for how to open data that the command is told by an argument.
  void addForNamedData(CommandSpec command) {
    List<Setting> settings = new ArrayList<>(DataChoice.settings());
    settings.remove(Setting.DATA);
    settings.addAll(List.of(Setting.POOL, Setting.CLASSES));
    addTo(command, settings);
  }

  private void addTo(CommandSpec command, List<Setting> settings, boolean defaults) {
    for (Setting.Section section : Setting.Section.values()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .exclusive(false)
              .validate(false)
              .multiplicity("0..1")
              .heading("%n" + section.heading() + ":%n");
      boolean any = false;
      for (Setting setting : settings) {
        if (setting.section() == section) {
          group.addArg(option(setting, defaults));
          any = true;
        }
      }
      if (any) {
        command.addArgGroup(group.build());
      }
    }
  }

  private OptionSpec option(Setting setting, boolean defaults) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option())
            .setter(new Collector(setting))
            .description(help(setting, defaults));
    return setting.isSwitch()
        ? option.type(boolean.class).arity("0").build()
        : option.type(String.class).paramLabel(setting.label()).arity("1").build();
  }

  private static String help(Setting setting, boolean defaults) {
    String text =
        !defaults || setting.fallback().isEmpty() || setting.isSwitch()
            ? setting.description()
            : setting.description() + " (default: " + setting.fallback() + ")";
    if (setting.fallback().equals("true")) {
      text = "without " + text;
    }
    return text.replace("%", "%%");
  }

  /// What was given.
  Recipe recipe() {
    Recipe recipe = Recipe.empty();
    for (Map.Entry<Setting, String> entry : given.entrySet()) {
      recipe = recipe.with(entry.getKey(), entry.getValue(), entry.getKey().option());
    }
    return recipe;
  }

  /// The words that give the same again, but for `except`.
  List<String> words(List<Setting> except) {
    List<String> words = new ArrayList<>();
    given.forEach((setting, text) -> {
      if (!except.contains(setting)) {
        words.add(setting.option());
        if (!setting.isSwitch()) {
          words.add(text);
        }
      }
    });
    return words;
  }

  /// The options that were given, besides `allowed`.
  List<String> others(List<Setting> allowed) {
    return given.keySet().stream()
        .filter(setting -> !allowed.contains(setting))
        .map(Setting::option)
        .toList();
  }

  private final class Collector implements ISetter {
    private final Setting setting;

    Collector(Setting setting) {
      this.setting = setting;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
    public <T extends @Nullable Object> T set(T value) {
      if (value instanceof String text) {
        given.put(setting, text);
      } else if (Boolean.TRUE.equals(value)) {
        given.put(setting, setting.fallback().equals("true") ? "false" : "true");
      }
      return value;
    }
  }
}
