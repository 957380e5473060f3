package ijen.kernel;

/// Rows of a table, chosen by numbers.
///
/// Part of [Kernels], whose conventions hold. A number is whole, from 0 to the table's rows − 1.
public sealed interface TableKernels permits ReferenceTables, VectorTables {

  /// `out[i,c] = table[number[i], c]`.
  ///
  /// **Shapes:** `table` `[entries, columns]`, `numbers` `[n]`, `out` `[n, columns]`.
  ///
  /// @throws IllegalArgumentException naming the first number that is no row of the table
  void gather(Buffer table, Buffer numbers, Buffer out, int n, int entries, int columns);

  /// `table[e,c] = Σ d[i,c]` over ascending i with `number[i] = e`: 0 for rows that nobody chose.
  ///
  /// The numbers have been checked by [#gather].
  void scatter(Buffer d, Buffer numbers, Buffer table, int n, int entries, int columns);
}
