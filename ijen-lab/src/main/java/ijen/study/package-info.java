/// Studies: several trainings over several seeds, and what came out beside what was published.
///
/// Begin with [ijen.study.StudyRun], which trains; [ijen.study.StudyResult] has what it came to.
/// Searches over settings are [ijen.study.SearchRun]'s; they are kept in an
/// [ijen.study.SearchPlace], and come to an [ijen.study.SearchRecord].
@NullMarked
package ijen.study;

import org.jspecify.annotations.NullMarked;
