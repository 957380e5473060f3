/// The command line.
module ijen.app {
  requires info.picocli;
  requires ijen.lab;
  requires java.desktop; // javax.imageio, for images to be judged

  opens ijen.cli to
      info.picocli;
}
