package ijen.cli;

import ijen.study.StudyListener;
import ijen.study.StudyResult;
import java.nio.file.Path;

/// What is told of a study while it goes on and when it is over.
interface StudyOutput extends StudyListener {
  /// Before the first training.
  void beginning();

  /// After the last one.
  ///
  /// @param report the page about all of it
  void ending(StudyResult result, Path report);

  /// It was stopped.
  void stopped();
}
