/// What the tests of several modules share: [ijen.testing.Allocation] measures what code allocates,
/// [ijen.testing.Fuzz] gives readers broken files.
@NullMarked
package ijen.testing;

import org.jspecify.annotations.NullMarked;
