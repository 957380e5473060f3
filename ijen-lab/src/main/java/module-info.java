/// Figures, the run store and reports: what is left of an experiment when it is over.
module ijen.lab {
  requires transitive ijen.learn;
  requires static org.jspecify;
  requires org.snakeyaml.engine;
  requires java.desktop; // figures as PNG, and the images inside them
  requires jdk.management; // the machine's memory

  exports ijen.check;
  exports ijen.plot;
  exports ijen.recipe;
  exports ijen.report;
  exports ijen.run;
  exports ijen.study;
  exports ijen.theory;
}
