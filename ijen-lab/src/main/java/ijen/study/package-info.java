/// Studies: several trainings over several seeds, and what came out beside what was published.
///
/// Begin with [ijen.study.StudyRun], which trains; [ijen.study.StudyResult] has what it came to.
@NullMarked
package ijen.study;

import org.jspecify.annotations.NullMarked;
