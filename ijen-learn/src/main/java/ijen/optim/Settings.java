package ijen.optim;

/// What several optimisers ask of their settings.
final class Settings {
  private Settings() {}

  static void positive(String optimizer, String name, double value) {
    check(value > 0 && Double.isFinite(value), optimizer, name, "a number above 0", value);
  }

  static void atLeastZero(String optimizer, String name, double value) {
    check(value >= 0 && Double.isFinite(value), optimizer, name, "0 or more", value);
  }

  static void fraction(String optimizer, String name, double value) {
    check(value >= 0 && value < 1, optimizer, name, "a number in [0, 1)", value);
  }

  static void whole(String optimizer, String name, long least, long most, long value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          optimizer
              + ": "
              + name
              + ": expected a whole number from "
              + least
              + " to "
              + most
              + ", got "
              + value);
    }
  }

  private static void check(
      boolean holds, String optimizer, String name, String expected, double value) {
    if (!holds) {
      throw new IllegalArgumentException(
          optimizer + ": " + name + ": expected " + expected + ", got " + value);
    }
  }
}
