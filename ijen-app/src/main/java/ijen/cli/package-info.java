/// The command line: one class for each command.
///
/// Entry type: [ijen.cli.Main]. A command reads its options, asks the libraries below, and tells
/// through a [ijen.cli.Terminal] what came of it; it computes nothing itself.
@NullMarked
package ijen.cli;

import org.jspecify.annotations.NullMarked;
