package ijen.cli;

import ijen.study.SearchPlace;
import ijen.study.SearchRecord;
import ijen.tune.SearchListener;
import ijen.tune.Trial;
import java.nio.file.Path;
import java.util.List;

/// What is told of a search while it goes on and when it is over.
interface TuneOutput extends SearchListener {
  /// Before the first trial.
  ///
  /// @param known the trials of earlier sittings
  void beginning(SearchPlace place, List<Trial> known);

  /// After the last one, or when it was stopped.
  ///
  /// @param again the words that go on, or carry out the same search
  /// @param report the page about all of it
  void ending(SearchRecord record, List<String> again, Path report);
}
