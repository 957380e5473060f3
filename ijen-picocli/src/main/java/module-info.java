/// picocli, the command-line parser, compiled again from its published sources; see this module's
/// pom for why.
module info.picocli {
  requires static java.sql;

  exports picocli;
}
