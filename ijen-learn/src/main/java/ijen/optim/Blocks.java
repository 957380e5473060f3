package ijen.optim;

import ijen.graph.Parameter;
import ijen.graph.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which parameters are moved together, and which not at all.
///
/// As a text: `whole` (one block of everything), `layers` (a block for each layer: what stands
/// before the last dot of the parameters' names), `parameters` (a block for each tensor); each may
/// leave out the last layers, as in `whole-2` or `layers-1`. `only:` is followed by names of
/// layers, tensors, or roles (`weight`, `bias`, `norm`), joined by `+`, which become one block:
/// `only:dense3`, `only:bias`.
///
/// @param kind what makes a block
/// @param without how many of the last layers are left out, 0 or more
/// @param names the names of [Kind#ONLY]
public record Blocks(Kind kind, int without, List<String> names) {
  /// What makes a block.
  public enum Kind {
    /// Everything is one block.
    WHOLE,
    /// Each layer.
    LAYERS,
    /// Each tensor.
    PARAMETERS,
    /// Some names, together.
    ONLY
  }

  public Blocks {
    names = List.copyOf(names);
    if (without < 0 || (without > 0 && kind == Kind.ONLY)) {
      throw new IllegalArgumentException(
          "blocks: expected 0 or more layers to leave out, and none for names, got " + without);
    }
    if (names.isEmpty() == (kind == Kind.ONLY)) {
      throw new IllegalArgumentException(
          "blocks: expected names for 'only' and for nothing else, got " + names + " for " + kind);
    }
  }

  /// One block of everything.
  public static Blocks whole() {
    return new Blocks(Kind.WHOLE, 0, List.of());
  }

  /// A block for each layer.
  public static Blocks layers() {
    return new Blocks(Kind.LAYERS, 0, List.of());
  }

  /// A block for each tensor.
  public static Blocks parameters() {
    return new Blocks(Kind.PARAMETERS, 0, List.of());
  }

  /// One block of what is named.
  public static Blocks only(String... names) {
    return new Blocks(Kind.ONLY, 0, List.of(names));
  }

  /// The same without the last `layers` layers.
  public Blocks withoutLast(int layers) {
    return new Blocks(kind, layers, names);
  }

  /// The blocks that a text names.
  ///
  /// @throws IllegalArgumentException for another text
  public static Blocks parse(String text) {
    if (text.startsWith("only:")) {
      return only(text.substring("only:".length()).split("\\+"));
    }
    String[] parts = text.split("-", 2);
    for (Kind kind : Kind.values()) {
      if (kind != Kind.ONLY && parts[0].equals(word(kind))) {
        if (parts.length == 1) {
          return new Blocks(kind, 0, List.of());
        }
        if (parts[1].matches("[1-9][0-9]{0,3}")) {
          return new Blocks(kind, Integer.parseInt(parts[1]), List.of());
        }
      }
    }
    throw new IllegalArgumentException(
        "unknown blocks '"
            + text
            + "': expected whole, layers or parameters, as in layers-1 without the last layer, or"
            + " only:NAME+NAME");
  }

  /// The parameters of each block, in the order of θ.
  ///
  /// @throws IllegalArgumentException if no block is left, or a name is not there
  Parameter[][] of(Parameters all) {
    Map<String, List<Parameter>> blocks = new LinkedHashMap<>();
    Set<String> layers = new LinkedHashSet<>();
    all.forEach(p -> layers.add(layer(p)));
    List<String> kept = List.copyOf(layers).subList(0, Math.max(0, layers.size() - without));
    for (Parameter p : all) {
      String block =
          switch (kind) {
            case WHOLE -> "";
            case LAYERS -> layer(p);
            case PARAMETERS -> p.name();
            case ONLY -> "";
          };
      if (kind == Kind.ONLY ? names.stream().anyMatch(n -> is(p, n)) : kept.contains(layer(p))) {
        blocks.computeIfAbsent(block, b -> new ArrayList<>()).add(p);
      }
    }
    for (String name : names) {
      if (all.list().stream().noneMatch(p -> is(p, name))) {
        throw new IllegalArgumentException(
            "blocks: no layer, parameter or role '" + name + "'; there are " + layers);
      }
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "blocks '" + this + "': nothing is left of the layers " + layers);
    }
    return blocks.values().stream()
        .map(block -> block.toArray(Parameter[]::new))
        .toArray(Parameter[][]::new);
  }

  private static boolean is(Parameter p, String name) {
    return p.name().equals(name)
        || layer(p).equals(name)
        || p.role().name().toLowerCase(Locale.ROOT).equals(name);
  }

  private static String layer(Parameter p) {
    int dot = p.name().lastIndexOf('.');
    return dot < 0 ? p.name() : p.name().substring(0, dot);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// The text that [#parse] reads.
  @Override
  public String toString() {
    if (kind == Kind.ONLY) {
      return "only:" + String.join("+", names);
    }
    return without == 0 ? word(kind) : word(kind) + "-" + without;
  }
}
