package ijen.kernel;

/// The specification of [TableKernels]: `double`, one thread, plain loops.
final class ReferenceTables implements TableKernels {

  @Override
  public void gather(Buffer table, Buffer numbers, Buffer out, int n, int entries, int columns) {
    check(numbers, n, entries);
    for (int i = 0; i < n; i++) {
      out.put(i * columns, table, ((int) numbers.get(i)) * columns, columns);
    }
  }

  @Override
  public void scatter(Buffer d, Buffer numbers, Buffer table, int n, int entries, int columns) {
    for (int e = 0; e < entries * columns; e++) {
      table.set(e, 0);
    }
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < columns; c++) {
        int e = ((int) numbers.get(i)) * columns + c;
        table.set(e, table.get(e) + d.get(i * columns + c));
      }
    }
  }

  /// Checks that the first `n` numbers are rows of a table of `entries`.
  static void check(Buffer numbers, int n, int entries) {
    for (int i = 0; i < n; i++) {
      double number = numbers.get(i);
      if (!(number >= 0 && number < entries && number == Math.rint(number))) { // NaN fails too
        throw new IllegalArgumentException(
            "embedding: number "
                + i
                + " of the batch is "
                + number
                + "; expected a whole number from 0 to "
                + (entries - 1));
      }
    }
  }
}
