package ijen.cli;

import ijen.data.Datasets;
import ijen.format.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ijen data list`
@Command(
    name = "list",
    header = "Lists the data sets that have a name.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data list [OPTION…]",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen data list", "  ijen data list --json"})
class DataListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "a JSON object for each, one a line")
  boolean json;

  DataListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Table table = new Table("name", "files", "what");
    for (Datasets.Entry entry : Datasets.all()) {
      table.row(entry.name(), entry.hasFiles() ? "yes" : "none needed", entry.description());
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", entry.name());
        line.put("hasFiles", entry.hasFiles());
        line.put("description", entry.description());
        terminal.say(Json.line(line));
      }
    }
    if (!json) {
      table.print(terminal);
    }
    return 0;
  }
}
