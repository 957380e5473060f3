package ijen.cli;

import ijen.run.Environment;
import java.util.Locale;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String kernels = System.getProperty("ijen.kernels", "vector");
    return new String[] {
      "ijen " + Environment.ijenVersion(),
      String.format(
          Locale.ROOT,
          "java %s (%s, %s)",
          System.getProperty("java.runtime.version"),
          System.getProperty("java.vm.name"),
          System.getProperty("java.vendor")),
      "kernels " + kernels + " (" + System.getProperty("os.arch") + ")",
    };
  }
}
