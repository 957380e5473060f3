package ijen.format.csv;

import de.siegmar.fastcsv.writer.QuoteStrategy;
import ijen.format.Table;
import ijen.format.TableBuilder;
import java.util.List;

/// Puts quotes round categories that would be read as another text, or as none, without them.
final class Quotes implements QuoteStrategy {
  private final List<Table.Column> columns;

  Quotes(List<Table.Column> columns) {
    this.columns = columns;
  }

  @Override
  public boolean quoteEmpty(int line, int field) {
    return true;
  }

  @Override
  public boolean quoteValue(int line, int field, String value) {
    return columns.get(field).nominal()
        && (TableBuilder.isMissing(value) || !value.strip().equals(value));
  }
}
