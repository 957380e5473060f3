package ijen.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The categories of a column and those of its rows, while a table is read.
///
/// A value whose category is known allocates nothing but its place.
final class Categories {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final int FIRST_PIECE = 16;
  private static final int LARGEST_PIECE = 1 << 14;

  final boolean open; // to further ones
  final List<String> names;
  private final Map<Word, Integer> codes = new HashMap<>();
  private final Word wanted = new Word(null);
  private final List<int[]> rows = new ArrayList<>(1); // each piece as long as all before it
  private int[] last = {};
  private int used; // of the last piece
  private int count;

  Categories(List<String> names) {
    this.open = names.isEmpty();
    this.names = new ArrayList<>(names);
    for (int i = 0; i < names.size(); i++) {
      codes.putIfAbsent(new Word(names.get(i)), i);
    }
  }

  /// The number of a category; −1 if it is not known.
  int find(char[] chars, int from, int length) {
    wanted.set(chars, from, length);
    return codes.getOrDefault(wanted, -1);
  }

  /// Makes a category known; its number.
  int put(String name) {
    int code = names.size();
    codes.put(new Word(name), code);
    names.add(name);
    return code;
  }

  /// The next row has that category.
  void add(int code) {
    if (used == last.length) {
      last = new int[Math.clamp(count, FIRST_PIECE, LARGEST_PIECE)];
      rows.add(last);
      used = 0;
    }
    last[used++] = code;
    count++;
  }

  /// The names; those that were found are put in order, whole numbers by size and texts by
  /// alphabet, so that it does not depend on the order of the rows which category has which number.
  List<String> sorted() {
    if (!open) {
      return names;
    }
    boolean whole = names.stream().allMatch(name -> WHOLE.matcher(name).matches());
    Comparator<String> order = Comparator.naturalOrder();
    Comparator<String> size = Comparator.comparingInt(Integer::parseInt);
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(whole ? size.thenComparing(order) : order);
    return sorted;
  }

  /// The categories of the first `size` rows, by their places in `sorted`.
  int[] codes(List<String> sorted, int size) {
    int[] places = new int[names.size()];
    for (int i = 0; open && i < places.length; i++) {
      String name = sorted.get(i);
      wanted.set(name.toCharArray(), 0, name.length());
      places[codes.getOrDefault(wanted, 0)] = i;
    }
    int[] all = new int[size];
    int row = 0;
    for (int[] piece : rows) {
      for (int i = 0; i < piece.length && row < size; i++, row++) {
        int code = piece[i];
        all[row] = open && code >= 0 ? places[code] : code;
      }
    }
    return all;
  }

  /// A text as a key: one that is kept, or, without a text of its own, that of a value being read.
  /// Words that share a hash code are compared, so that many of them cost little, too.
  private static final class Word implements Comparable<Word> {
    private final @Nullable String text;
    private char[] chars = {};
    private int from;
    private int length;
    private int hash;

    Word(@Nullable String text) {
      this.text = text;
      this.length = text == null ? 0 : text.length();
      this.hash = text == null ? 0 : text.hashCode();
    }

    void set(char[] chars, int from, int length) {
      this.chars = chars;
      this.from = from;
      this.length = length;
      int sum = 0;
      for (int i = 0; i < length; i++) {
        sum = 31 * sum + chars[from + i]; // that of a String
      }
      hash = sum;
    }

    private char at(int i) {
      return text == null ? chars[from + i] : text.charAt(i);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Word word && compareTo(word) == 0;
    }

    @Override
    public int compareTo(Word other) {
      for (int i = 0; i < Math.min(length, other.length); i++) {
        int order = Character.compare(at(i), other.at(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(length, other.length);
    }
  }
}
