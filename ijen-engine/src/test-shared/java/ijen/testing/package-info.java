/// What the tests of several modules share: [ijen.testing.Allocation] measures what code allocates.
@NullMarked
package ijen.testing;

import org.jspecify.annotations.NullMarked;
