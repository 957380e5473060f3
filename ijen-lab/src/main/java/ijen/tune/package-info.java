/// The search for hyper-parameters: spaces, trials, samplers that propose, pruners that stop early.
///
/// Begin with [ijen.tune.Search]. It asks a [ijen.tune.Sampler] for a [ijen.tune.Configuration] of
/// its [ijen.tune.Space] for each [ijen.tune.Trial], and a [ijen.tune.Pruner] whether to go on with
/// it; [ijen.tune.Ledger] says who may know what, so that the table of trials does not depend on
/// how many go on at the same time. [ijen.tune.Importance] tells which dimensions mattered. Nothing
/// here knows what a trial trains: that is a [ijen.tune.TrialFunction], for instance one around
/// [ijen.train.Training].
@NullMarked
package ijen.tune;

import org.jspecify.annotations.NullMarked;
