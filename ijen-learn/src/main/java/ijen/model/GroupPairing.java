package ijen.model;

import ijen.format.FormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds for each layer of a network its tensors in a file: see [StateDict] for the rules.
final class GroupPairing {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private GroupPairing() {}

  /// The tensors for each layer; those that found none are left out.
  static Map<TensorGroup, TensorGroup> pair(
      String file, List<TensorGroup> here, List<TensorGroup> there, Map<String, String> names)
      throws FormatException {
    Map<TensorGroup, TensorGroup> pairs = new HashMap<>();
    List<TensorGroup> places = new ArrayList<>(here);
    List<TensorGroup> groups = new ArrayList<>(there);
    requireNames(file, here, there, names);
    for (TensorGroup place : here) {
      for (TensorGroup group : there) {
        if (place.layer().equals(names.getOrDefault(group.layer(), group.layer()))) {
          pairs.put(place, group);
          places.remove(place);
          groups.remove(group);
        }
      }
    }
    if (isSorted(there)) {
      bySignature(file, places, groups, pairs);
    } else {
      byPosition(places, groups, pairs);
    }
    return pairs;
  }

  private static void requireNames(
      String file, List<TensorGroup> here, List<TensorGroup> there, Map<String, String> names)
      throws FormatException {
    for (Map.Entry<String, String> entry : new TreeMap<>(names).entrySet()) {
      if (there.stream().noneMatch(group -> group.layer().equals(entry.getKey()))) {
        throw new FormatException(file, "expected a layer '" + entry.getKey() + "', got " + there);
      }
      if (here.stream().noneMatch(place -> place.layer().equals(entry.getValue()))) {
        throw new FormatException(
            file, "expected a network with a layer '" + entry.getValue() + "', got " + here);
      }
    }
  }

  /// Whether the names stand in the file as they would if it was sorted: then their order tells
  /// nothing about the network.
  private static boolean isSorted(List<TensorGroup> groups) {
    List<String> names = groups.stream().flatMap(group -> group.names().stream()).toList();
    return names.equals(names.stream().sorted().toList());
  }

  private static void byPosition(
      List<TensorGroup> places, List<TensorGroup> groups, Map<TensorGroup, TensorGroup> pairs) {
    for (int i = 0; i < Math.min(places.size(), groups.size()); i++) {
      pairs.put(places.get(i), groups.get(i));
    }
  }

  /// Layers with the same shapes are told apart by the numbers in their names. What is left goes by
  /// position, so that a failure shows it side by side.
  private static void bySignature(
      String file,
      List<TensorGroup> places,
      List<TensorGroup> groups,
      Map<TensorGroup, TensorGroup> pairs)
      throws FormatException {
    Map<String, List<TensorGroup>> alike = new LinkedHashMap<>();
    groups.sort(Comparator.comparing(TensorGroup::layer, GroupPairing::compare));
    for (TensorGroup group : groups) {
      alike.computeIfAbsent(group.signature(), signature -> new ArrayList<>()).add(group);
    }
    for (List<TensorGroup> same : alike.values()) {
      Set<String> words = new LinkedHashSet<>();
      same.forEach(group -> words.add(NUMBER.matcher(group.layer()).replaceAll("#")));
      List<TensorGroup> fitting =
          places.stream()
              .filter(place -> place.signature().equals(same.getFirst().signature()))
              .toList();
      if (words.size() > 1 && fitting.size() > 1) {
        throw new FormatException(
            file,
            "its names are sorted, so that their order tells nothing, and the layers "
                + same
                + " have the same shapes: expected names that say which is which of "
                + fitting
                + "; give them as names, or save the file in the order of the network");
      }
      for (int i = 0; i < Math.min(same.size(), fitting.size()); i++) {
        pairs.put(fitting.get(i), same.get(i));
        places.remove(fitting.get(i));
        groups.remove(same.get(i));
      }
    }
    byPosition(places, groups, pairs);
  }

  /// The order of two names in which numbers count as numbers: `fc2` before `fc10`.
  private static int compare(String a, String b) {
    int words = NUMBER.matcher(a).replaceAll("#").compareTo(NUMBER.matcher(b).replaceAll("#"));
    if (words != 0) {
      return words;
    }
    Iterator<BigInteger> others = numbers(b).iterator();
    for (BigInteger number : numbers(a)) {
      int order = number.compareTo(others.next());
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  private static List<BigInteger> numbers(String name) {
    return NUMBER.matcher(name).results().map(MatchResult::group).map(BigInteger::new).toList();
  }
}
