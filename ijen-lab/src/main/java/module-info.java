/// Figures, the run store and reports: what is left of an experiment when it is over.
module ijen.lab {
  requires transitive ijen.learn;
  requires static org.jspecify;
  requires org.snakeyaml.engine;
  requires org.xerial.sqlitejdbc;
  requires java.desktop; // figures as PNG, and the images inside them
  requires java.net.http;
  requires java.sql;
  requires jdk.management; // the machine's memory

  exports ijen.check;
  exports ijen.mlflow;
  exports ijen.plot;
  exports ijen.recipe;
  exports ijen.report;
  exports ijen.run;
  exports ijen.store;
  exports ijen.study;
  exports ijen.theory;
  exports ijen.tune;
}
