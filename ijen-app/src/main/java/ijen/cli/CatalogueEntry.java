package ijen.cli;

import ijen.data.Datasets;

/// A data set that somebody named.
final class CatalogueEntry {
  private CatalogueEntry() {}

  static Datasets.Entry of(String name) {
    try {
      return Datasets.entry(name);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(Failures.message(unknown));
    }
  }
}
