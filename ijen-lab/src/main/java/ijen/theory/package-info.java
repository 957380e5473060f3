/// The mathematics behind training, each statement measured on real data.
///
/// Entry type: [ijen.theory.Theory], which measures six [ijen.theory.Statement]s: gradients by hand
/// against the engine's and against differences, a Hessian and its bounds, and what an initialiser
/// does to fifty layers. `ijen.report` writes them as Markdown and as one page of HTML, and `ijen
/// reproduce theory` shows them on the command line.
@NullMarked
package ijen.theory;

import org.jspecify.annotations.NullMarked;
