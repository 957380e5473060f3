/// Figures, the run store and reports: what is left of an experiment when it is over.
module ijen.lab {
  requires transitive ijen.learn;
  requires static org.jspecify;
  requires org.snakeyaml.engine;
  requires java.desktop; // javax.imageio, for the images inside figures
  requires jdk.management; // the machine's memory

  exports ijen.check;
  exports ijen.plot;
  exports ijen.recipe;
  exports ijen.report;
  exports ijen.run;
  exports ijen.study;
  exports ijen.theory;
}
