/// Where runs, and the trials of searches, are looked for: an SQLite file beside the folders of
/// runs.
///
/// Entry type: [ijen.store.RunDatabase], the file. The folder of a run stays the record of what
/// happened; [ijen.store.RunIndex] brings the file up to date with the folders,
/// [ijen.store.RunWriter] while a run goes on. Tags, notes and trials are in the file alone;
/// [ijen.store.RunExport] and [ijen.store.RunImport] carry all of it elsewhere as lines of JSON.
/// Nothing outside this package knows SQL.
@NullMarked
package ijen.store;

import org.jspecify.annotations.NullMarked;
