package ijen.recipe;

import ijen.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Classes put together in new ones, for example even and odd digits.
///
/// As text, the new classes have a bar between them, and their members, names or numbers of the old
/// classes, commas; a name may stand before: `odd=1,3,5,7,9|even=0,2,4,6,8`, `0-4|5-9`.
///
/// @param groups the new classes, in their order
record ClassGroups(List<Group> groups) {
  /// A new class.
  ///
  /// @param name what it is called
  /// @param members names, numbers, and ranges of numbers, of old classes
  record Group(String name, List<String> members) {
    Group {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      String list = String.join(",", members);
      return name.equals(list) ? list : name + "=" + list;
    }
  }

  ClassGroups {
    groups = List.copyOf(groups);
    if (groups.size() < 2) {
      throw new IllegalArgumentException(
          "expected two groups of classes or more, such as 0-4|5-9, got '" + text(groups) + "'");
    }
    long names = groups.stream().map(Group::name).distinct().count();
    if (names < groups.size()) {
      throw new IllegalArgumentException(
          "expected a name of its own for each group of classes, got '" + text(groups) + "'");
    }
  }

  static ClassGroups parse(String text) {
    List<Group> groups = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      int sign = part.indexOf('=');
      String list = part.substring(sign + 1);
      List<String> members = Arrays.stream(list.split(",", -1)).map(String::strip).toList();
      String name = sign < 0 ? String.join(",", members) : part.substring(0, sign).strip();
      if (name.isEmpty() || members.stream().anyMatch(String::isEmpty)) {
        throw new IllegalArgumentException(
            "expected groups of classes, such as 0-4|5-9 or odd=1,3,5,7,9|even=0,2,4,6,8, got '"
                + text
                + "'");
      }
      groups.add(new Group(name, members));
    }
    return new ClassGroups(groups);
  }

  /// The samples in the new classes.
  ///
  /// @throws IllegalArgumentException if a member is no class, or a class is in no group or in two
  Dataset apply(Dataset data) {
    List<String> old = data.classes();
    if (old.isEmpty()) {
      throw new IllegalArgumentException(
          "classes: expected classes to put together, " + data.name() + " has none");
    }
    int[] newClass = new int[old.size()];
    Arrays.fill(newClass, -1);
    for (int group = 0; group < groups.size(); group++) {
      for (String member : groups.get(group).members()) {
        int to = group;
        numbers(member, old)
            .forEach(c -> {
              if (newClass[c] >= 0) {
                throw new IllegalArgumentException(
                    "classes: '" + old.get(c) + "' is there twice in '" + this + "'");
              }
              newClass[c] = to;
            });
      }
    }
    for (int c = 0; c < newClass.length; c++) {
      if (newClass[c] < 0) {
        throw new IllegalArgumentException(
            "classes: '%s' is in no group of '%s': expected each class of %s in one"
                .formatted(old.get(c), this, data.name()));
      }
    }
    return data.relabel(newClass, groups.stream().map(Group::name).toList());
  }

  /// The classes that a member means: those of that name, or else of that number or these numbers.
  private static IntStream numbers(String member, List<String> classes) {
    int named = classes.indexOf(member);
    if (named >= 0) {
      return IntStream.of(named);
    }
    String[] ends = member.split("-", -1);
    if (ends.length <= 2 && Arrays.stream(ends).allMatch(end -> end.matches("\\d{1,9}"))) {
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from <= to && to < classes.size()) {
        return IntStream.rangeClosed(from, to);
      }
    }
    throw new IllegalArgumentException(
        "classes: expected one of %s or numbers from 0 to %s, got '%s'"
            .formatted(String.join(", ", classes), classes.size() - 1, member));
  }

  /// As [#parse] takes it.
  @Override
  public String toString() {
    return text(groups);
  }

  private static String text(List<Group> groups) {
    return String.join("|", groups.stream().map(Group::toString).toList());
  }
}
